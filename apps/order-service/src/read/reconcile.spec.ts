import { expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { OrderEvent } from "../domain/order/order.events.js";
import { cny, CUSTOMER, installed } from "../domain/order/spec.js";
import { foldOrder } from "./fold-order.js";
import { differencesFrom } from "./reconcile.js";

const meta = { actor: { kind: "person", id: "li" }, occurredAt: "2026-03-02T08:00:00.000Z" };
const event: OrderEvent = { ...installed, paymentTerms: "COD" };
const ours = foldOrder(undefined, event, { event, meta } as Happened<OrderEvent>)!;

test("what agrees, and what is not stated, is no difference", () => {
  expect(differencesFrom({ number: "1" }, ours)).toEqual([]);
  expect(
    differencesFrom(
      {
        number: "1",
        customerId: CUSTOMER,
        currency: "CNY",
        paymentTerms: "COD",
        amount: cny(2750),
        lines: [
          { sku: "A-1", unit: "pcs", quantity: "10.000", unitPrice: cny(250), requestedOn: "2026-03-20" },
          { lineId: "2", sku: "INSTALL" },
        ],
      },
      ours,
    ),
  ).toEqual([]);
});

test("every value that differs is named with both, also where one side has none", () =>
  expect(
    differencesFrom(
      {
        number: "1",
        currency: "EUR",
        paymentTerms: "NET30",
        amount: { minor: "2750", currency: "EUR" },
        lines: [{ quantity: "10.5", customerSku: "C", requestedOn: "2026-03-21" }, { quantity: "many" }],
      },
      ours,
    ),
  ).toEqual([
    { field: "currency", theirs: "EUR", ours: "CNY" },
    { field: "paymentTerms", theirs: "NET30", ours: "COD" },
    { field: "amount", theirs: "2750 EUR", ours: "2750 CNY" },
    { field: "lines.1.quantity", theirs: "10.5", ours: "10" },
    { field: "lines.1.customerSku", theirs: "C" },
    { field: "lines.1.requestedOn", theirs: "2026-03-21", ours: "2026-03-20" },
    { field: "lines.2.quantity", theirs: "many", ours: "1" },
  ]));

test("lines that only one side has are named whole", () =>
  expect(differencesFrom({ number: "1", lines: [{ lineId: "9", sku: "B", quantity: "3" }] }, ours)).toEqual([
    { field: "lines.9", theirs: "3 × B" },
    { field: "lines.1", ours: "10 × A-1" },
    { field: "lines.2", ours: "1 × INSTALL" },
  ]));
