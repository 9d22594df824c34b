// How much of an order can be invoiced, and how much is: per line, net of credit notes.
import { millionths, shareOf } from "@gendan/eventing";
import { heldOf, isOpen } from "../dimensions.js";
import { returnedOf } from "../goods/returns.state.js";
import { netShipped } from "../ledger.js";
import type { OrderLine } from "../content.events.js";
import type { Extent } from "../order.events.js";
import type { OrderState, ScheduleState } from "../order.state.js";
import type { InvoicingRules } from "../../rules/invoicing.rules.js";
import type { InvoicedLine } from "./money.state.js";

/** What an invoice may go up to. */
export type InvoicingBasis = InvoicingRules["basis"];

const nothing: InvoicedLine = { quantity: 0n, amount: 0n, takenBack: 0n };

export const invoicedOf = (order: OrderState, lineId: string): InvoicedLine => order.money.lines.get(lineId) ?? nothing;

const schedulesOf = (order: OrderState, lineId: string): ScheduleState[] =>
  [...order.schedules.values()].filter((schedule) => schedule.lineId === lineId);

/** In millionths: what of the line may have been invoiced in all. A service is there when it was accepted. */
export function invoiceable(order: OrderState, lineId: string, basis: InvoicingBasis): bigint {
  return schedulesOf(order, lineId).reduce((sum, schedule) => sum + countedBy(order, schedule, basis), 0n);
}

function countedBy(order: OrderState, schedule: ScheduleState, basis: InvoicingBasis): bigint {
  const { owed } = schedule;
  if (basis === "ordered") return owed;
  if (schedule.kind === "service") return order.servicesDone ? owed : 0n;
  const held = heldOf(order, schedule);
  // What the customer sent back is credited, and not charged again.
  const returned = returnedOf(order, schedule);
  switch (basis) {
    case "shipped":
      return netShipped(held) - returned;
    case "delivered":
      return held.delivered - returned;
    case "accepted":
      return order.accepted ? held.delivered - returned : 0n;
  }
}

/**
 * What the line still brings in besides what is charged of it, in minor units: of what was ordered less what was given up or has
 * come back, or less what credit notes took back where that is more, because it is of the same goods.
 */
export function toCharge(order: OrderState, line: OrderLine): bigint {
  const { quantity: charged, takenBack } = invoicedOf(order, line.lineId);
  const kept = schedulesOf(order, line.lineId).reduce((sum, schedule) => sum + keptOf(order, schedule), 0n);
  const standing = millionths(line.quantity) - takenBack;
  const units = kept < standing ? kept : standing;
  return units <= charged ? 0n : worthOf(line, units) - worthOf(line, charged);
}

/** What comes over the quantity comes back first; of goods that are full inside the tolerance the rest is not waited for. */
function keptOf(order: OrderState, schedule: ScheduleState): bigint {
  const { owed, kind } = schedule;
  if (kind === "service") return owed;
  const { delivered } = heldOf(order, schedule);
  const isDone = delivered > 0n && !isOpen(order, schedule);
  const kept = (isDone ? delivered : owed) - returnedOf(order, schedule);
  return kept < owed ? kept : owed;
}

/** Full where of every line as much is invoiced as its tolerance asks to be delivered, less what the customer sent back. */
export function invoicingOf(order: OrderState): Extent {
  const { lines } = order.content;
  if (lines.length === 0 || lines.every(({ lineId }) => invoicedOf(order, lineId).quantity === 0n)) return "None";
  const isFull = lines.every(({ lineId }) => {
    const least = schedulesOf(order, lineId).reduce((sum, schedule) => {
      return sum + schedule.least - returnedOf(order, schedule);
    }, 0n);
    return invoicedOf(order, lineId).quantity >= least;
  });
  return isFull ? "Full" : "Partial";
}

/**
 * What so much of a line costs with its freight, in minor units: rounded half up once, on the whole quantity, so that however it
 * is split over invoices they sum to the line.
 */
export function worthOf({ amount, freight, quantity }: OrderLine, units: bigint): bigint {
  const whole = BigInt(amount.minor) + BigInt(freight?.minor ?? "0");
  return shareOf(whole, units, millionths(quantity));
}
