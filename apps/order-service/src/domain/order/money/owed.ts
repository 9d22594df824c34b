// What an order brings in and what is still open of it. Minor units of its currency.
import type { OrderState } from "../order.state.js";

/**
 * What the customer owes for the order in all: what it is worth, or what was invoiced where that is more (delivered over the
 * quantity), less what was credited or written off. A cancelled order owes what was invoiced and not credited.
 */
export function owedFor({ lifecycle, total, money }: OrderState): bigint {
  const worth = lifecycle === "cancelled" || total < money.invoiced ? money.invoiced : total;
  return worth - money.credited - money.writtenOff;
}

/** What has not come in yet; negative where too much has. */
export const openOf = (order: OrderState): bigint => owedFor(order) - order.received;
