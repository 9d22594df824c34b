// What can have happened to an issue: something went wrong and is followed up. Private to this service.
import type { Scope, Sealed } from "@gendan/eventing";
import type { About, FollowedOrder } from "../shared.events.js";

export type IssueEvent =
  | IssueOpened
  | IssueTriaged
  | IssueCauseConfirmed
  | IssueActionAdded
  | IssueActionCompleted
  | IssueResolved
  | IssueVerified
  | IssueClosed
  | IssueScopeFollowed;

/** How far an issue has come. */
export type Stage =
  "detected" | "triaged" | "analysing" | "causeConfirmed" | "acting" | "resolved" | "verified" | "closed";
export type Severity = "minor" | "severe";
export type ResponsibleParty = "us" | "customer" | "supplier" | "carrier";

/** What an issue is about; `orderIds` are all orders that it concerns. Every event carries it, so that each can be told alone. */
export interface IssueAbout extends About {
  readonly orderIds: readonly string[];
  readonly customerId?: string | undefined;
}

export interface IssueOpened extends Scope {
  readonly type: "issue.opened";
  /** The number for people, IS-2026-000123. */
  readonly number: string;
  readonly severity: Severity;
  /** A short code: late-delivery, lost-shipment, damage, … */
  readonly title: string;
  readonly description?: Sealed | undefined;
  /** The rule that found it, what it looked at, and the slot it holds; absent when a person opened it. */
  readonly finding?: Finding | undefined;
  readonly about: IssueAbout;
  readonly openedAt: string;
  /** The calendar day of openedAt in the zone of what it is about. */
  readonly openedOn: string;
}

export interface Finding {
  readonly rule: string;
  readonly source: string;
  readonly slotId: string;
}

export interface IssueTriaged {
  readonly type: "issue.triaged";
  readonly severity: Severity;
  readonly responsibleParty: ResponsibleParty;
  readonly owner: string;
  readonly about: IssueAbout;
  /** From now on its owner sees it as well. */
  readonly visibleTo: readonly string[];
}

export interface IssueCauseConfirmed {
  readonly type: "issue.cause.confirmed";
  readonly cause: string;
  readonly evidence: Sealed;
  readonly about: IssueAbout;
}

export interface IssueActionAdded extends Action {
  readonly type: "issue.action.added";
  readonly about: IssueAbout;
  /** From now on the action's owner sees it as well. */
  readonly visibleTo: readonly string[];
}

export interface Action {
  readonly actionId: string;
  readonly description: Sealed;
  readonly owner: string;
  readonly dueOn?: string | undefined;
  /** Whether the issue is resolved only when it is done. */
  readonly mandatory: boolean;
}

export interface IssueActionCompleted {
  readonly type: "issue.action.completed";
  readonly actionId: string;
  readonly about: IssueAbout;
}

export interface IssueResolved {
  readonly type: "issue.resolved";
  readonly about: IssueAbout;
}

export interface IssueVerified {
  readonly type: "issue.verified";
  /** False: what was done did not help, and the analysis begins again. */
  readonly effective: boolean;
  readonly about: IssueAbout;
}

/** Orders that it is about are owned or seen by others; it follows. */
export interface IssueScopeFollowed extends Scope {
  readonly type: "issue.scope.followed";
  readonly followed: readonly FollowedOrder[];
  readonly about: IssueAbout;
}

export interface IssueClosed {
  readonly type: "issue.closed";
  /** What the Pareto counts. */
  readonly cause: string;
  readonly slotId?: string | undefined;
  readonly about: IssueAbout;
}
