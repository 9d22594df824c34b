// One fact per issue: the cause that the Pareto counts it under.
import type { Contribution, DocumentFold, Happened } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import { issues } from "../rollups.js";
import { scopeOf, sharedTokens } from "../scope.js";

export interface IssueFact {
  readonly department: string;
  readonly visibleTo: readonly string[];
  readonly openedOn: string;
  /** The rule that found it, until a cause is known. */
  readonly rule?: string;
  readonly cause?: string;
  /** Its opening claimed a future: counted nowhere. */
  readonly disputed?: true;
}

/** What the Pareto counts an issue under: its cause, else the rule that found it, else nothing that is known. */
export type CauseKind = "cause" | "rule" | "unexplained";

/** The kind and the name in one text, because a cell has one value. */
export const causeKey = ({ cause, rule }: Pick<IssueFact, "cause" | "rule">): string =>
  cause !== undefined ? `cause:${cause}` : rule !== undefined ? `rule:${rule}` : "unexplained:";

/** What `causeKey` put together. */
export function causeOf(key: string): { readonly kind: CauseKind; readonly name: string } {
  const colon = key.indexOf(":");
  return { kind: key.slice(0, colon) as CauseKind, name: key.slice(colon + 1) };
}

/** Folds one event of gendan.issues. */
export function foldIssue(
  fact: IssueFact | undefined,
  event: PublicEvent,
  { meta }: Happened<PublicEvent>,
): IssueFact | undefined {
  const disputed = meta.claimedAt !== undefined;
  if (event.type === "issue.opened") {
    const { department, visibleTo, openedOn, rule } = event;
    return {
      department,
      visibleTo,
      openedOn,
      ...(rule === undefined ? {} : { rule }),
      ...(disputed ? { disputed } : {}),
    };
  }
  if (!fact || disputed) return fact;
  switch (event.type) {
    case "issue.scope.changed":
      return { ...fact, ...scopeOf(event) };
    case "issue.triaged":
    case "issue.action.added":
      return { ...fact, visibleTo: event.visibleTo };
    case "issue.cause.confirmed":
    case "issue.closed":
      return { ...fact, cause: event.cause };
    default:
      return fact;
  }
}

export const issueFacts: DocumentFold<IssueFact, PublicEvent> = {
  collection: {
    name: "issues",
    columns: {
      openedOn: { type: "text", of: (fact) => fact.openedOn },
      department: { type: "text", of: (fact) => fact.department },
    },
    tokens: sharedTokens,
    paths: [{ name: "byOpened", sort: "openedOn", filters: ["department"] }],
  },
  source: "gendan.issues",
  fold: foldIssue,
  contributions: contributionsOfIssue,
};

export function contributionsOfIssue(fact: IssueFact): readonly Contribution[] {
  if (fact.disputed) return [];
  const { department, openedOn: day } = fact;
  const cell = { rollup: issues.name, day, department, currency: "", add: { issues: 1n } };
  return [{ ...cell, dimension: "cause", value: causeKey(fact) }];
}
