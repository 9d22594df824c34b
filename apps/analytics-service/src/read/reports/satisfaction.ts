// The report "satisfaction": the answers given in a period, their mean and how they spread over one to five stars.
import { contributionsOfAnswer, type AnswerFact } from "../facts/answer-facts.js";
import { answers } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { ratio } from "./figures.js";
import { planOf, rowsOf, total } from "./grouping.js";
import type { Period, TimeGrouping } from "./period.js";
import { sumsOf, type FactReads, type Source } from "./sums.js";

const source: Source<AnswerFact> = {
  rollup: answers.name,
  collection: "answers",
  path: "byRecorded",
  contributions: contributionsOfAnswer,
};

export interface SatisfactionRow {
  readonly key: string;
  readonly answers: number;
  /** Null where nobody answered. */
  readonly mean: number | null;
  /** How many gave one, two, three, four and five stars. */
  readonly distribution: readonly number[];
}

export async function satisfactionReport(
  documents: FactReads,
  viewer: Viewer,
  period: Period,
  groupBy?: TimeGrouping | "department",
): Promise<SatisfactionRow[]> {
  const sums = await sumsOf(documents, source, viewer, planOf(period, groupBy));
  return rowsOf(sums, groupBy)
    .map((row) => {
      const distribution = answers.measures.map((measure) => total(row.sums, measure));
      const given = distribution.reduce((all, count) => all + count, 0n);
      const stars = distribution.reduce((all, count, index) => all + count * BigInt(index + 1), 0n);
      return {
        key: row.key,
        answers: Number(given),
        mean: ratio(stars, given, 3),
        distribution: distribution.map(Number),
      };
    })
    .filter((row) => groupBy === undefined || row.answers > 0);
}
