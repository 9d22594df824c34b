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
