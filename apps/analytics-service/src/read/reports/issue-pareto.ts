// The report "issuePareto": what the issues opened in a period come from, and which few causes make up most of them.
import { causeOf, contributionsOfIssue, type CauseKind, type IssueFact } from "../facts/issue-facts.js";
import { issues } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { ratio } from "./figures.js";
import { planOf } from "./grouping.js";
import type { Period } from "./period.js";
import { sumsOf, type FactReads, type Source } from "./sums.js";

const source: Source<IssueFact> = {
  rollup: issues.name,
  collection: "issues",
  path: "byOpened",
  contributions: contributionsOfIssue,
};

export interface ParetoRow {
  /** The cause once one is confirmed; until then the rule that found the issue, or "unexplained". */
  readonly cause: string;
  readonly kind: CauseKind;
  readonly count: number;
  readonly share: number;
  readonly cumulativeShare: number;
  /** Among the fewest causes that make up at least 80 % of all issues. */
  readonly vitalFew: boolean;
}

const VITAL_PERCENT = 80;

export async function issuePareto(documents: FactReads, viewer: Viewer, period: Period): Promise<ParetoRow[]> {
  const sums = await sumsOf(documents, source, viewer, { ...planOf(period, undefined), dimension: "cause" });
  const counts = sums
    .map((sum) => ({ ...causeOf(sum.key), count: Number(sum.of("issues")) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (`${a.kind}:${a.name}` < `${b.kind}:${b.name}` ? -1 : 1));
  return pareto(counts);
}

/** Shares and the vital few of causes sorted by their count. */
export function pareto(
  counts: readonly { readonly kind: CauseKind; readonly name: string; readonly count: number }[],
): ParetoRow[] {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const share = (part: number): number => ratio(BigInt(part), BigInt(all), 4) ?? 0;
  let before = 0;
  return counts.map(({ kind, name, count }) => {
    const vitalFew = before * 100 < all * VITAL_PERCENT;
    before += count;
    const cause = kind === "unexplained" ? kind : name;
    return { cause, kind, count, share: share(count), cumulativeShare: share(before), vitalFew };
  });
}
