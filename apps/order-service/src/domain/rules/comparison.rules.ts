// What an order is compared for, how much may differ, where it must have been compared, and who waives what is left.
import type { Channel } from "../order/content.events.js";
import { ASPECTS, type Aspect, type ComparedAspect, type ComparedWith } from "../order/comparison/comparison.events.js";

export interface ComparisonRules {
  readonly aspects: readonly ComparedAspect[];
  /** Percent of what the other document says. */
  readonly priceTolerance: string;
  readonly quantityTolerance: string;
  /** Days, earlier or later. */
  readonly dateTolerance: number;
  /** Orders that are verified only when they were compared as they stand. Every member that is given must fit. */
  readonly needed: readonly ComparisonNeeded[];
  /** Who waives a discrepancy of which aspects; the first that fits holds. Where none does, whoever may send the command. */
  readonly waivers: readonly { readonly aspects?: readonly Aspect[] | undefined; readonly roles: readonly string[] }[];
  /** Whoever agrees on a difference names with whom. */
  readonly agreedWithNeeded: boolean;
}

export interface ComparisonNeeded {
  readonly comparedWith: ComparedWith;
  readonly channels?: readonly Channel[] | undefined;
  readonly customers?: readonly string[] | undefined;
}

export const comparisonDefaults: ComparisonRules = {
  aspects: ASPECTS,
  priceTolerance: "0",
  quantityTolerance: "0",
  dateTolerance: 0,
  needed: [],
  waivers: [],
  agreedWithNeeded: false,
};

/** The roles that waive a discrepancy of this aspect; none: whoever may send the command. */
export const waiversOf = ({ waivers }: ComparisonRules, aspect: Aspect): readonly string[] =>
  waivers.find(({ aspects }) => aspects === undefined || aspects.includes(aspect))?.roles ?? [];
