// GiveApproval, RejectApproval, CommentApproval: what those say who are asked. Nobody approves what they asked for themselves,
// and nobody stands twice in a level, be it for somebody else.
import { accept, personBehind, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import type { Ruled } from "../../rules/rule-kinds.js";
import type { Level, Party } from "./approval.events.js";
import { defined } from "../../values.js";
import { checksInto } from "../faults.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { ByApprover } from "./approval.events.js";
import { waitingLevel, type Approval } from "./approval.state.js";
import { isOneOf, placesOf, unanswered, type Approver } from "./parties.js";
import { dueBy, mayWithdraw } from "./submit-for-approval.js";

interface Deciding {
  readonly subject: string;
  /** The roles and departments of who decides. */
  readonly approver: Approver;
  /** Somebody who lets others decide meanwhile, with those whom they let; what holds at that time is looked for here. */
  readonly onBehalfOf?: Delegating;
  readonly note?: Sealed;
}

export interface Delegating {
  readonly person: string;
  readonly delegations: readonly Delegated[];
}

export interface Delegated {
  readonly to: string;
  /** From this instant on, and before the other one. */
  readonly from: string;
  readonly until: string;
  /** What who is away was when they said so. */
  readonly roles: readonly string[];
  readonly tokens: readonly string[];
}

export interface GiveApproval extends Deciding {
  readonly type: "GiveApproval";
  /** By which the hours of the next level count. */
  readonly calendar?: Ruled<"calendar">;
}

export interface RejectApproval extends Deciding {
  readonly type: "RejectApproval";
  readonly reason: string;
}

export interface CommentApproval {
  readonly type: "CommentApproval";
  readonly subject: string;
  readonly note: Sealed;
}

/** Whom the level asks now: those of it who have not answered, and those whom it was passed on to. */
export function waitedFor({ given, passedTo, ...approval }: Approval): readonly Party[] {
  const level = waitingLevel({ given, passedTo, ...approval });
  return level
    ? [
        ...unanswered(
          level,
          given.map(({ as }) => as),
        ),
        ...passedTo,
      ]
    : [];
}

export function giveApproval(order: OrderState, command: GiveApproval, by: Asked): Decision<OrderEvent, OrderRefusal> {
  const decided = deciding(order, command, by);
  if ("refusals" in decided) return decided;
  const { approval, level, as, passed, ...who } = decided;
  const { subject, calendar, note } = command;
  const left = passed ? [] : unanswered(level, [...approval.given.map((each) => each.as), as]);
  const done = left.length === 0;
  const next = done ? approval.levels[approval.at + 1] : level;
  return accept({
    type: "order.approval.given",
    subject,
    level: level.level,
    ...who,
    as,
    waiting: done ? (next?.of ?? []) : [...left, ...approval.passedTo],
    ...(done ? dueBy(next, by, calendar) : defined({ dueAt: approval.dueAt })),
    ...defined({ next: next?.level, note }),
  });
}

/** One of those who are asked is against it: that is all it takes. */
export function rejectApproval(
  order: OrderState,
  command: RejectApproval,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const decided = deciding(order, command, by);
  if ("refusals" in decided) return decided;
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", command.reason);
  const [first, ...others] = faults;
  if (first) return refuse(first, ...others);
  const { subject, reason, note } = command;
  const { level, person, onBehalfOf } = decided;
  const who = { person, ...defined({ onBehalfOf }) };
  return accept({
    type: "order.approval.rejected",
    subject,
    level: level.level,
    ...who,
    reason,
    ...defined({ note }),
  });
}

/** Anybody who sees the order says what they think, as long as it waits. */
export function commentApproval(
  order: OrderState,
  { subject, note }: CommentApproval,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayWithdraw(order, subject);
  return no ? refuse(no, ...others) : accept({ type: "order.approval.commented", subject, note });
}

/** Whether one of these subjects waits for the person now, for themselves or for one of whom they stand for. */
export const mayDecide = (
  order: OrderState,
  {
    approver,
    standsFor,
    ...by
  }: Pick<Asked, "actor" | "at"> & {
    readonly approver: Approver;
    readonly standsFor: readonly Delegating[];
  },
): boolean =>
  [...order.approvals.keys()].some((subject) =>
    [undefined, ...standsFor].some(
      (onBehalfOf) => !("refusals" in deciding(order, { subject, approver, ...(onBehalfOf && { onBehalfOf }) }, by)),
    ),
  );

interface Decided extends ByApprover {
  readonly approval: Approval;
  readonly level: Level;
  readonly as: readonly number[];
  /** They decide because the level was passed on to them. */
  readonly passed: boolean;
}

function deciding(
  order: OrderState,
  { subject, approver, onBehalfOf }: Deciding,
  { actor, at }: Pick<Asked, "actor" | "at">,
): Decided | { readonly refusals: readonly [OrderRefusal, ...OrderRefusal[]] } {
  const [no, ...others] = mayWithdraw(order, subject);
  if (no) return refuse(no, ...others);
  const person = personBehind(actor);
  if (person === undefined) return refuse({ code: "PERSON_APPROVES" });
  const approval = order.approvals.get(subject)!;
  const level = waitingLevel(approval)!;
  const as = onBehalfOf ? standingFor(onBehalfOf, person, at) : { ...approver, person };
  if (!as) return refuse({ code: "DELEGATION_NOT_FOUND", from: onBehalfOf!.person, to: person });
  const places = placesOf(level, as);
  const passed = approval.passedTo.some((party) => isOneOf(party, as));
  const [against, ...more] = [
    ...refusedTo(approval, level, person),
    ...(as.person === person ? [] : refusedTo(approval, level, as.person)),
    ...(places.length === 0 && !passed
      ? [
          {
            code: "NOT_APPROVER",
            person: as.person,
            level: level.level,
            waiting: waitedFor(approval).map(nameOf),
          } as const,
        ]
      : []),
  ];
  if (against) return refuse(against, ...more);
  return { approval, level, person, ...(onBehalfOf && { onBehalfOf: as.person }), as: places, passed };
}

function refusedTo({ requestedBy, given }: Approval, { level }: Level, person: string): OrderRefusal[] {
  if (requestedBy === person) return [{ code: "REQUESTER_APPROVES", person }];
  const stood = given.some((each) => each.person === person || each.onBehalfOf === person);
  return stood ? [{ code: "APPROVED_BEFORE", person, level }] : [];
}

function standingFor({ person, delegations }: Delegating, to: string, at: string): Approver | undefined {
  const found = delegations.find((each) => each.to === to && each.from <= at && at < each.until);
  return found && { person, roles: found.roles, tokens: found.tokens };
}

/** A party as people read it. */
export const nameOf = ({ person, role, department }: Party): string => person ?? role ?? department ?? "";
