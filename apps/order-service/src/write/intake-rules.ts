// The rules that an order is received and corrected under, as they hold now.
import { INTAKE_KINDS, type IntakeRules } from "../domain/order/intake/intake-rules.js";
import type { RuleBook } from "./rule-book.js";

export async function intakeRules(book: Pick<RuleBook, "current">): Promise<IntakeRules> {
  const current = await Promise.all(INTAKE_KINDS.map(async (kind) => [kind, await book.current(kind)] as const));
  return Object.fromEntries(current);
}
