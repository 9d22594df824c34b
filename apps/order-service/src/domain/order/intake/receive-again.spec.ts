import { expect, test } from "@jest/globals";
import type { OrderEvent } from "../order.events.js";
import type { ReceiveOrder } from "../receive-order.js";
import { after, cny, CUSTOMER, given, givenLine, isConfirmed, li, note, receive, received, wang } from "../spec.js";

const again = (command: Partial<ReceiveOrder>, ...events: OrderEvent[]) =>
  given(...(events.length > 0 ? events : [received])).when({ ...receive, ...command }, { actor: wang });
const exists = { code: "ORDER_EXISTS", orderId: receive.orderId, number: received.number };

test("the same content is the same order, whoever sends it and however far it has come", () => {
  again({}).unchanged();
  again({ assignee: "wang", department: "us" }, ...isConfirmed).unchanged();
});

test("other content is refused with every difference: theirs and ours", () =>
  expect(
    again({
      currency: "CNY",
      paymentTerms: "COD",
      customFields: [{ name: "colour", value: "red" }],
      lines: [{ ...givenLine, quantity: "12", unitPrice: cny(240), unitCost: cny(1) }],
    }).decision,
  ).toEqual({
    refusals: [
      exists,
      { code: "ORDER_DIFFERS", field: "lines.1.quantity", theirs: "12", ours: "10" },
      { code: "ORDER_PRICE_DIFFERS", field: "lines.1.unitPrice", theirs: "240 CNY", ours: "250 CNY" },
      { code: "ORDER_PRICE_DIFFERS", field: "lines.1.amount", theirs: "2880 CNY", ours: "2500 CNY" },
      { code: "ORDER_DIFFERS", field: "lines.1.schedules.1.quantity", theirs: "12", ours: "10" },
      { code: "ORDER_PRICE_DIFFERS", field: "paymentTerms", theirs: "COD" },
      { code: "ORDER_INTERNAL_DIFFERS", field: "customFields.colour", theirs: "red" },
      { code: "ORDER_INTERNAL_DIFFERS", field: "lines.1.unitCost", theirs: "1 CNY" },
    ],
  }));

test("so it is for another customer, channel, currency or zone under the same id", () =>
  expect(again({ customerId: CUSTOMER.replace("2", "9"), zone: "UTC", channel: "mail" }).decision).toMatchObject({
    refusals: [exists, { field: "customerId" }, { field: "channel", theirs: "mail", ours: "sales" }, { field: "zone" }],
  }));

test("what it said at first is still the same order after a correction, and so is what was made of it", () => {
  const lines = [{ ...givenLine, lineId: "1", quantity: "12" }];
  const corrected = after([received], { type: "CorrectOrder", lines });
  again({}, ...corrected).unchanged();
  again({ lines }, ...corrected).unchanged();
  again({ lines: [{ ...givenLine, quantity: "13" }] }, ...corrected).refused(
    ...(["ORDER_EXISTS", "ORDER_DIFFERS", "ORDER_PRICE_DIFFERS", "ORDER_DIFFERS"] as const),
  );
});

test("a sealed value is compared by its mac, and told by its name alone", () => {
  const known = { ...received, deliveryPoint: { phone: note } };
  again({ deliveryPoint: { phone: { ...note, ciphertext: "other" } } }, known).unchanged();
  expect(again({ deliveryPoint: { phone: { ...note, mac: "m2" } } }, known).decision).toEqual({
    refusals: [exists, { code: "ORDER_DIFFERS", field: "deliveryPoint.phone" }],
  });
});

test("rules that came later do not make it another order; the types of its fields are kept", () => {
  const rules = {
    completeness: { version: 1, rules: { rules: [{ name: "x", required: ["paymentTerms"] }] } },
    customFields: {
      version: 1,
      rules: {
        fields: [
          { name: "boxes", of: "order", type: "integer" },
          { name: "season", of: "order", type: "text", required: true },
        ],
        definedOnly: true,
      },
    },
  } as const;
  again({ rules }).unchanged();
  again(
    { rules, customFields: [{ name: "boxes", value: "3" }] },
    {
      ...received,
      customFields: [{ name: "boxes", value: 3 }],
    },
  ).unchanged();
});

test("what is no order at all is refused for that, too", () =>
  again({ lines: [] }).refused("ORDER_EXISTS", "LINES_MISSING"));

test("a hundred differences are enough", () => {
  const lines = Array.from({ length: 150 }, () => givenLine);
  const { decision } = given(received).when({ ...receive, lines }, { actor: li });
  expect("refusals" in decision ? decision.refusals.length : 0).toBe(101);
});
