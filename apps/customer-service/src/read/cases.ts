// The cases as people see them: what the customer asked, what was answered, how it ended.
import {
  personBehind,
  scopeOf,
  type DocumentFold,
  type Happened,
  type Projection,
  type Sealed,
} from "@gendan/eventing";
import type { CaseEvent, CaseOpened, Stage } from "../domain/case/case.events.js";
import { aboutKeys, scopeColumns, text } from "./scoped.js";

export interface CaseDoc extends Omit<CaseOpened, "type" | "about"> {
  readonly state: Stage;
  readonly orderId?: string | undefined;
  readonly shipmentId?: string | undefined;
  readonly answers: readonly CaseAnswer[];
  readonly firstAnsweredAt?: string;
  readonly outcome?: string;
  readonly closedAt?: string;
}

export interface CaseAnswer {
  readonly text: Sealed;
  readonly human: boolean;
  readonly answeredAt: string;
  readonly answeredBy?: string;
}

/** Folds one event of a case. What an issue says of a case that was never opened makes no document. */
export function foldCase(
  doc: CaseDoc | undefined,
  event: CaseEvent,
  { meta }: Happened<CaseEvent>,
): CaseDoc | undefined {
  if (event.type === "case.opened") {
    const { type: _, about, ...opened } = event;
    return { ...opened, ...about, state: "open", answers: [] };
  }
  if (!doc) return undefined;
  switch (event.type) {
    case "case.answered": {
      const { text: answer, human, first, answeredAt } = event;
      const answeredBy = personBehind(meta.actor);
      const given = { text: answer, human, answeredAt, ...(answeredBy === undefined ? {} : { answeredBy }) };
      return {
        ...doc,
        ...(human ? { state: "answered" } : {}),
        ...(first ? { firstAnsweredAt: answeredAt } : {}),
        answers: [...doc.answers, given],
      };
    }
    case "case.closed":
      return { ...doc, state: "closed", outcome: event.outcome, closedAt: meta.occurredAt };
    case "case.issue.linked":
    case "case.issue.unlinked":
      return doc; // the issues themselves are found by their case
    case "case.scope.followed":
      return { ...doc, ...scopeOf(event) };
  }
}

const filters = ["kind", "state", "priority", "subject", "department", "assignee"];

const cases: DocumentFold<CaseDoc, CaseEvent> = {
  source: "customer.case",
  fold: foldCase,
  collection: {
    name: "cases",
    columns: {
      openedAt: text((doc) => doc.openedAt),
      kind: text((doc) => doc.kind),
      state: text((doc) => doc.state),
      priority: text((doc) => doc.priority),
      subject: text((doc) => doc.subject),
      customerId: text((doc) => doc.customerId),
      orderId: text((doc) => doc.orderId),
      ...scopeColumns,
    },
    tokens: ({ visibleTo }) => visibleTo,
    keys: {
      number: ({ number }) => [number],
      order: aboutKeys.order,
      shipment: aboutKeys.shipment,
    },
    paths: [
      { name: "byOpened", sort: "openedAt", filters },
      { name: "ofCustomer", within: "customerId", sort: "openedAt", filters },
      { name: "ofOrder", within: "orderId", sort: "openedAt", filters },
    ],
  },
};

export const casesProjection: Projection = { name: "cases", version: "2", documents: [cases] };
