// One fact per satisfaction answer: its stars, and the day they were given.
import type { Contribution, DocumentFold, Happened } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import { ALL, answers } from "../rollups.js";
import { scopeOf, sharedTokens } from "../scope.js";

export interface AnswerFact {
  readonly department: string;
  readonly visibleTo: readonly string[];
  readonly recordedOn: string;
  readonly score: number;
  /** It claimed a future: counted nowhere. */
  readonly disputed?: true;
}

/** Folds one event of gendan.customers. */
export function foldAnswer(
  fact: AnswerFact | undefined,
  event: PublicEvent,
  { meta }: Happened<PublicEvent>,
): AnswerFact | undefined {
  if (event.type === "satisfaction.scope.changed") return fact && { ...fact, ...scopeOf(event) };
  if (event.type !== "satisfaction.recorded") return fact;
  const { department, visibleTo, recordedOn, score } = event;
  const disputed = meta.claimedAt === undefined ? {} : ({ disputed: true } as const);
  return { department, visibleTo, recordedOn, score, ...disputed };
}

export const answerFacts: DocumentFold<AnswerFact, PublicEvent> = {
  collection: {
    name: "answers",
    columns: {
      recordedOn: { type: "text", of: (fact) => fact.recordedOn },
      department: { type: "text", of: (fact) => fact.department },
    },
    tokens: sharedTokens,
    paths: [{ name: "byRecorded", sort: "recordedOn", filters: ["department"] }],
  },
  source: "gendan.customers",
  fold: foldAnswer,
  contributions: contributionsOfAnswer,
};

export function contributionsOfAnswer(fact: AnswerFact): readonly Contribution[] {
  if (fact.disputed) return [];
  const { department, recordedOn: day, score } = fact;
  return [{ rollup: answers.name, day, ...ALL, department, currency: "", add: { [`s${score}`]: 1n } }];
}
