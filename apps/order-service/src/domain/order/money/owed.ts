// What an order brings in and what is still open of it. Minor units of its currency.
import { money, type Money } from "@gendan/eventing";
import type { OrderState } from "../order.state.js";
import { toCharge } from "./invoicing.js";

/**
 * What the customer owes for the order in all: what is charged net of credit notes and what is still to be charged, less what was
 * written off. Of a cancelled order nothing more is charged.
 */
export function owedFor(order: OrderState): bigint {
  const { lifecycle, content, money } = order;
  const lines = lifecycle === "cancelled" ? [] : content.lines;
  const rest = lines.reduce((sum, line) => sum + toCharge(order, line), 0n);
  return money.invoiced - money.credited + rest - money.writtenOff;
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
