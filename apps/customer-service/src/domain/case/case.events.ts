// What can have happened to a case: a customer's inquiry or complaint. Private to this service.
import type { Scope, Sealed } from "@gendan/eventing";
import type { Followed } from "../follow-scope.js";
import type { About } from "../shared.events.js";

export type CaseEvent =
  CaseOpened | CaseAnswered | CaseIssueLinked | CaseIssueUnlinked | CaseClosed | CaseScopeFollowed;

/** How far a case has come. */
export type Stage = "open" | "answered" | "closed";
export type Priority = "low" | "normal" | "high" | "urgent";
/** What a case itself can be about. */
export type CaseAbout = Omit<About, "caseId">;

export interface CaseOpened extends Scope {
  readonly type: "case.opened";
  /** The number for people, CS-2026-000123. */
  readonly number: string;
  readonly kind: "inquiry" | "complaint";
  readonly customerId: string;
  /** A short code: delay, damage, wrong-item, … */
  readonly subject: string;
  readonly text?: Sealed | undefined;
  readonly priority: Priority;
  readonly about: CaseAbout;
  readonly openedAt: string;
}

export interface CaseAnswered {
  readonly type: "case.answered";
  readonly text: Sealed;
  /** A person replied; what a machine sends by itself is no answer to wait for. */
  readonly human: boolean;
  /** The first human reply: the one that the response time counts. */
  readonly first: boolean;
  readonly answeredAt: string;
  readonly about: CaseAbout;
}

export interface CaseIssueLinked {
  readonly type: "case.issue.linked";
  readonly issueId: string;
  readonly about: CaseAbout;
  /** The case was closed before its issue was heard of. */
  readonly breaches: readonly { readonly code: "CASE_CLOSED" }[];
}

export interface CaseIssueUnlinked {
  readonly type: "case.issue.unlinked";
  readonly issueId: string;
}

/** Its order is owned or seen by others; it follows. */
export interface CaseScopeFollowed extends Followed {
  readonly type: "case.scope.followed";
}

export interface CaseClosed {
  readonly type: "case.closed";
  /** A short code: resolved, refunded, unjustified, … */
  readonly outcome: string;
  readonly about: CaseAbout;
}
