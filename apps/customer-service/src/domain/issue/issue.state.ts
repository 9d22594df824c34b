// What decisions need to know of an issue, and nothing else: what people see is a document of read/.
import { personToken, type Scope } from "@gendan/eventing";
import type { FollowedOrder } from "../shared.events.js";
import type { Action, IssueAbout, IssueEvent, IssueOpened, Severity, Stage } from "./issue.events.js";

export type IssueStage = "absent" | Stage;

export interface IssueState {
  readonly state: IssueStage;
  readonly severity: Severity;
  readonly opened?: IssueOpened;
  /** Its orders' scopes, as far as they were followed. */
  readonly followed: ReadonlyMap<string, FollowedOrder>;
  readonly triage?: { readonly severity: Severity; readonly responsibleParty: string; readonly owner: string };
  /** The confirmed cause, or the one that a minor issue was closed with. */
  readonly cause?: string;
  readonly actions: readonly KnownAction[];
}

export type KnownAction = Action & { readonly done: boolean };

export const noIssue: IssueState = { state: "absent", severity: "minor", actions: [], followed: new Map() };

/** What an issue that exists is about. */
export const aboutOf = ({ opened }: IssueState): IssueAbout => opened?.about ?? { orderIds: [] };

/** Who sees it: its scope, its owner, and who has something to do for it. */
export function visibleToOf(issue: IssueState): readonly string[] {
  const { triage, actions } = issue;
  const persons = [...(triage ? [triage.owner] : []), ...actions.map(({ owner }) => owner)];
  return [...new Set([...seenBy(issue), ...persons.map(personToken)])];
}

/** Who owns it: who owns the first order that it is about. */
export function ownerOf({ opened, followed }: IssueState): Pick<Scope, "department" | "assignee"> {
  const [first = ""] = opened?.about.orderIds ?? [];
  const { department = "", assignee } = followed.get(first) ?? opened ?? {};
  return { department, assignee };
}

/** Whoever sees one of its orders. While one of them was not followed, what it was opened with holds as well. */
function seenBy({ opened, followed }: IssueState): readonly string[] {
  const orderIds = opened?.about.orderIds ?? [];
  const isWhole = orderIds.length > 0 && orderIds.every((orderId) => followed.has(orderId));
  return [
    ...(isWhole ? [] : (opened?.visibleTo ?? [])),
    ...[...followed.values()].flatMap(({ visibleTo }) => visibleTo),
  ];
}

export function evolve(issue: IssueState, event: IssueEvent): IssueState {
  switch (event.type) {
    case "issue.opened":
      return { ...issue, state: "detected", severity: event.severity, opened: event };
    case "issue.triaged": {
      const { severity, responsibleParty, owner } = event;
      return { ...issue, state: "triaged", severity, triage: { severity, responsibleParty, owner } };
    }
    case "issue.cause.confirmed":
      return { ...issue, state: "causeConfirmed", cause: event.cause };
    case "issue.action.added": {
      const { actionId, description, owner, dueOn, mandatory } = event;
      const action = { actionId, description, owner, dueOn, mandatory, done: false };
      return { ...issue, state: "acting", actions: [...issue.actions, action] };
    }
    case "issue.action.completed":
      return {
        ...issue,
        actions: issue.actions.map((action) =>
          action.actionId === event.actionId ? { ...action, done: true } : action,
        ),
      };
    case "issue.resolved":
      return { ...issue, state: "resolved" };
    case "issue.verified":
      return { ...issue, state: event.effective ? "verified" : "analysing" };
    case "issue.closed":
      return { ...issue, state: "closed", cause: event.cause };
    case "issue.scope.followed": {
      const followed = event.followed.map((order) => [order.orderId, order] as const);
      return { ...issue, followed: new Map([...issue.followed, ...followed]) };
    }
  }
}
