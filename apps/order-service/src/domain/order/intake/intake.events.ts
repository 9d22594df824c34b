// What the events of an order that comes in say beyond its content.
import type { Sealed } from "@gendan/eventing";
import type { RuleKind } from "../../rules/rule-kinds.js";

/** The versions of the rules that a decision was made under, by kind; the program's own defaults are not named. */
export type DecidedUnder = Readonly<Partial<Record<RuleKind, number>>>;

/** What the customer sent: the order was made of it. */
export interface Original {
  /** Of its bytes, in hexadecimal: an attachment with the same is the original itself. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** What it says. */
  readonly text?: Sealed;
}
