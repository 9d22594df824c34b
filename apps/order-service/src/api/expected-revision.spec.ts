// What a mutation expects of what it changes: carried out there and nowhere else.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { startOrders, type OrdersUnderTest } from "./spec.js";

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const li = { user: "li", roles: ["sales"], departments: ["cn/east"] };
const told = "order { id revision } revision replayed userErrors { code field message details }";
interface Told {
  readonly order: { readonly id: string; readonly revision: string } | null;
  readonly revision: string | null;
  readonly userErrors: readonly object[];
}
const receiving = (more = {}) => ({
  commandId: newId(),
  channel: "SALES",
  customerId: newId(),
  currency: "CNY",
  lines: [{ sku: "A", quantity: "1", unitPrice: { minor: "100", currency: "CNY" }, requestedOn: "2030-01-01" }],
  ...more,
});
async function send(mutation: string, input: object, expected?: string, more = ""): Promise<Told> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}, $expected: String) { told: ${mutation}(input: $input, expectedRevision: $expected ${more}) { ${told} } }`;
  return (await orders.data<{ told: Told }>(li, text, { input, expected })).told;
}
const head = () => orders.service.engines.eventStore.head();

test("the revision that was read is the one that is changed; another one is refused with both, and stores nothing", async () => {
  const { order } = await send("receiveOrder", receiving());
  const assign = (assignee: string) => ({ commandId: newId(), orderId: order!.id, assignee });
  const first = assign("chen");
  expect(await send("assignOrder", first, order!.revision)).toMatchObject({
    order: { revision: "1" },
    userErrors: [],
  });
  const before = await head();
  expect(await send("assignOrder", assign("wu"), order!.revision)).toEqual({
    order: null,
    revision: null,
    replayed: false,
    userErrors: [
      {
        code: "REVISION_CHANGED",
        field: "expectedRevision",
        message: expect.stringContaining("expected was revision 0, and it is at 1"),
        details: { expected: "0", actual: "1" },
      },
    ],
  });
  expect(await head()).toEqual(before);
  expect(await send("assignOrder", first, order!.revision)).toMatchObject({ replayed: true, revision: "1" });
});

test("nothing is taken for an order that is not at the revision: the number in another system stays free", async () => {
  const { order } = await send("receiveOrder", receiving());
  const references = [{ system: "erp", number: "4711" }];
  const correct = { commandId: newId(), orderId: order!.id, references };
  expect(await send("correctOrder", correct, "9")).toMatchObject({ userErrors: [{ code: "REVISION_CHANGED" }] });
  expect(await send("receiveOrder", receiving({ references }))).toMatchObject({ userErrors: [] });
});

test('"-1" is where there is nothing yet', async () => {
  const input = receiving({ sourceReference: "PO-1" });
  expect(await send("receiveOrder", { ...input, commandId: newId() }, "0")).toMatchObject({
    userErrors: [{ code: "NOT_FOUND" }],
  });
  expect(await send("receiveOrder", input, "-1")).toMatchObject({ revision: "0", userErrors: [] });
  expect(await send("receiveOrder", input, "-1")).toMatchObject({ revision: "0", replayed: true });
  expect(await send("receiveOrder", { ...input, commandId: newId() }, "-1")).toMatchObject({
    userErrors: [{ code: "REVISION_CHANGED", details: { expected: "-1", actual: "0" } }],
  });
  expect(await send("receiveOrder", { ...input, commandId: newId() })).toMatchObject({ userErrors: [] });
});

test("what is not there, or not to be seen, is NOT_FOUND whatever is expected", async () => {
  const { order } = await send("receiveOrder", receiving({ department: "cn/east" }));
  const outsider = { user: "ann", roles: ["sales"], departments: ["us"] };
  const text = `mutation ($input: AssignOrderInput!) { told: assignOrder(input: $input, expectedRevision: "7") { userErrors { code field details } } }`;
  for (const id of [order!.id, newId()]) {
    const input = { commandId: newId(), orderId: id, assignee: "wu" };
    expect(await orders.data(outsider, text, { input })).toEqual({
      told: { userErrors: [{ code: "NOT_FOUND", field: null, details: { id } }] },
    });
  }
});

test("a later mutation of a dry run is at the revision that the earlier one would lead to", async () => {
  const { order } = await send("receiveOrder", receiving());
  const input = (assignee: string) => ({ commandId: newId(), orderId: order!.id, assignee });
  const text = `mutation ($a: AssignOrderInput!, $b: AssignOrderInput!, $of: String, $then: String) {
    a: assignOrder(input: $a, dryRun: true, expectedRevision: $of) { ${told} }
    b: assignOrder(input: $b, dryRun: true, expectedRevision: $then) { ${told} } }`;
  const run = (then: string) => orders.data(li, text, { a: input("a"), b: input("b"), of: "0", then });
  expect(await run("1")).toMatchObject({ a: { revision: "1" }, b: { revision: "2" } });
  expect(await run("0")).toMatchObject({ a: { revision: "1" }, b: { userErrors: [{ code: "REVISION_CHANGED" }] } });
  expect((await send("assignOrder", input("c"), "0")).userErrors).toEqual([]);
});
