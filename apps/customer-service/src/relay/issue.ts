// What the company hears of issues, and of the slots that keep a rule from opening two for one source.
import { scopeOf } from "@gendan/eventing";
import {
  issueActionAdded,
  issueActionCompleted,
  issueCauseConfirmed,
  issueClosed,
  issueOpened,
  issueResolved,
  issueScopeChanged,
  issueSlotTaken,
  issueTriaged,
  issueVerified,
} from "@gendan/contracts";
import type { IssueAbout, IssueEvent } from "../domain/issue/issue.events.js";
import type { SlotEvent } from "../domain/slot/slot.events.js";

export function publishIssue(issueId: string, event: IssueEvent) {
  const about = { ...issueAboutOf(event.about), issueId };
  switch (event.type) {
    case "issue.opened": {
      const { number, severity, title, finding, openedAt, openedOn } = event;
      const told = { ...about, number, severity, title, ...finding, openedAt, openedOn };
      return [issueOpened.message({ ...told, ...scopeOf(event) })];
    }
    case "issue.triaged": {
      const { severity, responsibleParty, owner, visibleTo } = event;
      return [issueTriaged.message({ ...about, severity, responsibleParty, owner, visibleTo: [...visibleTo] })];
    }
    case "issue.cause.confirmed":
      return [issueCauseConfirmed.message({ ...about, cause: event.cause })];
    case "issue.action.added": {
      const { actionId, owner, dueOn, mandatory, visibleTo } = event;
      return [issueActionAdded.message({ ...about, actionId, owner, dueOn, mandatory, visibleTo: [...visibleTo] })];
    }
    case "issue.action.completed":
      return [issueActionCompleted.message({ ...about, actionId: event.actionId })];
    case "issue.resolved":
      return [issueResolved.message(about)];
    case "issue.verified":
      return [issueVerified.message({ ...about, effective: event.effective })];
    case "issue.closed":
      return [issueClosed.message({ ...about, cause: event.cause, slotId: event.slotId })];
    case "issue.scope.followed":
      return [issueScopeChanged.message({ issueId, orderIds: about.orderIds, ...scopeOf(event) })];
  }
}

export function publishSlot(slotId: string, event: SlotEvent) {
  switch (event.type) {
    case "slot.taken": {
      const { issueId, rule, source, severity, title, about, takenAt, takenOn } = event;
      const told = { slotId, issueId, rule, source, severity, title, occurredAt: takenAt, occurredOn: takenOn };
      return [issueSlotTaken.message({ ...told, ...issueAboutOf(about), ...scopeOf(event) })];
    }
    case "slot.released":
      return []; // nobody outside needs it
  }
}

const issueAboutOf = ({ orderIds, ...about }: IssueAbout) => ({ ...about, orderIds: [...orderIds] });
