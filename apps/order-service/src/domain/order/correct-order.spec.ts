import { expect, test } from "@jest/globals";
import {
  after,
  cny,
  discrepancy,
  given,
  givenLine,
  isConfirmed,
  li,
  line,
  note,
  received,
  ships,
  verified,
  wang,
} from "./spec.js";

const correct = { type: "CorrectOrder", lines: [{ ...givenLine, lineId: "1", quantity: "12" }] } as const;

test("a typing error is mended visibly: each value before and after", () => {
  given(received)
    .when({ ...correct, paymentTerms: "NET30", note }, { actor: wang })
    .then({
      type: "order.corrected",
      correctedBy: wang,
      lines: [{ ...line, quantity: "12", amount: cny(3000), schedules: [{ ...line.schedules[0]!, quantity: "12" }] }],
      references: [],
      customFields: [],
      paymentTerms: "NET30",
      amount: cny(3000),
      freight: cny(0),
      changes: [
        { path: "lines.1.quantity", from: "10", to: "12" },
        { path: "lines.1.amount", from: "2500 CNY", to: "3000 CNY" },
        { path: "lines.1.schedules.1.quantity", from: "10", to: "12" },
        { path: "paymentTerms", to: "NET30" },
      ],
      note,
    });
});

test("what is not given stays; what says the same is no correction", () => {
  given(received).when({ type: "CorrectOrder" }, { actor: li }).unchanged();
  given(received)
    .when({ type: "CorrectOrder", lines: [{ ...givenLine, lineId: "1" }] }, { actor: li })
    .unchanged();
});

test("a sealed value is named without its text, and compared by its mac", () => {
  const point = { country: "CN", phone: note };
  const known = { ...received, deliveryPoint: point };
  const again = { type: "CorrectOrder", deliveryPoint: { ...point, phone: { ...note, ciphertext: "other" } } } as const;
  given(known).when(again, { actor: li }).unchanged();
  const { decision } = given(known).when(
    { ...again, deliveryPoint: { ...point, phone: { ...note, mac: "m2" } } },
    { actor: li },
  );
  expect(decision).toMatchObject({ events: [{ changes: [{ path: "deliveryPoint.phone" }] }] });
  expect(JSON.stringify(decision)).not.toContain(`"from"`);
});

test("a correction takes back the verification, and its author does not verify", () => {
  const events = after([received, verified], correct);
  expect(given(...events).state().lifecycle).toBe("received");
  given(...events)
    .when({ type: "VerifyOrder" }, { actor: { kind: "person", id: "zhao" } })
    .then({
      ...verified,
      verifiedBy: { kind: "person", id: "zhao" },
    });
  const { decision } = given(received).when(correct, { actor: wang });
  given(received, ...("events" in decision ? decision.events : []))
    .when({ type: "VerifyOrder" }, { actor: wang })
    .refused("SAME_PERSON");
});

test("the rules of a complete order hold", () =>
  given(received)
    .when({ type: "CorrectOrder", lines: [{ ...givenLine, quantity: "0", sku: "" }] }, { actor: li })
    .refused("QUANTITY_NOT_POSITIVE", "TEXT_MISSING"));
test("an open discrepancy stays open", () =>
  expect(given(...after([received, discrepancy], correct)).state().lifecycle).toBe("discrepant"));
test("not when it is binding", () =>
  given(...isConfirmed)
    .when(correct, { actor: li })
    .refused("ORDER_STATE"));
test("not when it has left", () =>
  given(...after([received], ships("1")))
    .when(correct, { actor: li })
    .refused("ORDER_SHIPPED"));
test("not where there is none", () => given().when(correct, { actor: li }).refused("NOT_FOUND"));

test("of lines that change only what is given is replaced; the others, and what they say besides, stay", () => {
  const [two, cost] = [{ ...line, lineId: "2", packaging: "carton" }, cny(9)];
  const known = { ...received, lines: [{ ...line, unitCost: cost, shippingMark: "HAMBURG" }, two] };
  const { decision } = given(known).when(
    { type: "CorrectOrder", changedLines: [{ lineId: "1", unitPrice: cny(300), quantity: "11" }] },
    { actor: li },
  );
  expect(decision).toMatchObject({
    events: [
      {
        type: "order.corrected",
        lines: [
          { lineId: "1", quantity: "11", unitPrice: cny(300), unitCost: cost, shippingMark: "HAMBURG", schedules: [{ quantity: "11" }] },
          two,
        ],
        changes: [
          { path: "lines.1.quantity", from: "10", to: "11" },
          { path: "lines.1.unitPrice", from: "250 CNY", to: "300 CNY" },
          { path: "lines.1.amount" },
          { path: "lines.1.schedules.1.quantity" },
        ],
      },
    ],
  }); // prettier-ignore
});

test("new schedules take the place of a line's own, whose quantity is then their sum", () => {
  const schedules = [
    { scheduleId: "1", quantity: "4", requestedOn: "2026-03-20" },
    { scheduleId: "2", quantity: "8", requestedOn: "2026-04-20" },
  ];
  const { decision } = given(received).when(
    { type: "CorrectOrder", changedLines: [{ lineId: "1", schedules }] },
    { actor: li },
  );
  expect(decision).toMatchObject({ events: [{ lines: [{ quantity: "12", amount: cny(3000), schedules }] }] });
});

test("changed lines are those of the order, each once; what says the same changes nothing", () => {
  const change = (...changedLines: { readonly lineId: string; readonly quantity?: string }[]) =>
    given(received).when({ type: "CorrectOrder", changedLines }, { actor: li });
  change({ lineId: "1", quantity: "10" }).unchanged();
  change().unchanged();
  change({ lineId: "2" }, { lineId: "1" }, { lineId: "1" }).refused("LINE_UNKNOWN", "DUPLICATE_LINE");
  change({ lineId: "1", quantity: "0" }).refused("QUANTITY_NOT_POSITIVE");
});
