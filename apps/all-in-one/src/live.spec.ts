// Subscriptions end to end: a whole company, both transports, each with a real client.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { connect, followByEvents, type Told } from "@gendan/gateway/fixtures/live-clients";
import { newId } from "@gendan/eventing";
import { signToken, type Identity } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { eventually } from "@gendan/testing";
import { openCompany, type Company } from "./company.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const fritz: Identity = { user: "fritz", roles: ["sales"], departments: ["de"] };

let company: Company;
let base: string;
beforeAll(async () => {
  company = await openCompany({ where: "memory", log: createLog({ level: "silent", service: "test" }) });
  base = await company.listen({ port: 0, host: "127.0.0.1" });
}, 60_000);
afterAll(() => company.stop());

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await eventually(() => company.gateway.following().connections === 0);
});

const tokenOf = async (who: Identity): Promise<string> =>
  `Bearer ${await signToken(company.secret, { ...who, expiresIn: "1h" })}`;

type Data = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
async function ask(who: Identity, query: string, variables: object = {}): Promise<Data> {
  const answer = (await company.request(await tokenOf(who), { query, variables })) as { data: Data; errors?: unknown };
  expect(answer.errors).toBeUndefined();
  return answer.data;
}
async function send(mutation: string, input: object): Promise<Data> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { revision order { id } userErrors { code message } } }`;
  const { told } = await ask(li, query, { input: { commandId: newId(), ...input } });
  expect(told.userErrors).toEqual([]);
  return told;
}
async function anOrder(): Promise<string> {
  const line = { sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2027-03-20" };
  const { order } = await send("receiveOrder", {
    channel: "SALES",
    customerId: newId(),
    currency: "CNY",
    lines: [line],
    department: "cn/east/sales",
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
