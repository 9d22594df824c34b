import { expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import { after, cny, discrepancy, li, ORDER, received } from "../domain/order/spec.js";
import { discrepanciesQuery } from "./discrepancies-query.js";
import { discrepanciesOf } from "./discrepancies.js";
import { foldOrder } from "./fold-order.js";
import type { OrderDocument } from "./order.document.js";

const at = "2026-03-05T00:00:00.000Z";
const docOf = (events: readonly OrderEvent[]): OrderDocument =>
  events.reduce<OrderDocument | undefined>(
    (doc, event) => foldOrder(doc, event, { event, meta: { actor: li, occurredAt: at } } as Happened<OrderEvent>),
    undefined,
  )!;
const linesOf = (start: readonly OrderEvent[], ...commands: OrderCommand[]) =>
  discrepanciesOf(docOf(after(start, ...commands)), ORDER);
const ofLine: OrderEvent = { ...discrepancy, lineId: "1" };

test("each discrepancy is a line under the order's scope, with the item that it is about", () =>
  expect(linesOf([received, ofLine])).toEqual([
    {
      id: `${ORDER}/d1`,
      doc: {
        orderId: ORDER,
        customerId: received.customerId,
        department: "cn/east",
        visibleTo: received.visibleTo,
        sku: "A-1",
        standing: "open",
        discrepancy: {
          discrepancyId: "d1",
          lineId: "1",
          aspect: "price",
          comparedWith: "purchaseOrder",
          ours: "2.50",
          theirs: "2.40",
          recorded: { at, by: li },
        },
      },
    },
  ]));
test("it follows the order to where it goes, and says what became of it", () => {
  const [moved] = linesOf([received, ofLine], { type: "MoveOrder", department: "us", reason: "x" });
  expect(moved!.doc).toMatchObject({ department: "us", visibleTo: expect.arrayContaining(["d:us"]) });
  const [resolved] = linesOf([received, ofLine], {
    type: "ResolveDiscrepancy",
    discrepancyId: "d1",
    outcome: "agreed",
  });
  expect(resolved!.doc).toMatchObject({ standing: "resolved", discrepancy: { resolved: { outcome: "agreed" } } });
  const waived = {
    type: "order.discrepancy.waived",
    discrepancyId: "d1",
    reason: "x",
    authority: [],
    open: 0,
    rules: 0,
  } as const;
  expect(linesOf([received, ofLine, waived])[0]!.doc).toMatchObject({ standing: "waived" });
});
test("of a line that was dropped no item is known, and of a cancelled order nothing is open", () => {
  const [dropped] = linesOf([received, ofLine], {
    type: "CorrectOrder",
    lines: [{ lineId: "2", sku: "B-1", quantity: "1", unitPrice: cny(1) }],
  });
  expect(dropped!.doc).not.toHaveProperty("sku");
  expect(linesOf([received, ofLine], { type: "CancelOrder", reason: "x", cancelledBy: "us" })).toEqual([]);
});
test("what is asked for is a query along the access path", () =>
  expect(
    discrepanciesQuery({
      standing: ["open"],
      aspect: ["price"],
      comparedWith: "quotation",
      department: "cn",
      descending: true,
    }),
  ).toEqual({
    collection: "discrepancies",
    path: "byRecorded",
    descending: true,
    where: [
      { column: "standing", op: "in", values: ["open"] },
      { column: "aspect", op: "in", values: ["price"] },
      { column: "comparedWith", op: "=", value: "quotation" },
      { column: "department", op: ">=", value: "cn/" },
      { column: "department", op: "<", value: "cn0" },
    ],
  }));
