// PlaceHold: what the hold blocks waits until it is released. Holds stack, also several of one type, each with its own source.
import { accept, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { lateFrom } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { defined, isDay } from "../../values.js";
import { holdRuleOf, isAllowed, type HoldRules, type UnderHoldRules } from "../../rules/holds.rules.js";
import { HOLD_TYPES, type HoldPlaced, type HoldType } from "./holds.events.js";
import { evolveHolds, holdIdOf, standingOf } from "./holds.state.js";

interface NewHold extends UnderHoldRules {
  readonly hold: HoldType;
  /** What it is about, where one type is placed for several things. */
  readonly source?: string;
  /** A short code; what a person writes about it is the note. */
  readonly reason?: string;
  /** The last day on which it holds, in the order's zone; absent: as the rules say. */
  readonly until?: string;
  readonly note?: Sealed;
}

export interface PlaceHold extends NewHold {
  readonly type: "PlaceHold";
}

/** Another aggregate found a reason for a hold; a fact, so an order that takes none any more stays as it is. */
export interface ImposeHold extends NewHold {
  readonly type: "ImposeHold";
}

export const mayPlaceHold: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval", "confirmed", "inExecution");

/** Whether there is a type that these roles may place. */
export const mayPlaceOne = (order: OrderState, rules: HoldRules, roles: readonly string[]): boolean =>
  mayPlaceHold(order).length === 0 && HOLD_TYPES.some((hold) => isAllowed(holdRuleOf(rules, hold).placedBy, roles));

/** One of each type and source: placing it again changes nothing. */
export function placeHold(order: OrderState, command: PlaceHold, by: Asked): Decision<HoldPlaced, OrderRefusal> {
  const [no, ...others] = mayPlaceHold(order);
  if (no) return refuse(no, ...others);
  const { hold, rules, roles, source, reason, until } = command;
  const { placedBy = [] } = holdRuleOf(rules?.rules, hold);
  if (!isAllowed(placedBy, roles)) return refuse({ code: "HOLD_ROLE_NEEDED", hold, roles: placedBy });
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.text("source", source);
  checks.text("reason", reason);
  if (until !== undefined && !isDay(until)) checks.add("DATE_INVALID", "until", until);
  else if (until !== undefined && lateFrom(order.zone, until) <= by.at) checks.add("DATE_PAST", "until", until);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  return accept(...placing(order, command, by));
}

export const imposeHold = (order: OrderState, command: ImposeHold, by: Asked): Decision<HoldPlaced, never> =>
  mayPlaceHold(order).length > 0 ? accept() : accept(...placing(order, command, by));

const HOUR_MS = 3_600_000;

function placing(order: OrderState, command: NewHold, { at, historical }: Asked): HoldPlaced[] {
  const { hold, source, reason, until, rules, note } = command;
  const holdId = holdIdOf(hold, source);
  if (order.holds.has(holdId)) return [];
  const { blocks, expiresAfterHours } = holdRuleOf(rules?.rules, hold);
  const after = expiresAfterHours === undefined ? undefined : Date.parse(at) + expiresAfterHours * HOUR_MS;
  const elapses = after === undefined ? undefined : new Date(after).toISOString();
  // Imported history arms no timers.
  const expiresAt = historical ? undefined : until === undefined ? elapses : lateFrom(order.zone, until);
  const placed = {
    type: "order.hold.placed",
    holdId,
    hold,
    ...defined({ source, reason, expiresAt }),
    blocks,
    ...standingOf(order.holds),
    ...defined({ rules: rules?.version, note }),
  } as const;
  return [{ ...placed, ...standingOf(evolveHolds(order.holds, placed)) }];
}
