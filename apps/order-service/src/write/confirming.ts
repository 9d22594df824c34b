// What confirming an order is decided under: the rules that hold now.
import type { ConfirmRules } from "../domain/order/confirm-order.js";
import type { RuleBook } from "./rule-book.js";

export const confirmRules = async (rules: RuleBook): Promise<Required<ConfirmRules>> => ({
  review: await rules.current("review"),
  approval: await rules.current("approval"),
});
