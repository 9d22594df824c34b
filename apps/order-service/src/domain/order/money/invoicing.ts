// How much of an order can be invoiced, and how much is: per line, net of credit notes.
import { millionths, shareOf } from "@gendan/eventing";
import { heldOf } from "../dimensions.js";
import { returnedOf } from "../goods/returns.state.js";
import { netShipped } from "../ledger.js";
import type { OrderLine } from "../content.events.js";
import type { Extent } from "../order.events.js";
import type { OrderState, ScheduleState } from "../order.state.js";
import type { InvoicingRules } from "../../rules/invoicing.rules.js";
import type { InvoicedLine } from "./money.state.js";

/** What an invoice may go up to. */
export type InvoicingBasis = InvoicingRules["basis"];

const nothing: InvoicedLine = { quantity: 0n, amount: 0n };

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
