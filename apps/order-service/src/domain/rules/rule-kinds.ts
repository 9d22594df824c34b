// Which rules an installation sets as data, by kind, and what holds where it has set none. One file per kind, in its area.
import { uuidFrom } from "@gendan/eventing";
import { reviewDefaults, type ReviewRules } from "./review.rules.js";
import { authorityDefaults, type AuthorityRules } from "./authority.rules.js";
import { creditDefaults, type CreditRules } from "./credit.rules.js";
import { approvalDefaults, type ApprovalRules } from "./approval.rules.js";
import { acceptanceDefaults, type AcceptanceRules } from "./acceptance.rules.js";
import { calendarDefaults, type CalendarRules } from "./calendar.rules.js";
import { completenessDefaults, type CompletenessRules } from "./completeness.rules.js";
import { customFieldDefaults, type CustomFieldRules } from "./custom-fields.rules.js";
import { comparisonDefaults, type ComparisonRules } from "./comparison.rules.js";
import {
  closingDefaults,
  returnDefaults,
  toleranceDefaults,
  type ClosingRules,
  type ReturnRules,
  type ToleranceRules,
} from "./goods.rules.js";
import { holdDefaults, type HoldRules } from "./holds.rules.js";
import { ownershipDefaults, type OwnershipRules } from "./ownership.rules.js";
import { invoicingDefaults, type InvoicingRules } from "./invoicing.rules.js";
import { dunningDefaults, type DunningRules } from "./dunning.rules.js";
import { rateDefaults, type RateRules } from "./rates.rules.js";
import { paymentDefaults, type PaymentRules } from "./payment.rules.js";

/** What the rules of each kind look like. Adding a kind: a line here, its defaults below, its schema in api/rule-schemas.ts. */
export interface RuleKinds {
  readonly comparison: ComparisonRules;
  readonly holds: HoldRules;
  readonly completeness: CompletenessRules;
  readonly customFields: CustomFieldRules;
  readonly ownership: OwnershipRules;
  readonly review: ReviewRules;
  readonly approval: ApprovalRules;
  readonly tolerance: ToleranceRules;
  readonly authority: AuthorityRules;
  readonly credit: CreditRules;
  readonly acceptance: AcceptanceRules;
  readonly returns: ReturnRules;
  readonly invoicing: InvoicingRules;
  readonly payment: PaymentRules;
  readonly rates: RateRules;
  readonly dunning: DunningRules;
  readonly closing: ClosingRules;
  readonly calendar: CalendarRules;
}

export type RuleKind = keyof RuleKinds;

/** The rules of a kind with the version that they are of; 0 are the defaults that the program comes with. */
export interface Ruled<Kind extends RuleKind> {
  readonly version: number;
  readonly rules: RuleKinds[Kind];
}

/** Permissive: what an installation has not ruled out goes. */
export const ruleDefaults: RuleKinds = {
  comparison: comparisonDefaults,
  holds: holdDefaults,
  completeness: completenessDefaults,
  customFields: customFieldDefaults,
  ownership: ownershipDefaults,
  review: reviewDefaults,
  approval: approvalDefaults,
  tolerance: toleranceDefaults,
  authority: authorityDefaults,
  credit: creditDefaults,
  acceptance: acceptanceDefaults,
  returns: returnDefaults,
  invoicing: invoicingDefaults,
  payment: paymentDefaults,
  rates: rateDefaults,
  dunning: dunningDefaults,
  closing: closingDefaults,
  calendar: calendarDefaults,
};

export const ruleKinds = Object.keys(ruleDefaults) as readonly RuleKind[];

/** The stream of a kind's rules. */
export const rulesId = (kind: RuleKind): string => uuidFrom("order.rules", kind);
