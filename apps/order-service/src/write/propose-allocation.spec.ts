import { expect, test } from "@jest/globals";
import { after, cny, given, isConfirmed, received, RECEIPT, verified } from "../domain/order/spec.js";
import { proposeAllocation } from "./propose-allocation.js";

const state = given(...isConfirmed).state();
const partly = given(...after(isConfirmed, { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2000) })).state();
const other = given({ ...received, number: "SO-2026-000002", sourceReference: "PO-7" }, verified).state();
const orders = [
  { orderId: "a", state: partly },
  { orderId: "b", state },
  { orderId: "c", state: other },
];
const receipt = { unallocated: 3500n, currency: "CNY" };

test("the oldest first, each as far as it is open", () =>
  expect(proposeAllocation(receipt, orders, "oldestDue")).toEqual([
    { orderId: "a", amount: cny(500) },
    { orderId: "b", amount: cny(2500) },
    { orderId: "c", amount: cny(500) },
  ]));
test("what the payer named, by whole numbers alone", () => {
  const by = (reference: string) =>
    proposeAllocation({ ...receipt, reference }, orders, "sameReference").map(({ orderId }) => orderId);
  expect(by("SO-2026-000002")).toEqual(["c"]);
  expect(by("for PO-7, thanks")).toEqual(["c"]);
  expect(by("SO-2026-00000")).toEqual([]);
});
test("nothing of another currency", () =>
  expect(proposeAllocation({ ...receipt, currency: "EUR" }, orders, "oldestDue")).toEqual([]));
