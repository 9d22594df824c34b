// Who owns an order and who sees it: MoveOrder, AssignOrder, ShareOrder, UnshareOrder, and the clock's ElapseShares.
import {
  accept,
  addDays,
  dayIn,
  departmentToken,
  departmentTokens,
  personToken,
  refuse,
  startOfDay,
  visibleTo,
  type Asked,
  type Decision,
  type Sealed,
} from "@gendan/eventing";
import { defined, isDay, isDepartment } from "../values.js";
import type { OrderScope, Share } from "./content.events.js";
import { checksInto, type Checks } from "./faults.js";
import type { Guard } from "./guards.js";
import type { OrderEvent, ScopeChange, ScopeChanged } from "./order.events.js";
import type { Incomplete, OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface MoveOrder {
  readonly type: "MoveOrder";
  readonly department: string;
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly note?: Sealed;
}

export interface AssignOrder {
  readonly type: "AssignOrder";
  /** What is given replaces what was there; what is not given stays. */
  readonly assignee?: string;
  readonly collaborators?: readonly string[];
  readonly note?: Sealed;
}

/** With a person or with a department. */
export interface ShareWith {
  readonly person?: string;
  readonly department?: string;
}

export interface ShareOrder extends ShareWith {
  readonly type: "ShareOrder";
  /** The last day on which it holds. */
  readonly until?: string;
  readonly note?: Sealed;
}

export interface UnshareOrder extends ShareWith {
  readonly type: "UnshareOrder";
  readonly note?: Sealed;
}

/** The deadline `share` is due; a fact. */
export interface ElapseShares {
  readonly type: "ElapseShares";
  readonly dueAt: string;
}

export const MAX_COLLABORATORS = 20;
export const MAX_SHARES = 50;

/** Whatever has become of it, an order belongs to somebody and is looked at. */
export const mayChangeScope: Guard = ({ lifecycle }) => (lifecycle === "absent" ? [{ code: "NOT_FOUND" }] : []);

type Decided = Decision<OrderEvent, OrderRefusal>;

/** To any department, seen by the caller or not: who gives an order away sees it no more, unless by assignment or share. */
export function moveOrder(order: OrderState, { department, reason, note }: MoveOrder): Decided {
  const [no] = mayChangeScope(order);
  if (no) return refuse(no);
  const faults = faultsOf((checks) => {
    if (!isDepartment(department)) checks.add("DEPARTMENT_INVALID", "department", department);
    checks.text("department", department);
    checks.needed("reason", reason);
  });
  if (faults.length > 0 || department === order.scope.department) return refusedOr(faults);
  return accept(changed(order, "moved", { department }, { reason, note }));
}

export function assignOrder(order: OrderState, command: AssignOrder): Decided {
  const { assignee = order.scope.assignee, collaborators = order.collaborators, note } = command;
  const [no] = mayChangeScope(order);
  if (no) return refuse(no);
  const faults = faultsOf((checks) => {
    if (assignee !== undefined) checks.needed("assignee", assignee);
    checks.atMost(MAX_COLLABORATORS, "collaborators", collaborators);
    for (const [index, person] of collaborators.entries()) checks.needed(`collaborators.${index}`, person);
  });
  const persons = [...new Set(collaborators)].filter((person) => person !== assignee);
  const same = assignee === order.scope.assignee && sameSet(persons, order.collaborators);
  if (faults.length > 0 || same) return refusedOr(faults);
  return accept(changed(order, "assigned", { assignee, collaborators: persons }, { note }));
}

/** Sharing again replaces what was given before: its last day, and who gives it. */
export function shareOrder(order: OrderState, command: ShareOrder, { actor, at }: Asked): Decided {
  const { until, note } = command;
  const others = order.shares.filter((share) => !isWith(share, command));
  const [no] = mayChangeScope(order);
  if (no) return refuse(no);
  const faults = faultsOf((checks) => {
    checkWith(checks, command);
    checks.atMost(MAX_SHARES, "shares", [...others, command]);
    if (until === undefined) return;
    if (!isDay(until)) checks.add("DATE_INVALID", "until", until);
    else if (until < dayIn(order.zone, at)) checks.add("DATE_PAST", "until", until);
  });
  const before = order.shares.find((share) => isWith(share, command));
  if (faults.length > 0 || (before && before.until === until)) return refusedOr(faults);
  const share: Share = {
    ...withOf(command),
    ...(until === undefined ? {} : { until, endsAt: startOfDay(order.zone, addDays(until, 1)) }),
    givenBy: actor,
    givenAt: at,
  };
  return accept(changed(order, "shared", { shares: [...others, share] }, { note }));
}

/** Taking back what was not given is an error. */
export function unshareOrder(order: OrderState, command: UnshareOrder): Decided {
  const [no] = mayChangeScope(order);
  if (no) return refuse(no);
  const faults = faultsOf((checks) => checkWith(checks, command));
  if (faults.length > 0) return refusedOr(faults);
  const shares = order.shares.filter((share) => !isWith(share, command));
  if (shares.length === order.shares.length) {
    return refuse({ code: "SHARE_NOT_FOUND", with: command.person ?? command.department ?? "" });
  }
  return accept(changed(order, "unshared", { shares }, { note: command.note }));
}

/** Ends every share whose time is over. */
export function elapseShares(order: OrderState, { dueAt }: ElapseShares): Decided {
  const shares = order.shares.filter(({ endsAt }) => endsAt === undefined || endsAt > dueAt);
  return shares.length === order.shares.length ? accept() : accept(changed(order, "shareElapsed", { shares }, {}));
}

/**
 * The event with which whom the order waits for sees it, where one of them does not: whoever is asked something must be able to
 * look. None where all do.
 */
export function shownTo(order: OrderState, whom: readonly ShareWith[], { actor, at }: Asked): ScopeChanged[] {
  const isShown = ({ person, department }: ShareWith): boolean =>
    order.scope.visibleTo.includes(person === undefined ? departmentToken(department!) : personToken(person));
  const hidden = whom.filter(
    (each, place) => !isShown(each) && whom.findIndex((other) => isWith(other, each)) === place,
  );
  if (hidden.length === 0) return [];
  const added = hidden.map((each): Share => ({ ...withOf(each), givenBy: actor, givenAt: at }));
  const kept = order.shares.filter((share) => !hidden.some((each) => isWith(share, each)));
  return [changed(order, "shared", { shares: [...kept, ...added] }, {})];
}

/** Who owns the order and sees it, after that event where there is one. */
export const scopeAfter = ({ scope }: OrderState, [shown]: readonly ScopeChanged[]): OrderScope => {
  if (!shown) return scope;
  const { department, assignee, visibleTo } = shown;
  return { department, ...defined({ assignee }), visibleTo };
};

interface Changes {
  readonly department?: string;
  readonly assignee?: string | undefined;
  readonly collaborators?: readonly string[];
  readonly shares?: readonly Share[];
}

/** The whole scope from now on: documents and other teams need not know the rules that lead to it. */
function changed(
  { scope, ...order }: OrderState,
  change: ScopeChange,
  changes: Changes,
  why: { readonly reason?: string | undefined; readonly note?: Sealed | undefined },
): ScopeChanged {
  const { department, assignee, collaborators, shares } = { ...scope, ...order, ...changes };
  const owners = visibleTo({ department, persons: [assignee, ...collaborators] });
  return {
    type: "order.scope.changed",
    change,
    department,
    ...defined({ assignee }),
    visibleTo: [...new Set([...owners, ...shares.flatMap(tokensOf)])],
    collaborators,
    shares,
    ...defined(why),
  };
}

const tokensOf = ({ person, department }: Share): string[] =>
  person === undefined ? departmentTokens(department!) : [personToken(person)];

const withOf = ({ person, department }: ShareWith): ShareWith => defined({ person, department });

const isWith = (share: ShareWith, { person, department }: ShareWith): boolean =>
  share.person === person && share.department === department;

function checkWith(checks: Checks, { person, department }: ShareWith): void {
  if ((person === undefined) === (department === undefined)) return checks.add("SHARE_WITH_ONE", "person");
  if (person !== undefined) return checks.needed("person", person);
  if (!isDepartment(department!)) checks.add("DEPARTMENT_INVALID", "department", department);
  checks.text("department", department);
}

function faultsOf(check: (checks: Checks) => void): Incomplete[] {
  const faults: Incomplete[] = [];
  check(checksInto(faults));
  return faults;
}

/** Nothing to change, unless there is a reason against it. */
function refusedOr([first, ...others]: readonly OrderRefusal[]): Decided {
  return first ? refuse(first, ...others) : accept();
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
