// Which departments answer for an order before it is confirmed, and when the customer's signature is needed as well.
import { knowing, meets, type Condition, type Measures } from "./conditions.js";

export interface ReviewRules {
  readonly departments: readonly {
    readonly department: string;
    /** One of them; without any, always. */
    readonly when?: readonly Condition[];
    /** How long they have before they are reminded, once. */
    readonly hours?: number;
  }[];
  /** An order that meets one of them is confirmed as the customer has signed it. */
  readonly countersigned: readonly Condition[];
}

/** Nobody has to be asked. */
export const reviewDefaults: ReviewRules = { departments: [], countersigned: [] };

/** The rules about a customer to whom these items were confirmed. */
export const reviewKnowing = (rules: ReviewRules, known: ReadonlySet<string>): ReviewRules => ({
  departments: rules.departments.map((each) => (each.when ? { ...each, when: knowing(each.when, known) } : each)),
  countersigned: knowing(rules.countersigned, known),
});

/** The departments that must answer, each once. */
export const departmentsFor = ({ departments }: ReviewRules, measures: Measures): ReviewRules["departments"] =>
  departments.filter(
    ({ department, when }, place) =>
      (!when || meets(measures, when)) && departments.findIndex((each) => each.department === department) === place,
  );
