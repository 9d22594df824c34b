import { describe, expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import {
  after,
  asks,
  cny,
  confirmed,
  delivers,
  installed,
  isCompleted,
  isConfirmed,
  li,
  loses,
  ORDER,
  received,
  ships,
  verified,
} from "../domain/order/spec.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import { backorderContributions, openSchedulesOf } from "./backorders.js";
import { foldOrder } from "./fold-order.js";
import type { OrderDocument } from "./order.document.js";

const docOf = (start: readonly OrderEvent[], ...commands: OrderCommand[]): OrderDocument =>
  after(start, ...commands).reduce<OrderDocument | undefined>(
    (doc, event) =>
      foldOrder(doc, event, {
        event,
        meta: { actor: li, occurredAt: "2026-03-05T00:00:00.000Z" },
      } as Happened<OrderEvent>),
    undefined,
  )!;
const open = (...asked: Parameters<typeof docOf>) => openSchedulesOf(docOf(...asked), ORDER);
const briefly = (...asked: Parameters<typeof docOf>) =>
  open(...asked).map(({ doc }) => [doc.scheduleId, doc.open, doc.amount.minor, doc.promisedOn]);
const quantities = (...asked: Parameters<typeof docOf>) => briefly(...asked).map(([id, units]) => [id, units]);
const under = (code: string): OrderEvent[] => [{ ...received, incoterm: { code, place: "上海" } }, verified, confirmed];
const at = { lineId: "1", scheduleId: "1" };
const cancel = { type: "CancelLine", lineId: "1", reason: "x", cancelledBy: "us" } as const;

describe("what is open of a schedule", () => {
  test("is a line under the order's scope, from the confirmation to the end", () => {
    expect(open(isConfirmed)).toEqual([
      {
        id: `${ORDER}/1/1`,
        doc: {
          orderId: ORDER,
          customerId: received.customerId,
          department: "cn/east",
          visibleTo: received.visibleTo,
          lineId: "1",
          scheduleId: "1",
          sku: "A-1",
          unit: "pcs",
          open: "10",
          amount: cny(2500),
          requestedOn: "2026-03-20",
          promisedOn: "2026-03-20",
        },
      },
    ]);
    expect(open([received, verified])).toEqual([]);
    expect(open(isCompleted())).toEqual([]);
    expect(open(isConfirmed, { type: "CancelOrder", reason: "x", cancelledBy: "us" })).toEqual([]);
  });
  test("is what has not arrived: not what was cancelled or short-closed, again what was lost", () => {
    expect(briefly(isConfirmed, { ...cancel, quantity: "3" })).toEqual([["1", "7", "1750", "2026-03-20"]]);
    expect(briefly(isConfirmed, asks("6"), ships("6"))).toEqual([["1", "10", "2500", "2026-03-20"]]);
    const came = [asks("6"), ships("6"), delivers("6")];
    expect(briefly(isConfirmed, ...came)).toEqual([["1", "4", "1000", "2026-03-20"]]);
    expect(briefly(isConfirmed, ...came, { type: "ShortCloseSchedule", ...at, reason: "x" })).toEqual([]);
    expect(quantities(isConfirmed, asks("10"), ships("10"), loses("4"), delivers("6"))).toEqual([["1", "4"]]);
  });
  test("is what has not been handed over, where that is the delivery", () => {
    expect(quantities(under("FOB"), asks("6"), ships("6"))).toEqual([["1", "4"]]);
    expect(briefly(under("FOB"), asks("10"), ships("10"), loses("4"))).toEqual([]);
    expect(quantities(under("DAP"), asks("10"), ships("10"))).toEqual([["1", "10"]]);
  });
  test("is due by the latest promise; a backorder by its own", () => {
    const later = { reason: "material", askedBy: "supplier", promisedOn: "2026-04-01" } as const;
    expect(briefly(isConfirmed, { type: "RepromiseSchedule", ...at, ...later })).toEqual([["1", "10", "2500", "2026-04-01"]]); // prettier-ignore
    const backorder = {
      type: "BackorderSchedule",
      ...at,
      quantity: "4",
      promisedOn: "2026-04-10",
      reason: "x",
    } as const;
    expect(briefly(isConfirmed, backorder)).toEqual([
      ["1", "6", "1500", "2026-03-20"],
      ["1.1", "4", "1000", "2026-04-10"],
    ]);
    expect(open(isConfirmed, backorder)[1]!.doc.requestedOn).toBe("2026-03-20");
  });
  test("of a service is all of it until it is accepted", () =>
    expect(open([installed, verified, confirmed]).map(({ doc }) => [doc.lineId, doc.open])).toContainEqual(["2", "1"]));
});

test("it counts on its requested and on its promised day: for all, for its customer, for its item in its unit", () => {
  const cells = backorderContributions(docOf(isConfirmed, { ...cancel, quantity: "0.5" }));
  const add = { schedules: 1n, units: 9n, millionths: 500_000n, amount: 2375n };
  expect(cells).toHaveLength(6);
  for (const rollup of ["openByRequested", "openByPromised"]) {
    for (const [dimension, value] of [
      ["all", ""],
      ["customer", received.customerId],
      ["product", "A-1\u0000pcs"],
    ]) {
      // prettier-ignore
      const cell = { rollup, dimension, value, day: "2026-03-20", department: "cn/east", currency: "CNY", add };
      expect(cells).toContainEqual(cell);
    }
  }
});
