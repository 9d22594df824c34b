// What confirming an order is decided under: the rules that hold now, who confirms, and what the customer owes besides.
import { dayIn, type Commands } from "@gendan/eventing";
import type { CreditCommand, CreditRefusal } from "../domain/credit/credit.decider.js";
import type { FollowedOrder } from "../domain/credit/credit.events.js";
import { exposureIn, noCredit, standingOf, type CreditState, type Exposure } from "../domain/credit/credit.state.js";
import type { Confirming } from "../domain/order/confirm-limits.js";
import type { ConfirmRules } from "../domain/order/confirm-order.js";
import { noOrder, type OrderState } from "../domain/order/order.state.js";
import type { RateRules } from "../domain/rules/rates.rules.js";
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
  order: Pick<OrderState, "customerId" | "currency" | "zone" | "total"> & { readonly orderId: string },
  at: string,
): Promise<Confirming> {
  if ((await rules.current("credit")).rules.over === "allow" || order.customerId === "") return { roles };
  const credit = (await creditCommands.load(order.customerId))?.state ?? noCredit;
  const { rates } = await creditRates(rules);
  return { roles, credit: standingOf(credit, order, dayIn(order.zone, at), rates) };
}

/** What is open in all currencies under a limit of one, where the rules convert. */
export async function exposureOf(
  rules: RuleBook,
  currency: string,
  orders: readonly FollowedOrder[],
  day: string,
): Promise<Exposure | undefined> {
  const { rates } = await creditRates(rules);
  return rates && exposureIn(currency, orders, day, rates);
}

/** By which rates currencies are converted, where the rules say so. */
export async function creditRates(rules: RuleBook): Promise<{ readonly rates?: RateRules }> {
  const isConverting = (await rules.current("credit")).rules.convert;
  return isConverting ? { rates: (await rules.current("rates")).rules } : {};
}
