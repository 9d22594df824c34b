// What comes in, through the graph: lines in full, completeness and custom fields by rule, fields that other systems own.
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { referenceId } from "../domain/reference/reference.decider.js";
import { referenceAggregate } from "../service.js";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["sales"], departments: ["cn/east"] };
const ma: Identity = { user: "ma", roles: ["manager"], departments: [] };
const zhao: Identity = { user: "zhao", roles: ["sales"], departments: ["us"] };
const wu: Identity = { user: "wu", roles: ["warehouse"], departments: ["cn/east"] };
const buyer: Identity = { user: "buyer", roles: ["customer"] };
const erp: Identity = { user: "erp-feed", roles: ["importer"], departments: ["cn"] };

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

interface Payload {
  readonly order: { readonly id: string } & Record<string, unknown>;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
}
const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
const line = { sku: "A-1", quantity: "10", unitPrice: cny(250), requestedOn: "2030-03-20" };
const request = (more: object = {}) => ({
  channel: "SALES",
  customerId: uuidFrom("customer", newId()),
  currency: "CNY",
  lines: [line],
  ...more,
});

async function send(
  mutation: "receiveOrder" | "correctOrder" | "shareOrder" | "verifyOrder",
  input: object,
  selected = "id",
  as = li,
): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) { order { ${selected} } userErrors { code field } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
async function rule(kind: string, rules: object): Promise<void> {
  const text = `mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }`;
  const data = await orders.data<{ setOrderRules: Payload }>(ma, text, { input: { commandId: newId(), kind, rules } });
  expect(data.setOrderRules.userErrors).toEqual([]);
}
const told = ({ userErrors }: Payload) => userErrors.map(({ code, field }) => `${code} ${field}`);

describe("a line", () => {
  const detailed = {
    ...line,
    conversion: { unit: "carton", numerator: 1, denominator: 4 },
    matrix: [
      { colour: "red", size: "M", quantity: "6" },
      { colour: "red", size: "L", quantity: "4" },
    ],
    packaging: "4 in a carton",
    shippingMark: "HAMBURG",
    listPrice: cny(300),
    unitCost: cny(180),
  };
  const selected = `lines { conversion { unit numerator denominator } stockQuantity matrix { colour size quantity }
    packaging shippingMark listPrice { minor currency } unitCost { minor currency } }`;
  const { sku: _, quantity: __, unitPrice: ___, requestedOn: ____, ...details } = detailed;

  test("is kept with all that it says, and comes to an exact quantity in the stock unit", async () => {
    const { order } = await send("receiveOrder", request({ lines: [detailed] }), `id ${selected}`);
    expect(order["lines"]).toEqual([{ ...details, stockQuantity: "2.5" }]);
  });
  test("is mended by what changes of it, and keeps what its mender has not given", async () => {
    const { order } = await send("receiveOrder", request({ lines: [detailed, line] }));
    const mend = { orderId: order.id, changedLines: [{ lineId: "1", unitPrice: cny(240), shippingMark: "BREMEN" }] };
    const mended = await send("correctOrder", mend, `${selected} lines { unitPrice { minor } }`);
    expect(told(mended)).toEqual([]);
    expect(mended.order["lines"]).toMatchObject([
      { ...details, shippingMark: "BREMEN", unitPrice: { minor: "240" } },
      { unitPrice: { minor: "250" } },
    ]);
    const both = { input: { commandId: newId(), ...mend, lines: [line] } };
    const text = "mutation ($input: CorrectOrderInput!) { correctOrder(input: $input) { revision } }";
    expect((await orders.ask(li, text, both)).errors).toMatchObject([
      {
        message: expect.stringContaining("all lines are given, or those that change"),
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });
  test("tells what it costs to nobody who does not see prices and internals, nor that it was mended", async () => {
    const { order } = await send("receiveOrder", request({ lines: [{ ...detailed, unitCost: cny(170) }] }));
    const changed = await send("correctOrder", { orderId: order.id, lines: [{ ...detailed, lineId: "1" }] });
    expect(told(changed)).toEqual([]);
    await send("shareOrder", { orderId: order.id, person: "buyer" });
    const text = `query ($id: ID!) { order(id: $id) { corrections { changes { path from to } }
      lines { listPrice { minor } unitCost { minor } } } }`;
    const seenBy = async (who: Identity) =>
      ((await orders.ask(who, text, { id: order.id })).data as { order: object }).order;
    const path = "lines.1.unitCost";
    expect(await seenBy(li)).toEqual({
      corrections: [{ changes: [{ path, from: "170 CNY", to: "180 CNY" }] }],
      lines: [{ listPrice: { minor: "300" }, unitCost: { minor: "180" } }],
    });
    // A warehouse sees internals and no prices, a customer prices and no internals.
    const hidden = [{ changes: [{ path, from: null, to: null }] }];
    expect(await seenBy(wu)).toEqual({ corrections: hidden, lines: [{ listPrice: null, unitCost: null }] });
    expect(await seenBy(buyer)).toEqual({
      corrections: hidden,
      lines: [{ listPrice: { minor: "300" }, unitCost: null }],
    });
  });
});

describe("by rule", () => {
  const mail = (more: object = {}) => request({ channel: "MAIL", ...more });

  test("an order is complete, and every fault is told at once with its line and field", async () => {
    const rules = [
      {
        name: "mail",
        when: { channels: ["mail"] },
        required: ["paymentTerms", "lines.customerSku"],
        verifyWithinHours: 4,
      },
      {
        name: "Germany",
        when: { countries: ["DE"] },
        required: ["deliveryPoint.address", "deliveryPoint.postcodePrefix"],
      },
      { name: "chairs", when: { families: ["chairs"] }, units: ["pcs"], minimumQuantity: "100" },
    ];
    await rule("completeness", { rules });
    const lines = [line, { ...line, family: "chairs", unit: "kg" }];
    expect(told(await send("receiveOrder", mail({ lines, deliveryPoint: { country: "DE" } })))).toEqual([
      "FIELD_REQUIRED paymentTerms",
      "FIELD_REQUIRED lines.0.customerSku",
      "FIELD_REQUIRED lines.1.customerSku",
      "FIELD_REQUIRED deliveryPoint.address",
      "FIELD_REQUIRED deliveryPoint.postcodePrefix",
      "UNIT_NOT_ALLOWED lines.1.unit",
      "QUANTITY_BELOW_MINIMUM lines.1.quantity",
    ]);
    const complete = mail({ paymentTerms: "COD", lines: [{ ...line, customerSku: "C" }] });
    const { order } = await send("receiveOrder", complete, "id receivedAt verifyDueAt verifiedLate");
    const due = new Date(Date.parse(order["receivedAt"] as string) + 4 * 3_600_000).toISOString();
    expect(order).toMatchObject({ verifyDueAt: due, verifiedLate: false });
    const listed = async (filter: object) => {
      const text = "query ($filter: OrderFilter) { orders(first: 200, filter: $filter) { nodes { id verifiedLate } } }";
      type Listed = { orders: { nodes: { id: string; verifiedLate: boolean | null }[] } };
      const { nodes } = (await orders.data<Listed>(li, text, { filter })).orders;
      return nodes.filter(({ id }) => id === order.id).map(({ verifiedLate }) => verifiedLate);
    };
    const overdue = (verifyOverdue: boolean) => listed({ verifyOverdue });
    expect([await overdue(true), await overdue(false)]).toEqual([[], [false]]);
    orders.clock.advance(4 * 3_600_000 + 1);
    expect([await overdue(true), await overdue(false)]).toEqual([[true], []]);
    const late = (verifiedLate: boolean) => listed({ verifiedLate });
    expect([await late(true), await late(false)]).toEqual([[], []]);
    await send("verifyOrder", { orderId: order["id"] }, "id", {
      user: "zhao",
      roles: ["sales"],
      departments: ["cn/east"],
    });
    await eventually(async () => (await late(true)).length > 0);
    expect([await late(true), await late(false), await overdue(true)]).toEqual([[true], [], []]);
    expect(told(await send("receiveOrder", request()))).toEqual([]);
  });

  test("custom fields have types, and orders are found by them", async () => {
    await rule("customFields", {
      fields: [
        { name: "season", of: "order", type: "choice", choices: ["S27", "W27"] },
        { name: "cartons", of: "line", type: "integer" },
        { name: "weight", of: "order", type: "decimal" },
      ],
    });
    const fields = (season: string, cartons: string) => ({
      customFields: [{ name: "season", value: season }],
      lines: [{ ...line, customFields: [{ name: "cartons", value: cartons }] }],
    });
    expect(told(await send("receiveOrder", request(fields("S28", "x"))))).toEqual([
      "FIELD_TYPE customFields.0.value",
      "FIELD_TYPE lines.0.customFields.0.value",
    ]);
    const selected = "id customFields { name value } lines { customFields { name value } }";
    const { order } = await send("receiveOrder", request(fields("W27", "7")), selected);
    expect(order).toMatchObject({
      customFields: [{ name: "season", value: "W27" }],
      lines: [{ customFields: [{ name: "cartons", value: 7 }] }],
    });
    await send("receiveOrder", request(fields("W27", "8")));
    const found = async (customFields: object[], as = li) => {
      const text = `query ($filter: OrderFilter) { orders(filter: $filter) { nodes { id } } }`;
      return orders.ask(as, text, { filter: { customFields } });
    };
    const both = [
      { name: "season", value: "w27" },
      { name: "cartons", value: 7 },
    ];
    expect(await found(both)).toMatchObject({ data: { orders: { nodes: [{ id: order.id }] } } });
    expect(await found([{ name: "season", value: "S27" }])).toMatchObject({ data: { orders: { nodes: [] } } });
    const { data } = await found([{ name: "season", value: "W27" }]);
    expect((data as { orders: { nodes: object[] } }).orders.nodes).toHaveLength(2);
    const weighed = { ...fields("S27", "7"), customFields: [{ name: "weight", value: "12.50" }] };
    const { order: heavy } = await send("receiveOrder", request(weighed), "id customFields { value }");
    expect(heavy["customFields"]).toEqual([{ value: "12.5" }]);
    for (const value of ["12.5", "12.500", 12.5]) {
      const answer = await found([{ name: "weight", value }]);
      expect(answer).toMatchObject({ data: { orders: { nodes: [{ id: heavy.id }] } } });
    }
    expect((await found(both, buyer)).errors?.[0]).toMatchObject({ extensions: { code: "FIELD_MASKED" } });
  });

  test("only a text of customers is personal", async () => {
    const text = `mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }`;
    const define = (field: object) =>
      orders.ask(ma, text, { input: { commandId: newId(), kind: "customFields", rules: { fields: [field] } } });
    const remarks = { name: "remarks", of: "customer", type: "text", personal: true };
    for (const field of [
      { ...remarks, of: "order" },
      { ...remarks, of: "line" },
      { ...remarks, type: "date" },
    ]) {
      const [error] = (await define(field)).errors!;
      expect(error!.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
      expect(error!.message).toContain("rules.fields.0.personal");
    }
    expect((await define(remarks)).errors).toBeUndefined();
    // Who enters customers sees what is defined of them, and may not define it.
    const service = { user: "su", roles: ["service"], departments: ["cn/east"] };
    const asked = `{ orderRules(kind: "customFields") { rules } }`;
    const rules = { fields: [remarks], definedOnly: false };
    await eventually(async () => isDeepStrictEqual(await orders.data(service, asked), { orderRules: { rules } }));
    const input = { commandId: newId(), kind: "customFields", rules: { fields: [] } };
    expect((await orders.ask(service, text, { input })).data).toMatchObject({
      setOrderRules: { userErrors: [{ code: "COMMAND_NOT_GRANTED" }] },
    });
  });

  test("what another system owns is mended by that system alone", async () => {
    await rule("ownership", { systems: [{ system: "erp", accounts: ["erp-feed"], fields: ["paymentTerms"] }] });
    const references = [{ system: "erp", number: newId() }];
    const { order } = await send("receiveOrder", request({ references, paymentTerms: "COD" }));
    const mend = { orderId: order.id, paymentTerms: "PREPAID" };
    expect(told(await send("correctOrder", mend))).toEqual(["FIELD_OWNED paymentTerms"]);
    expect(await send("correctOrder", mend, "paymentTerms", erp)).toMatchObject({
      order: { paymentTerms: "PREPAID" },
      userErrors: [],
    });
  });
});

describe("a number in another system", () => {
  const numbered = (number: string, more: object = {}) => request({ references: [{ system: "erp", number }], ...more });

  test("belongs to one order; what holds it is told to nobody", async () => {
    const number = newId();
    const { order } = await send("receiveOrder", numbered(number));
    const taken = await send("receiveOrder", numbered(number, { lines: [{ ...line, quantity: "0" }] }), "id", zhao);
    expect(told(taken)).toEqual(["REFERENCE_TAKEN references.0.number", "QUANTITY_NOT_POSITIVE lines.0.quantity"]);
    expect(JSON.stringify(taken)).not.toContain(order.id);
    const [one, other] = await Promise.all(
      [newId(), newId()].map((id) => send("receiveOrder", numbered("raced", { id }))),
    );
    expect([one!, other!].map(told).sort()).toEqual([[], ["REFERENCE_TAKEN references.0.number"]]);
  });

  test("is free again after it was corrected away, and is not kept by an order that was refused", async () => {
    const [number, another] = [newId(), newId()];
    expect(told(await send("receiveOrder", numbered(number, { lines: [] })))).toEqual(["LINES_MISSING lines"]);
    const { order } = await send("receiveOrder", numbered(number));
    const { order: second } = await send("receiveOrder", numbered(another));
    const correct = (orderId: string, to: string) =>
      send("correctOrder", { orderId, references: [{ system: "erp", number: to }] });
    expect(told(await correct(second.id, number))).toEqual(["REFERENCE_TAKEN references.0.number"]);
    expect(told(await correct(order.id, newId()))).toEqual([]);
    expect(told(await correct(second.id, number))).toEqual([]);
    expect(told(await send("receiveOrder", numbered(another)))).toEqual([]);
  });

  test("that a crash left with an order which never came is taken over, after a while", async () => {
    const reference = { system: "erp", number: newId() };
    const take = { type: "TakeReference", ...reference, orderId: newId() } as const;
    const slots = orders.service.commands(referenceAggregate);
    await slots.handle(referenceId(reference), take, { commandId: newId(), actor: { kind: "person", id: "li" } });
    expect(told(await send("receiveOrder", numbered(reference.number)))).toEqual([
      "REFERENCE_TAKEN references.0.number",
    ]);
    orders.clock.advance(15 * 60_000);
    expect(told(await send("receiveOrder", numbered(reference.number)))).toEqual([]);
    expect(told(await send("receiveOrder", numbered(reference.number)))).toEqual([
      "REFERENCE_TAKEN references.0.number",
    ]);
  });

  test("that an offer names is its order's as soon as the offer is accepted", async () => {
    const quote = async (number: string) => {
      const ask = async (mutation: string, input: object) => {
        const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
        const text = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { quotation { id } userErrors { code field } } }`;
        const variables = { input: { commandId: newId(), ...input } };
        return (await orders.data<{ told: Payload & { quotation: { id: string } } }>(li, text, variables)).told;
      };
      const { channel: _, ...offer } = numbered(number, { validUntil: "2030-01-31" });
      const quotationId = (await ask("draftQuotation", offer)).quotation.id;
      await ask("sendQuotation", { quotationId });
      return ask("acceptQuotation", { quotationId, version: 1, channel: "SALES" });
    };
    const number = newId();
    expect(told(await quote(number))).toEqual([]);
    expect(told(await quote(number))).toEqual(["REFERENCE_TAKEN references.0.number"]);
    expect(told(await send("receiveOrder", numbered(number)))).toEqual(["REFERENCE_TAKEN references.0.number"]);
  });

  test("is what that system's list is reconciled by: every difference is named", async () => {
    const system = `erp-${newId()}`;
    const of = (number: string, more: object = {}) => request({ references: [{ system, number }], ...more });
    const ids = [];
    for (const number of ["1", "2", "3"])
      ids.push((await send("receiveOrder", of(number, { paymentTerms: "COD" }))).order.id);
    const text = `query ($system: String!, $orders: [StatedOrderInput!]!, $from: DateTime) {
      reconcileOrders(system: $system, orders: $orders, receivedFrom: $from) {
        compared missingHere missingThere { number orderId orderNumber } differences { number orderId field theirs ours } } }`;
    const stated = [
      { number: "1", currency: "CNY", lines: [{ quantity: "10.0" }] },
      {
        number: "2",
        lines: [
          { quantity: "9", sku: "A-1" },
          { sku: "B", quantity: "1" },
        ],
      },
      { number: "4" },
    ];
    const ask = async (who: Identity, list: object[] = stated, from: string | null = "2000-01-01T00:00:00.000Z") =>
      (await orders.data(who, text, { system, orders: list, from })) as { reconcileOrders: object };
    expect((await ask(li)).reconcileOrders).toEqual({
      compared: 2,
      missingHere: ["4"],
      missingThere: [{ number: "3", orderId: ids[2], orderNumber: expect.stringMatching(/^SO-/) }],
      differences: [
        { number: "2", orderId: ids[1], field: "lines.1.quantity", theirs: "9", ours: "10" },
        { number: "2", orderId: ids[1], field: "lines.2", theirs: "1 × B", ours: null },
      ],
    });
    expect((await ask(zhao, stated, null)).reconcileOrders).toEqual({
      compared: 0,
      missingHere: ["1", "2", "4"],
      missingThere: null,
      differences: [],
    });
    // In another case it is another system, which knows none of them.
    const upper = system.toUpperCase();
    const variables = { system: upper, orders: stated, from: "2000-01-01T00:00:00.000Z" };
    expect((await orders.data(li, text, variables)) as object).toEqual({
      reconcileOrders: { compared: 0, missingHere: ["1", "2", "4"], missingThere: [], differences: [] },
    });
    const terms = [{ number: "1", paymentTerms: "NET30" }];
    const masked = await orders.ask(wu, text, { system, orders: terms, from: null });
    expect(masked.errors?.[0]).toMatchObject({ extensions: { code: "FIELD_MASKED" } });
    const twice = await orders.ask(li, text, { system, orders: [...terms, ...terms], from: null });
    expect(twice.errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});
