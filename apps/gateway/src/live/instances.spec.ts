// Subscriptions of a service that runs as several processes: one that is lost is replaced, and what was missed is told.
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { eventually } from "@gendan/testing";
import { change, liveOrders } from "../fixtures/demo-orders.js";
import { authorization, supergraphSdl } from "../fixtures/demo-graph.js";
import { calls, identityOf, startDemo, verifier } from "../fixtures/demo-subgraphs.js";
import { Instance } from "../fixtures/instance.js";
import { followByEvents, type Told } from "../fixtures/live-clients.js";
import { createGateway, type Gateway } from "../gateway.js";
import { httpSubgraph } from "../http-subgraph.js";

const demos = await Promise.all([startDemo("order"), startDemo("order"), startDemo("logistics")]);
const logistics = demos[2];
let instances: [Instance, Instance];
let gateway: Gateway;
let base: string;
const reported: unknown[] = [];
const report = (error: unknown): void => void reported.push(error);

beforeEach(async () => {
  instances = [await Instance.start(demos[0].url), await Instance.start(demos[1].url)];
  const urls = instances.map(({ url }) => url);
  gateway = await createGateway({
    supergraphSdl,
    executors: { order: httpSubgraph({ name: "order", urls, identityOf, report }), logistics: logistics.subgraph },
    verifier,
    report,
  });
  base = await gateway.listen({ port: 0, host: "127.0.0.1" });
  calls.length = 0;
});
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await eventually(() => gateway.following().connections === 0 && liveOrders.followers === 0);
  await gateway.close();
  for (const instance of instances) await instance.stop();
  reported.length = 0;
});
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

const query = "subscription ($id: ID!, $from: String) { orderChanged(id: $id, fromRevision: $from) { revision kind } }";
let made = 0;
async function follow(from?: string): Promise<{ readonly id: string; readonly told: Told }> {
  const id = `i-${++made}`;
  change(id);
  const told = await followByEvents(base, authorization, { query, variables: { id, from } });
  stops.push(() => told.stop());
  await eventually(() => liveOrders.followers === 1);
  return { id, told };
}
const changed = (revision: number) => ({ data: { orderChanged: { revision: String(revision), kind: "CHANGED" } } });
/** The instance that tells; each passes on what it has received. */
const teller = () => instances.find(({ received }) => received.length > 0)!;

test("a change passes through the process that tells it, under the caller's own identity", async () => {
  const { id, told } = await follow();
  change(id);
  expect(await told.next()).toEqual(changed(1));
  expect(calls).toEqual([`li: follow ${id} from undefined`]);
});

test("when the process dies, another one goes on from what was told last", async () => {
  const { id, told } = await follow();
  change(id);
  expect(await told.next()).toEqual(changed(1));
  await teller().die();
  await eventually(() => calls.at(-1) === `li: follow ${id} from 1`);
  change(id);
  expect(await told.next()).toEqual(changed(2));
});

test("what changes while nobody is there is told when one is back", async () => {
  const { id, told } = await follow("0");
  for (const instance of instances) await instance.die();
  await eventually(() => liveOrders.followers === 0);
  change(id);
  change(id);
  await instances[1].revive();
  expect(await told.next()).toEqual(changed(2));
});

test("where nothing says from where to go on, the client is told to read again", async () => {
  const { told } = await follow();
  await teller().die();
  expect(await told.next()).toMatchObject({ errors: [{ extensions: { code: "RESYNC" } }] });
  expect(await told.next()).toBeUndefined();
});

describe("when the client goes", () => {
  test("the service's process is left too", async () => {
    const { told } = await follow();
    await told.stop();
    await eventually(() => liveOrders.followers === 0);
  });

  test("also while another process is looked for", async () => {
    const { told } = await follow("0");
    for (const instance of instances) await instance.die();
    await told.stop();
    await eventually(() => gateway.following().connections === 0);
  });
});

test("a process that stops as it should sends its subscriptions on to another one", async () => {
  const leaving = await startDemo("order");
  const urls = [leaving.url, instances[0].url];
  const order = httpSubgraph({ name: "order", urls, identityOf, report });
  const executors = { order, logistics: logistics.subgraph };
  const other = await createGateway({ supergraphSdl, executors, verifier, report });
  const at = await other.listen({ port: 0, host: "127.0.0.1" });
  const id = `i-${++made}`;
  change(id);
  // Turn by turn: one of the two is at the process that stops.
  const told: Told[] = [];
  for (const from of ["0", "0"]) told.push(await followByEvents(at, authorization, { query, variables: { id, from } }));
  await eventually(() => liveOrders.followers === 2 && instances[0].received.length === 1);
  await leaving.close();
  await eventually(() => liveOrders.followers === 2 && instances[0].received.length === 2);
  change(id);
  for (const each of told) expect(await each.next()).toEqual(changed(1));
  for (const each of told) await each.stop();
  await other.close();
});
