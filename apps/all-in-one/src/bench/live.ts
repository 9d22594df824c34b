// Fan-out: 1,000 subscriptions to one order over WebSockets, in one process with their clients: what a change costs until all have it.
import { once } from "node:events";
import { join } from "node:path";
import { newId, type Documents } from "@gendan/eventing";
import { RunningService } from "@gendan/eventing/runtime/running-service";
import { signToken, type Identity } from "@gendan/security";
import { baseConfig, createLog, readConfig } from "@gendan/service-kit";
import { WebSocket } from "ws";
import { openCompany, type Company } from "../company.js";
import { median, percentile, type Figure } from "./figures.js";

const SOCKETS = 20;
const SUBSCRIPTIONS = 50;
const FOLLOWERS = SOCKETS * SUBSCRIPTIONS;
const WARMING = 5;
const CHANGES = 40;
const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };

export async function benchLive(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const reads = countReads();
  const config = readConfig(baseConfig, { GENDAN_SUBSCRIPTIONS_PER_SUBJECT: String(FOLLOWERS) });
  const log = createLog({ level: "error", service: "bench" });
  const company = await openCompany({ where: { directory: join(directory, "live") }, log, config });
  try {
    const base = await company.listen({ port: 0, host: "127.0.0.1" });
    const authorization = `Bearer ${await signToken(company.secret, { ...li, expiresIn: "1h" })}`;
    const orderId = await anOrder(company, authorization);
    const delivered = await follow(base, authorization, orderId);
    say(`  ${company.gateway.following().subscriptions} subscriptions to one order`);
    const tookMs: number[] = [];
    for (let change = 0; change < WARMING + CHANGES; change++) {
      if (change === WARMING) reads.count = 0;
      const all = delivered(FOLLOWERS);
      const began = performance.now();
      await changed(company, authorization, orderId, change);
      await all;
      if (change >= WARMING) tookMs.push(performance.now() - began);
    }
    return [
      { name: `a change until ${FOLLOWERS} subscribers have it, p50`, value: median(tookMs), unit: "ms", atMost: 500 },
      { name: "  p95", value: percentile(tookMs, 95), unit: "ms" },
      { name: "  deliveries a second", value: (FOLLOWERS * 1_000) / median(tookMs), unit: "/s" },
      { name: "  reads of the order per change", value: reads.count / CHANGES, unit: "", atMost: 1 },
    ];
  } finally {
    await company.stop();
  }
}

/** Counts what is read for those who follow; a mutation that asks for no field of the order reads nothing. */
function countReads(): { count: number } {
  const reads = { count: 0 };
  const documents = Reflect.get(RunningService.prototype, "documents") as (name: string) => Documents;
  RunningService.prototype.documents = function (this: RunningService, name: string): Documents {
    const found = documents.call(this, name);
    if (name !== "orders") return found;
    const getMany = <Doc>(collection: string, ids: readonly string[]) => {
      reads.count += 1;
      return found.getMany<Doc>(collection, ids);
    };
    return { ...found, getMany };
  };
  return reads;
}

/** Begins all subscriptions; gives what resolves when so many changes were told since it was asked. */
async function follow(base: string, authorization: string, id: string): Promise<(count: number) => Promise<void>> {
  let left = 0;
  let done = (): void => undefined;
  const told = (text: string): void => {
    if (text.includes('"type":"next"') && --left === 0) done();
  };
  const query = 'subscription ($id: ID!) { orderChanged(id: $id, fromRevision: "0") { id revision kind } }';
  for (let each = 0; each < SOCKETS; each++) {
    const socket = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } }));
    await once(socket, "message");
    socket.on("message", (text: Buffer) => told(text.toString()));
    const begun = new Promise<void>((resolve) => ((left = SUBSCRIPTIONS), (done = resolve)));
    for (let number = 0; number < SUBSCRIPTIONS; number++) {
      const payload = { query, variables: { id } };
      socket.send(JSON.stringify({ type: "subscribe", id: String(number), payload }));
    }
    await begun; // each is told of the change that it missed
  }
  return (count) => new Promise<void>((resolve) => ((left = count), (done = resolve)));
}

async function send(company: Company, authorization: string, mutation: string, input: object): Promise<string> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { settleToken userErrors { code } } }`;
  const variables = { input: { commandId: newId(), ...input } };
  const { data } = (await company.request(authorization, { query, variables })) as {
    data: { told: { settleToken: string | null; userErrors: readonly unknown[] } };
  };
  if (data.told.settleToken === null) throw new Error(JSON.stringify(data.told.userErrors));
  return data.told.settleToken.split(":")[0]!;
}

async function anOrder(company: Company, authorization: string): Promise<string> {
  const line = { sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2027-03-20" };
  const order = { channel: "SALES", customerId: newId(), currency: "CNY", lines: [line], department: "cn/east" };
  const id = await send(company, authorization, "receiveOrder", order);
  await changed(company, authorization, id, -1);
  return id;
}

const changed = (company: Company, authorization: string, orderId: string, number: number): Promise<string> =>
  send(company, authorization, number % 2 === 0 ? "releaseHold" : "placeHold", { orderId, hold: "CREDIT" });
