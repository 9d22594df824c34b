// The rules of each kind as people see them: what holds, and what held before.
import type { Actor, DocumentFold, Happened, Projection } from "@gendan/eventing";
import type { RulesEvent, RulesSet } from "../domain/rules/rules.events.js";

export interface RulesDocument {
  readonly kind: RulesSet["kind"];
  /** The oldest first; at most so many as are kept. */
  readonly versions: readonly RulesVersion[];
}

export interface RulesVersion {
  readonly version: number;
  readonly rules: object;
  readonly reason?: string;
  readonly setAt: string;
  readonly setBy: Actor;
}

/** Older ones are in the log alone. */
const KEPT = 100;

/** Folds one event of a kind's rules. */
export function foldRules(
  doc: RulesDocument | undefined,
  { type: _, kind, ...set }: RulesEvent,
  { meta }: Happened<RulesEvent>,
): RulesDocument {
  const versions = [...(doc?.versions ?? []), { ...set, setAt: meta.occurredAt, setBy: meta.actor }];
  return { kind, versions: versions.slice(-KEPT) };
}

const rules: DocumentFold<RulesDocument, RulesEvent> = {
  source: "order.rules",
  fold: foldRules,
  // The company's own: who may see them says the policy, not a department.
  collection: { name: "rules", columns: {}, tokens: () => ["d:"], keys: {}, paths: [] },
};

export const rulesProjection: Projection = { name: "rules", version: "1", documents: [rules] };
