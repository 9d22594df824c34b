// The issues as people see them: what went wrong, why, and what is done about it.
import {
  personBehind,
  scopeOf,
  sees,
  type DocumentFold,
  type Happened,
  type Projection,
  type Sealed,
} from "@gendan/eventing";
import type {
  Action,
  IssueEvent,
  IssueOpened,
  IssueScopeFollowed,
  ResponsibleParty,
  Stage,
} from "../domain/issue/issue.events.js";
import { aboutKeys, scopeColumns, text } from "./scoped.js";

export interface IssueDoc extends Omit<IssueOpened, "type" | "about" | "finding"> {
  readonly state: Stage;
  readonly rule?: string | undefined;
  readonly source?: string | undefined;
  readonly orderId?: string | undefined;
  readonly shipmentId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly orderIds: readonly string[];
  /** Who sees each of its orders; absent in documents of an older generation. */
  readonly orders?: Readonly<Record<string, readonly string[]>>;
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
    // Until each order has told for itself, who sees the issue counts as seeing all of them.
    const orders = Object.fromEntries(about.orderIds.map((orderId) => [orderId, opened.visibleTo]));
    return { ...opened, ...about, ...found, orders, state: "detected", actions: [], verifications: [] };
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
    case "issue.scope.followed":
      return { ...doc, ...scopeOf(event), orders: { ...doc.orders, ...ordersOf(event) } };
  }
}

const ordersOf = ({ followed }: IssueScopeFollowed) =>
  Object.fromEntries(followed.map(({ orderId, visibleTo }) => [orderId, visibleTo]));

/** Whether the holder of the tokens may know that the issue is about this order. */
export const showsOrder = (tokens: readonly string[], { orders, visibleTo }: IssueDoc, orderId: string): boolean =>
  sees(tokens, orders?.[orderId] ?? visibleTo);

/**
 * The issue as the holder of the tokens sees it: who sees it for the sake of something to do, or of one of its orders, sees
 * the other orders no more than elsewhere, and what they went with.
 */
export function issueFor(tokens: readonly string[], doc: IssueDoc): IssueDoc {
  const orderIds = doc.orderIds.filter((orderId) => showsOrder(tokens, doc, orderId));
  if (orderIds.length === doc.orderIds.length) return doc;
  const orderId = orderIds.find((each) => each === doc.orderId);
  return { ...doc, orderIds, orderId, ...(orderIds.length === 0 ? { shipmentId: undefined, source: undefined } : {}) };
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

export const issuesProjection: Projection = { name: "issues", version: "2", documents: [issues] };
