// DelegateApprovals, RevokeDelegation: while somebody is away another one approves for them. What they approved stays.
import {
  accept,
  addDays,
  dayIn,
  personBehind,
  refuse,
  startOfDay,
  type Asked,
  type Decider,
  type Decision,
} from "@gendan/eventing";
import { isDay } from "../values.js";
import type { ApprovalsDelegated, DelegationEvent } from "./delegation.events.js";

export interface DelegateApprovals {
  readonly type: "DelegateApprovals";
  readonly to: string;
  /** Days, both included; absent: from now on. */
  readonly from?: string;
  readonly until: string;
  /** Of the days. */
  readonly zone: string;
  /** What the person is now. */
  readonly roles: readonly string[];
  readonly tokens: readonly string[];
}

export interface RevokeDelegation {
  readonly type: "RevokeDelegation";
  readonly to: string;
}

export type DelegationCommand = DelegateApprovals | RevokeDelegation;

export type DelegationRefusal =
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "DELEGATION_NOT_FOUND"; readonly from: string; readonly to: string }
  | { readonly code: DelegationFaultCode; readonly field: string; readonly value?: string };

export type DelegationFaultCode =
  "TEXT_MISSING" | "TEXT_TOO_LONG" | "DATE_INVALID" | "DATE_PAST" | "DELEGATED_TO_SELF" | "PERSON_NEEDED";

export interface DelegationState {
  readonly person: string;
  /** One to each person: what is given later replaces it. */
  readonly delegations: readonly Omit<ApprovalsDelegated, "type" | "person">[];
}

const MAX_NAME = 200;

export const delegationDecider: Decider<DelegationState, DelegationCommand, DelegationEvent, DelegationRefusal> = {
  initial: { person: "", delegations: [] },
  evolve(state, event) {
    switch (event.type) {
      case "delegation.given": {
        const { type: _, person, ...given } = event;
        return { person, delegations: [...state.delegations.filter(({ to }) => to !== event.to), given] };
      }
      case "delegation.revoked":
        return { ...state, delegations: state.delegations.filter(({ to }) => to !== event.to) };
    }
  },
  decide(state, command, by) {
    switch (command.type) {
      case "DelegateApprovals":
        return delegateApprovals(state, command, by);
      case "RevokeDelegation":
        return revokeDelegation(state, command, by);
    }
  },
};

type Decided = Decision<DelegationEvent, DelegationRefusal>;

function delegateApprovals(state: DelegationState, command: DelegateApprovals, { actor, at }: Asked): Decided {
  const { to, until, zone, roles, tokens } = command;
  const person = personBehind(actor);
  const today = dayIn(zone, at);
  const { from = today } = command;
  const fault = (wrong: boolean, code: DelegationFaultCode, field: string, value?: string): DelegationRefusal[] =>
    wrong ? [{ code, field, ...(value === undefined ? {} : { value }) }] : [];
  const [first, ...others] = [
    ...fault(person === undefined, "PERSON_NEEDED", "to"),
    ...fault(to.trim() === "", "TEXT_MISSING", "to"),
    ...fault(to.length > MAX_NAME, "TEXT_TOO_LONG", "to"),
    ...fault(to === person, "DELEGATED_TO_SELF", "to", to),
    ...fault(!isDay(from), "DATE_INVALID", "from", from),
    ...fault(!isDay(until), "DATE_INVALID", "until", until),
    ...fault(isDay(until) && (until < today || until < from), "DATE_PAST", "until", until),
  ];
  if (first) return refuse(first, ...others);
  const begins = from <= today ? at : startOfDay(zone, from);
  const given = { to, from: begins, until: startOfDay(zone, addDays(until, 1)), roles, tokens };
  const before = state.delegations.find((each) => each.to === to);
  const isSame = before && before.until === given.until && before.from <= given.from && from <= today;
  return isSame ? accept() : accept({ type: "delegation.given", person: person!, ...given });
}

/** Taking back what was not given, or is over, is an error. */
function revokeDelegation(state: DelegationState, { to }: RevokeDelegation, { at }: Asked): Decided {
  const found = state.delegations.some((each) => each.to === to && at < each.until);
  if (!found) return refuse({ code: "DELEGATION_NOT_FOUND", from: state.person, to });
  return accept({ type: "delegation.revoked", to, at });
}
