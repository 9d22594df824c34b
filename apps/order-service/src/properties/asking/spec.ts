// Who asks, and under which rules: callers of every kind and role, in installations that rule much or nothing.
import * as fc from "fast-check";
import type { Actor } from "@gendan/eventing";
import { feed, li, wang } from "../../domain/order/spec.js";
import { ruleDefaults, type RuleKinds } from "../../domain/rules/rule-kinds.js";
import type { Asking } from "../../write/available-actions.js";
import { strict } from "../approval/spec.js";
import { reviewing } from "../review/spec.js";

const AT = "2026-03-02T08:00:00.000Z";
const zhao: Actor = { kind: "person", id: "zhao" };
const held = (...roles: string[]) => ({ blocks: ["dispatch"], placedBy: roles, releasedBy: roles }) as const;

/** Of each kind what asks most of a caller, or the program's own. */
const rules: fc.Arbitrary<RuleKinds> = fc
  .record({
    review: fc.constantFrom(ruleDefaults.review, reviewing.rules),
    approval: fc.constantFrom(ruleDefaults.approval, strict.rules),
    holds: fc.constantFrom<RuleKinds["holds"]>(
      {},
      { credit: { blocks: [], placedBy: ["lead"], releasedBy: ["finance"] }, stock: held("lead") },
      {
        ...{ credit: held("lead"), quality: held("lead"), stock: held("lead"), customer: held("lead", "finance") },
        ...{ compliance: held("finance"), payment: held("finance"), overdue: held("finance") },
        ...{ price: held("lead"), approval: held("lead") },
      },
    ),
    authority: fc.constantFrom<RuleKinds["authority"]>(
      ruleDefaults.authority,
      {
        roles: [{ role: "sales", bands: [{ currency: "CNY", sku: "A-1", from: "300" }] }, { role: "lead" }],
        beyond: "refuse",
      },
      { roles: [{ role: "sales", discountUpTo: "10" }], beyond: "approve" },
    ),
    credit: fc.constantFrom<RuleKinds["credit"]>(ruleDefaults.credit, {
      over: "approve",
      withoutLimit: "allow",
      release: true,
    }),
    comparison: fc.constantFrom<RuleKinds["comparison"]>(
      ruleDefaults.comparison,
      { ...ruleDefaults.comparison, waivers: [{ roles: ["lead"] }] },
      { ...ruleDefaults.comparison, waivers: [{ aspects: ["price"], roles: ["finance"] }] },
      { ...ruleDefaults.comparison, needed: [{ comparedWith: "purchaseOrder" }] },
    ),
    payment: fc.constantFrom<RuleKinds["payment"]>(ruleDefaults.payment, {
      ...ruleDefaults.payment,
      writeOff: { CNY: "10" },
      writeOffWithoutLimit: ["zhao"],
    }),
    invoicing: fc.constantFrom<RuleKinds["invoicing"]>(ruleDefaults.invoicing, { basis: "ordered", days: 30 }),
    closing: fc.constantFrom<RuleKinds["closing"]>(ruleDefaults.closing, { invoiced: true }),
  })
  .map((each) => ({ ...ruleDefaults, ...each }));

const roles = fc.subarray(["sales", "lead", "finance"]);
const tokens = fc.subarray(["d:cn/east", "d:cn/finance"], { minLength: 1 });

/** What the customer owes besides goes over the limit with most of these orders. */
const credit = { limit: "2000", open: "900" };

/** One caller, as the rules know them and as commands are given what was looked up. */
export interface Question {
  readonly by: Actor;
  readonly rules: RuleKinds;
  readonly asks: Asking;
}

export const question: fc.Arbitrary<Question> = fc
  .record({ by: fc.constantFrom(li, wang, zhao, feed), rules, roles, tokens, away: fc.boolean(), awayRoles: roles })
  .map(({ by, rules: now, roles: own, tokens: of, away, awayRoles }) => ({
    by,
    rules: now,
    asks: {
      approver: { person: by.id, roles: own, tokens: of },
      // Somebody has let zhao approve for them.
      standsFor: away
        ? [
            {
              person: "sun",
              delegations: [{ to: "zhao", from: AT, until: "2026-04-01", roles: awayRoles, tokens: ["d:cn/finance"] }],
            },
          ]
        : [],
      at: AT,
      confirming: { roles: own, credit },
      comparison: { version: 2, rules: now.comparison },
    },
  }));
