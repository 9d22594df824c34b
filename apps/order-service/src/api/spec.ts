// The whole service on engines of its own, as its specs ask it: GraphQL in, and the other services played by messages on the bus.
import "reflect-metadata";
import { join } from "node:path";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { contractOf, type PublicEvent } from "@gendan/contracts";
import {
  newId,
  startService,
  uuidFrom,
  type BlobStore,
  type KeyStore,
  type Message,
  type Service,
} from "@gendan/eventing";
import { FolderBlobStore } from "@gendan/adapters/folder/blob-store";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventBus } from "@gendan/adapters/sqlite/event-bus";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { callerOf, defaultPolicy, Sealer, type Identity } from "@gendan/security";
import { requestContext, sdlBeside, subgraphModule, subgraphOf, type Answer } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { VirtualClock } from "@gendan/testing/virtual-clock";
import { eventually } from "@gendan/testing/wait";
import { parse, validate } from "graphql";
import { OrderModule } from "../order.module.js";
import { orderService } from "../service.js";

export interface OrdersUnderTest {
  readonly service: Service;
  readonly clock: VirtualClock;
  readonly keys: KeyStore;
  readonly blobs: BlobStore;
  /** Faults that callers are not shown. */
  readonly faults: unknown[];
  ask(identity: Identity, text: string, variables?: object, language?: string): Promise<Answer>;
  /** The data of an answer without errors. */
  data<Data = Record<string, never>>(identity: Identity, text: string, variables?: object): Promise<Data>;
  /** Another service tells; resolved when this one has applied it. */
  told(...events: PublicEvent[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startOrders(): Promise<OrdersUnderTest> {
  const directory = temporaryDirectory();
  const clock = new VirtualClock();
  const engines = {
    eventStore: await SqliteEventStore.open({ file: join(directory, "events.db") }),
    bus: await SqliteEventBus.open({ file: join(directory, "bus.db") }),
    documents: await SqliteDocumentStore.open({ directory: join(directory, "documents") }),
    operational: await SqliteDocumentStore.open({ directory: join(directory, "operational") }),
    keys: await SqliteKeyStore.open({ file: join(directory, "keys.db") }),
    blobs: await FolderBlobStore.open({ directory: join(directory, "blobs") }),
    clock,
  };
  const service = await startService(orderService, engines);
  const faults: unknown[] = [];
  @Module({
    imports: [
      OrderModule.with({ service, sealer: new Sealer(engines.keys) }),
      subgraphModule({
        name: "order",
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

  const ask: OrdersUnderTest["ask"] = async (identity, text, variables = {}, language) => {
    const document = parse(text);
    const [fault] = validate(subgraph.schema, document);
    if (fault) throw fault;
    return subgraph.execute({
      document,
      variables: { ...variables },
      context: requestContext(callerOf(identity, defaultPolicy), { language }),
    });
  };
  return {
    service,
    clock,
    keys: engines.keys,
    blobs: engines.blobs,
    faults,
    ask,
    async data<Data>(identity: Identity, text: string, variables?: object) {
      const answer = await ask(identity, text, variables);
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      return answer.data as Data;
    },
    async told(...events) {
      const messages = events.map((event) => messageOf(event, ++sequence, clock));
      await engines.bus.publish(messages);
      for (const { key, sequence: at } of messages) await eventually(() => service.settled(`${key}:${at}`, 1_000));
    },
    async stop() {
      await app.close();
      await service.stop();
      const { eventStore, bus, documents, operational, keys } = engines;
      for (const engine of [eventStore, bus, documents, operational, keys]) await engine.close();
    },
  };
}

function messageOf({ type, ...data }: PublicEvent, sequence: number, clock: VirtualClock): Message {
  const contract = contractOf(type)!;
  const now = new Date(clock.now()).toISOString();
  const { shipmentId, issueId } = data as { readonly shipmentId?: string; readonly issueId?: string };
  return {
    id: uuidFrom(newId(), type),
    type,
    version: contract.newest,
    topic: contract.topic,
    key: (issueId ?? shipmentId)!,
    sequence: sequence * 16,
    source: issueId === undefined ? "logistics" : "customer",
    occurredAt: now,
    recordedAt: now,
    actor: { kind: "person", id: "chen" },
    data: contract.read(contract.newest, data),
  };
}
