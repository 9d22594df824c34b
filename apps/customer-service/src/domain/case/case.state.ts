// What decisions need to know of a case, and nothing else: what people see is a document of read/.
import { rescoped, type Followed } from "../follow-scope.js";
import type { CaseAbout, CaseEvent, CaseOpened, Stage } from "./case.events.js";

export interface CaseState {
  /** "unknown": an issue names it, but it was never opened here. */
  readonly state: "absent" | "unknown" | Stage;
  readonly opened?: CaseOpened;
  readonly followed?: Followed;
  readonly openIssues: readonly string[];
  /** Also those that are closed by now: an old linking heard again must not open one anew. */
  readonly linkedIssues: readonly string[];
}

export const noCase: CaseState = { state: "absent", openIssues: [], linkedIssues: [] };

export const aboutOf = ({ opened }: CaseState): CaseAbout => opened?.about ?? {};

export function evolve(known: CaseState, event: CaseEvent): CaseState {
  switch (event.type) {
    case "case.opened":
      return { ...known, state: "open", opened: event };
    case "case.answered":
      return event.human ? { ...known, state: "answered" } : known;
    case "case.issue.linked":
      return {
        ...known,
        state: known.state === "absent" ? "unknown" : known.state,
        openIssues: [...known.openIssues, event.issueId],
        linkedIssues: [...known.linkedIssues, event.issueId],
      };
    case "case.issue.unlinked":
      return { ...known, openIssues: known.openIssues.filter((issueId) => issueId !== event.issueId) };
    case "case.closed":
      return { ...known, state: "closed" };
    case "case.scope.followed":
      return { ...known, followed: event, ...(known.opened && { opened: rescoped(known.opened, event) }) };
  }
}
