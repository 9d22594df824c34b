// OpenIssue by a person, and OpenIssueByRule: the fact that a rule found something and holds the slot for it.
import { accept, dayIn, refuse, type Asked, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { IssueEvent, IssueOpened } from "./issue.events.js";
import type { IssueRefusal } from "./issue.refusals.js";
import type { IssueState } from "./issue.state.js";

export interface OpenIssue extends Omit<IssueOpened, "type" | "finding" | "openedAt" | "openedOn"> {
  readonly type: "OpenIssue";
  /** The time zone whose calendar counts: the order's, where it is about one. */
  readonly zone: string;
}

export interface OpenIssueByRule extends Omit<IssueOpened, "type" | "description" | "openedAt"> {
  readonly type: "OpenIssueByRule";
}

/** The same issue opened again changes nothing; another one under the same id is refused. */
export function openIssue(
  { opened }: IssueState,
  { type: _, zone, ...given }: OpenIssue,
  { at }: Asked,
): Decision<IssueEvent, IssueRefusal> {
  const event: IssueEvent = { type: "issue.opened", ...given, openedAt: at, openedOn: dayIn(zone, at) };
  if (!opened) return accept(event);
  const { number, openedAt, openedOn } = opened;
  return sameContent({ ...event, number, openedAt, openedOn }, opened)
    ? accept()
    : refuse({ code: "ISSUE_EXISTS", number });
}

/** The slot names the issue once, so one that is there already was opened by the same finding. */
export function openIssueByRule(
  { opened }: IssueState,
  { type: _, ...given }: OpenIssueByRule,
  { at }: Asked,
): Decision<IssueEvent, never> {
  return opened ? accept() : accept({ type: "issue.opened", ...given, openedAt: at });
}
