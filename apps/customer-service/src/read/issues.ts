// The issues as people see them: what went wrong, why, and what is done about it.
import { personBehind, type DocumentFold, type Happened, type Projection, type Sealed } from "@gendan/eventing";
import type { Action, IssueEvent, IssueOpened, ResponsibleParty, Stage } from "../domain/issue/issue.events.js";
import { aboutKeys, scopeColumns, text } from "./scoped.js";

export interface IssueDoc extends Omit<IssueOpened, "type" | "about" | "finding"> {
  readonly state: Stage;
  readonly rule?: string | undefined;
  readonly source?: string | undefined;
  readonly orderId?: string | undefined;
  readonly shipmentId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly orderIds: readonly string[];
  readonly customerId?: string | undefined;
  readonly responsibleParty?: ResponsibleParty;
  readonly owner?: string;
  readonly cause?: string;
  readonly evidence?: Sealed;
  readonly actions: readonly IssueAction[];
  readonly verifications: readonly Verification[];
  readonly resolvedAt?: string;
  readonly closedAt?: string;
}

export interface IssueAction extends Action {
  readonly completedAt?: string;
}

export interface Verification {
  readonly effective: boolean;
  readonly verifiedAt: string;
  readonly verifiedBy?: string;
}

export function foldIssue(
  doc: IssueDoc | undefined,
  event: IssueEvent,
  { meta }: Happened<IssueEvent>,
): IssueDoc | undefined {
  if (event.type === "issue.opened") {
    const { type: _, about, finding, ...opened } = event;
    const found = finding ? { rule: finding.rule, source: finding.source } : {};
    return { ...opened, ...about, ...found, state: "detected", actions: [], verifications: [] };
  }
  if (!doc) return undefined;
  switch (event.type) {
    case "issue.triaged": {
      const { severity, responsibleParty, owner, visibleTo } = event;
      return { ...doc, state: "triaged", severity, responsibleParty, owner, visibleTo };
    }
    case "issue.cause.confirmed":
      return { ...doc, state: "causeConfirmed", cause: event.cause, evidence: event.evidence };
    case "issue.action.added": {
      const { type: _, about: __, visibleTo, ...action } = event;
      return { ...doc, state: "acting", visibleTo, actions: [...doc.actions, action] };
    }
    case "issue.action.completed": {
      const done = (action: IssueAction): IssueAction =>
        action.actionId === event.actionId ? { ...action, completedAt: meta.occurredAt } : action;
      return { ...doc, actions: doc.actions.map(done) };
    }
    case "issue.resolved":
      return { ...doc, state: "resolved", resolvedAt: meta.occurredAt };
    case "issue.verified":
      return verified(doc, event.effective, { at: meta.occurredAt, by: personBehind(meta.actor) });
    case "issue.closed":
      return { ...doc, state: "closed", cause: event.cause, closedAt: meta.occurredAt };
  }
}

/** What did not help is not resolved any more. */
function verified(doc: IssueDoc, effective: boolean, { at, by }: { at: string; by: string | undefined }): IssueDoc {
  const { resolvedAt, ...unresolved } = doc;
  const verification = { effective, verifiedAt: at, ...(by === undefined ? {} : { verifiedBy: by }) };
  const verifications = [...doc.verifications, verification];
  if (!effective) return { ...unresolved, state: "analysing", verifications };
  return { ...unresolved, ...(resolvedAt === undefined ? {} : { resolvedAt }), state: "verified", verifications };
}

const filters = ["state", "severity", "rule", "owner", "department", "assignee"];

export const issues: DocumentFold<IssueDoc, IssueEvent> = {
  source: "customer.issue",
  fold: foldIssue,
  collection: {
    name: "issues",
    columns: {
      openedAt: text((doc) => doc.openedAt),
      state: text((doc) => doc.state),
      severity: text((doc) => doc.severity),
      rule: text((doc) => doc.rule),
      owner: text((doc) => doc.owner),
      customerId: text((doc) => doc.customerId),
      ...scopeColumns,
    },
    tokens: ({ visibleTo }) => visibleTo,
    keys: {
      number: ({ number }) => [number],
      order: ({ orderIds }) => orderIds,
      shipment: aboutKeys.shipment,
      case: aboutKeys.case,
    },
    paths: [
      { name: "byOpened", sort: "openedAt", filters },
      { name: "ofCustomer", within: "customerId", sort: "openedAt", filters },
    ],
  },
};

export const issuesProjection: Projection = { name: "issues", version: "1", documents: [issues] };
