// What an order brings in and what is still open of it. Minor units of its currency.
import { money, type Money } from "@gendan/eventing";
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

/**
 * What of each invoice is settled, at most its amount: credit notes that name it settle it first; all that has come in, other
 * credit notes and what was written off settle the oldest first.
 */
export function settledByInvoice({ money: kept, received, currency }: OrderState): ReadonlyMap<string, Money> {
  const named = kept.invoices.reduce((sum, { credited }) => sum + credited, 0n);
  let rest = received + kept.credited - named + kept.writtenOff;
  return new Map(
    kept.invoices.map(({ invoiceId, amount, credited }) => {
      const left = amount - credited;
      const taken = rest <= 0n || left <= 0n ? 0n : rest < left ? rest : left;
      rest -= taken;
      return [invoiceId, money(credited + taken, currency)];
    }),
  );
}
