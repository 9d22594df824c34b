// The whole service, as its specs ask it: GraphQL in, and the other services played by messages on the bus.
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { contractOf, type PublicEvent } from "@gendan/contracts";
import { newId, startService, type Message, type Service } from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventBus } from "@gendan/adapters/sqlite/event-bus";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { callerOf, defaultPolicy, Sealer, type Identity } from "@gendan/security";
import {
  requestContext,
  sdlBeside,
  subgraphModule,
  subgraphOf,
  type Answer,
  type UserError,
} from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { VirtualClock } from "@gendan/testing/virtual-clock";
import { eventually } from "@gendan/testing/wait";
import { parse, validate, type DocumentNode } from "graphql";
import { CustomerModule } from "../customer.module.js";
import { customerService } from "../service.js";

const MEMORY = ":memory:";

export interface Told {
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly UserError[];
  readonly [aggregate: string]: unknown;
}

export interface ServiceUnderTest {
  readonly service: Service;
  readonly clock: VirtualClock;
  readonly engines: Service["engines"];
  /** Faults that callers are not shown. */
  readonly faults: unknown[];
  ask(identity: Identity, text: string, variables?: object, language?: string): Promise<Answer>;
  /** The data of an answer without errors. */
  data<Data>(identity: Identity, text: string, variables?: object): Promise<Data>;
  /** Sends a mutation; `selected` is what is asked of its aggregate. */
  send(identity: Identity, mutation: string, input: object, selected?: string, language?: string): Promise<Told>;
  /** Another service tells something of an aggregate; resolved when this service has applied it. */
  told(key: string, event: PublicEvent, meta?: Partial<Message>): Promise<Message>;
  /** The same message once more. */
  again(message: Message): Promise<void>;
  /** Resolved when relay, projections and reactions have seen everything, twice: a reaction makes more to see. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const aggregateOf = (mutation: string): string =>
  /Action$|Cause$/.test(mutation) ? "issue" : mutation.replace(/^[a-z]+|(Erasure|Fields)$/g, "").toLowerCase();

export async function startCustomerService(): Promise<ServiceUnderTest> {
  const clock = new VirtualClock();
  const engines = {
    eventStore: await SqliteEventStore.open({ file: MEMORY }),
    bus: await SqliteEventBus.open({ file: MEMORY }),
    documents: await SqliteDocumentStore.open({ directory: temporaryDirectory() }),
    operational: await SqliteDocumentStore.open({ directory: temporaryDirectory() }),
    keys: await SqliteKeyStore.open({ file: MEMORY }),
    clock,
  };
  const faults: unknown[] = [];
  const service = await startService(customerService, engines, { report: (_, error) => faults.push(error) });
  @Module({
    imports: [
      CustomerModule.with({ service, sealer: new Sealer(engines.keys) }),
      subgraphModule({
        name: "customer",
        sdl: sdlBeside(import.meta.url),
        report: (error) => faults.push(error),
        verifier: { verify: () => Promise.reject(new Error("no route is asked here")) },
      }),
    ],
  })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: false });
  const subgraph = subgraphOf(app);
  let sequence = 0;

  const known = new Map<string, DocumentNode>();
  function read(text: string): DocumentNode {
    const document = known.get(text) ?? parse(text);
    const [fault] = known.has(text) ? [] : validate(subgraph.schema, document);
    if (fault) throw fault;
    known.set(text, document);
    return document;
  }

  const ask: ServiceUnderTest["ask"] = async (identity, text, variables = {}, language) => {
    const document = read(text);
    const context = requestContext(callerOf(identity, defaultPolicy), { language });
    return subgraph.execute({ document, variables: { ...variables }, context });
  };
  const data = async <Data>(identity: Identity, text: string, variables?: object, language?: string): Promise<Data> => {
    const answer = await ask(identity, text, variables, language);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data as Data;
  };
  const settle = async (): Promise<void> => {
    await eventually(async () => (await service.caughtUp()) && (await service.caughtUp()));
  };
  const again = async (message: Message): Promise<void> => {
    await engines.bus.publish([message]);
    await eventually(() => service.settled(`${message.key}:${message.sequence}`, 1_000));
    await settle();
  };
  return {
    service,
    clock,
    engines,
    faults,
    ask,
    data,
    settle,
    again,
    async send(identity, mutation, input, selected = "id", language) {
      const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
      const fields = "revision replayed settleToken userErrors { code field message details }";
      const text = `mutation ($input: ${type}!) { told: ${mutation}(input: $input) { ${aggregateOf(mutation)} { ${selected} } ${fields} } }`;
      const variables = { input: { commandId: newId(clock.now()), ...input } };
      return (await data<{ readonly told: Told }>(identity, text, variables, language)).told;
    },
    async told(key, { type, ...event }, meta = {}) {
      const { newest, topic, read } = bound(type);
      const now = new Date(clock.now()).toISOString();
      const base = { type, version: newest, topic, key, sequence: ++sequence * 16, source: topic };
      const actor = { kind: "service", id: "elsewhere" } as const;
      const message = { id: newId(), ...base, occurredAt: now, recordedAt: now, actor, data: read(event), ...meta };
      await again(message);
      return message;
    },
    async stop() {
      await app.close();
      await service.stop();
      const { eventStore, bus, documents, operational, keys } = engines;
      for (const engine of [eventStore, bus, documents, operational, keys]) await engine.close();
    },
  };
}

function bound(type: string) {
  const contract = contractOf(type)!;
  const { newest, topic } = contract;
  return { newest, topic, read: (data: object) => contract.read(newest, data) };
}
