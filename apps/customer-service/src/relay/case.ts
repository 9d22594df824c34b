// What the company hears of cases.
import { scopeOf } from "@gendan/eventing";
import { caseAnswered, caseClosed, caseIssueLinked, caseOpened, caseScopeChanged } from "@gendan/contracts";
import type { CaseEvent } from "../domain/case/case.events.js";

export function publishCase(caseId: string, event: CaseEvent) {
  switch (event.type) {
    case "case.opened": {
      const { number, kind, customerId, subject, priority, openedAt, about } = event;
      const told = { number, kind, customerId, subject, priority, openedAt, ...about, caseId };
      return [caseOpened.message({ ...told, ...scopeOf(event) })];
    }
    case "case.answered": {
      const { first, answeredAt, about } = event;
      return [caseAnswered.message({ first, answeredAt, ...about, caseId })];
    }
    case "case.issue.linked":
      return [caseIssueLinked.message({ issueId: event.issueId, ...event.about, caseId })];
    case "case.issue.unlinked":
      return []; // issue.closed has told it
    case "case.closed":
      return [caseClosed.message({ outcome: event.outcome, ...event.about, caseId })];
    case "case.scope.followed":
      return [caseScopeChanged.message({ caseId, ...scopeOf(event) })];
  }
}
