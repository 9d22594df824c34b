// The form of each kind's rules, as they are given. A kind without its schema does not compile.
import { z } from "zod";
import type { RuleKind, RuleKinds } from "../domain/rules/rule-kinds.js";

export const ruleSchemas: { readonly [Kind in RuleKind]: z.ZodType<RuleKinds[Kind]> } = {
  acceptance: z.strictObject({ days: z.int().min(0).max(365) }),
};
