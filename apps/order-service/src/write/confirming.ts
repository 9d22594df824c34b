// What confirming an order is decided under: the rules that hold now, who confirms, and what the customer owes besides.
import { dayIn, type Commands } from "@gendan/eventing";
import type { CreditCommand, CreditRefusal } from "../domain/credit/credit.decider.js";
import { limitOn, noCredit, openOf, type CreditState } from "../domain/credit/credit.state.js";
import type { Confirming } from "../domain/order/confirm-limits.js";
import type { ConfirmRules } from "../domain/order/confirm-order.js";
import { noOrder, type OrderState } from "../domain/order/order.state.js";
import type { RuleBook } from "./rule-book.js";

/** An order that there is not: it is refused by itself. */
export { noOrder };

export type CreditCommands = Commands<CreditState, CreditCommand, CreditRefusal>;

export async function confirmRules(rules: RuleBook, orderId: string): Promise<ConfirmRules> {
  const [review, approval, authority, credit, holds] = await Promise.all([
    rules.about("review", orderId),
    rules.about("approval", orderId),
    rules.current("authority"),
    rules.current("credit"),
    rules.current("holds"),
  ]);
  return { review, approval, authority, credit, holds };
}

interface Parts {
  readonly rules: RuleBook;
  readonly creditCommands: Pick<CreditCommands, "load">;
}

/** The roles of who confirms; and the customer's credit where a rule asks for it, from its own stream, at the time that counts. */
export async function confirmingAs(
  { rules, creditCommands }: Parts,
  roles: readonly string[],
  {
    customerId,
    currency,
    zone,
    orderId,
  }: Pick<OrderState, "customerId" | "currency" | "zone"> & { readonly orderId: string },
  at: string,
): Promise<Confirming> {
  if ((await rules.current("credit")).rules.over === "allow" || customerId === "") return { roles };
  const credit = (await creditCommands.load(customerId))?.state ?? noCredit;
  const limit = limitOn(credit, currency, dayIn(zone, at));
  const open = openOf(credit, currency, orderId).toString();
  return { roles, credit: { open, ...(limit === undefined ? {} : { limit: limit.toString() }) } };
}
