// Subscriptions end to end: a whole company, both transports, each with a real client.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { connect, followByEvents, type Told } from "@gendan/gateway/fixtures/live-clients";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing";
import type { Company } from "./company.js";
import { askAs, bearerOf, companyInMemory, mutationText, type Data } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const chen: Identity = { user: "chen", roles: ["merchandiser"], departments: ["cn/east"] };
/** Sees what is theirs and nothing else. */
const wang: Identity = { user: "wang", roles: ["sales"] };
const fritz: Identity = { user: "fritz", roles: ["sales"], departments: ["de"] };

let company: Company;
let base: string;
beforeAll(async () => {
  company = await companyInMemory();
  base = await company.listen({ port: 0, host: "127.0.0.1" });
}, 60_000);
afterAll(() => company.stop());

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await eventually(() => company.gateway.following().connections === 0);
});

const tokenOf = (who: Identity) => bearerOf(company, who);

const ask = (who: Identity, query: string, variables?: object) => askAs(company, who, query, variables);
async function send(mutation: string, input: object, who: Identity = li): Promise<Data> {
  const query = mutationText(mutation, "revision order { id }");
  const { told } = await ask(who, query, { input: { commandId: newId(), ...input } });
  expect(told.userErrors).toEqual([]);
  return told;
}
async function anOrder(assignee?: string): Promise<string> {
  const line = { sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2027-03-20" };
  const { order } = await send("receiveOrder", {
    channel: "SALES",
    customerId: newId(),
    currency: "CNY",
    lines: [line],
    department: "cn/east/sales",
    ...(assignee === undefined ? {} : { assignee }),
  });
  return order.id;
}
const hold = (orderId: string) => send("placeHold", { orderId, hold: "CREDIT" });

/** One subscriber over each transport. */
const transports: Record<string, (who: Identity, query: string, variables: Data) => Promise<Told>> = {
  async "server-sent events"(who, query, variables) {
    const told = await followByEvents(base, await tokenOf(who), { query, variables });
    stops.push(() => told.stop());
    return told;
  },
  async "a WebSocket"(who, query, variables) {
    const { client, follow } = connect(base, await tokenOf(who));
    stops.push(() => client.dispose());
    return follow({ query, variables });
  },
};
const changed =
  "subscription ($id: ID!, $from: String) { orderChanged(id: $id, fromRevision: $from) { id revision kind } }";

describe.each(Object.keys(transports))("an order is followed over %s", (transport) => {
  const follow = transports[transport]!;

  test("and a change arrives once it is committed, with the revision to ask for", async () => {
    const id = await anOrder();
    const told = await follow(li, changed, { id, from: "0" });
    const first = told.next();
    await eventually(() => company.gateway.following().subscriptions === 1);
    await hold(id);
    expect(await first).toEqual({ data: { orderChanged: { id, revision: "1", kind: "CHANGED" } } });
    const { order } = await ask(li, `{ order(id: "${id}", atLeastRevision: "1") { holds { hold } } }`);
    expect(order.holds).toEqual([{ hold: "CREDIT" }]);
  });

  test("and what was missed is one change to the newest revision", async () => {
    const id = await anOrder();
    await hold(id);
    await send("releaseHold", { orderId: id, hold: "CREDIT" });
    const told = await follow(li, changed, { id, from: "0" });
    expect(await told.next()).toEqual({ data: { orderChanged: { id, revision: "2", kind: "CHANGED" } } });
  });

  test("and one that is out of scope is as absent as one that is not there", async () => {
    const id = await anOrder();
    for (const absent of [id, newId()]) {
      const told = await follow(fritz, changed, { id: absent });
      const error = await told.next().then(
        (answer) => answer?.errors,
        (errors: unknown) => errors,
      );
      expect(error).toMatchObject([
        { message: `There is no ${absent} that you can see.`, extensions: { code: "NOT_FOUND" } },
      ]);
    }
  });
});

const following = (subscriptions: number) =>
  eventually(() => company.gateway.following().subscriptions === subscriptions);
const moved = "subscription ($id: ID!) { orderChanged(id: $id) { revision kind } }";
const work = "subscription ($after: String) { myWork(after: $after) { id revision of kind cursor } }";
const notifications =
  "subscription ($after: String) { notifications(after: $after) { revision kind of about cursor } }";

describe.each(Object.keys(transports))("what is one's own is followed over %s", (transport) => {
  const follow = transports[transport]!;
  const told = async (from: Told, field: string) => {
    const answer = await from.next();
    expect(answer?.errors).toBeUndefined();
    return answer?.data?.[field] as Data;
  };

  test("an order that moves out of a caller's sight is removed, and nothing follows", async () => {
    const id = await anOrder();
    const removed = await follow(chen, moved, { id });
    const first = removed.next();
    await following(1);
    await send("moveOrder", { orderId: id, department: "de/south", reason: "reorganisation" });
    expect(await first).toEqual({ data: { orderChanged: { revision: "0", kind: "REMOVED" } } });
    expect(await removed.next()).toBeUndefined();
  });

  test("work comes, changes, and goes to somebody else", async () => {
    const mine = await follow(wang, work, {});
    const [first] = [told(mine, "myWork")];
    await following(1);
    const id = await anOrder("wang");
    await anOrder("chen");
    expect(await first).toMatchObject({ id, revision: "0", of: "ORDER", kind: "CHANGED" });
    const { myWork } = await ask(wang, "{ myWork { nodes { of order { id } } } }");
    expect(myWork.nodes).toContainEqual({ of: "ORDER", order: { id } });
    await hold(id);
    expect(await told(mine, "myWork")).toMatchObject({ id, revision: "1", kind: "CHANGED" });
    await send("assignOrder", { orderId: id, assignee: "chen" });
    expect(await told(mine, "myWork")).toMatchObject({ id, revision: "2", kind: "REMOVED" });
  });

  test("whoever was away goes on from a cursor, once per thing, or is told to read again", async () => {
    const before = await follow(wang, work, {});
    const first = told(before, "myWork");
    await following(1);
    const id = await anOrder("wang");
    const { cursor } = await first;
    await before.stop();
    await following(0);
    await hold(id);
    await send("releaseHold", { orderId: id, hold: "CREDIT" });
    const other = await anOrder("wang");
    await company.settled();
    const after = await follow(wang, work, { after: cursor });
    expect(await told(after, "myWork")).toMatchObject({ id, revision: "2", kind: "CHANGED" });
    expect(await told(after, "myWork")).toMatchObject({ id: other, revision: "0" });

    const foreign = await follow(wang, work, { after: Buffer.from("elsewhere.7").toString("base64url") });
    const errors = await foreign.next().then(
      (answer) => answer?.errors,
      (error: unknown) => error,
    );
    expect(errors).toMatchObject([{ extensions: { code: "RESYNC" } }]);
  });

  test("notifications come for whom they concern, and are there to be read", async () => {
    const id = await anOrder("wang");
    await company.settled();
    const mine = await follow(wang, notifications, {});
    const first = told(mine, "notifications");
    await following(1);
    await hold(id);
    expect(await first).toMatchObject({ revision: "1", kind: "ORDER_HELD", of: "ORDER", about: id });
    const query = "{ notifications(first: 2) { nodes { kind text about order { id } } } }";
    expect((await ask(wang, query)).notifications.nodes).toEqual([
      { kind: "ORDER_HELD", text: "An order of yours was put on hold.", about: id, order: { id } },
      { kind: "ORDER_ASSIGNED", text: "An order was assigned to you.", about: id, order: { id } },
    ]);
    await send("assignOrder", { orderId: id, assignee: "chen" });
    await company.settled();
    expect((await ask(wang, query)).notifications.nodes).not.toContainEqual(expect.objectContaining({ about: id }));
    expect((await ask(chen, query)).notifications.nodes[0]).toMatchObject({ kind: "ORDER_ASSIGNED", about: id });
  });
});
