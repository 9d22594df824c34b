// What each type of hold blocks, who places and releases it, and when it ends by itself. By default each blocks the dispatch alone.
import type { Blockable, HoldType } from "../order/holds/holds.events.js";
import type { Ruled } from "./rule-kinds.js";

export interface HoldRule {
  readonly blocks: readonly Blockable[];
  /** Roles; whoever may send the command where there are none. */
  readonly placedBy?: readonly string[] | undefined;
  readonly releasedBy?: readonly string[] | undefined;
  /** Hours until it ends by itself, where nothing else is said. */
  readonly expiresAfterHours?: number | undefined;
}

export type HoldRules = { readonly [Type in HoldType]?: HoldRule | undefined };

export const holdDefaults: HoldRules = {};

/** Of a type that no rule names. */
const DEFAULT: HoldRule = { blocks: ["dispatch"] };

export const holdRuleOf = (rules: HoldRules | undefined, hold: HoldType): HoldRule => rules?.[hold] ?? DEFAULT;

/** The rules that a command is decided under, and whose roles it is judged by; a reaction's command is no person's. */
export interface UnderHoldRules {
  readonly rules?: Ruled<"holds">;
  readonly roles?: readonly string[];
}

/** Whether one of the roles is among those that the rule asks for; it asks for none where it names none. */
export const isAllowed = (needed: readonly string[] = [], roles: readonly string[] | undefined): boolean =>
  needed.length === 0 || roles === undefined || needed.some((role) => roles.includes(role));
