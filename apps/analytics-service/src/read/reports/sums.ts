// A caller's sums: the cells of his departments, and the facts that he sees by assignment or share alone.
import { Fault, isWithin, narrowed, withinDepartment, type Contribution, type Documents } from "@gendan/eventing";
import { NOW } from "../rollups.js";
import { outside, type Viewer } from "../scope.js";
import { rangesBy, type Period, type TimeGrouping } from "./period.js";

/** The most single facts that are added to one sum. */
export const MAX_SINGLE_FACTS = 1_000;

/** What reports read of the projection "facts". */
export type FactReads = Pick<Documents, "cells" | "list">;

/** A roll-up, and the facts that fill it; `path` lists them by the day they count on. */
export interface Source<Fact> {
  readonly rollup: string;
  readonly collection: string;
  readonly path: string;
  readonly contributions: (fact: Fact) => readonly Contribution[];
}

export interface SumQuery {
  readonly dimension: string;
  readonly values?: readonly string[];
  /** Absent: what is the case now. */
  readonly period?: Period;
  readonly by: "value" | "department" | TimeGrouping;
  /** Only this department and what lies below it. */
  readonly department?: string;
  readonly histogram?: boolean;
}

export interface Sum {
  /** The dimension's value, the department, or the day or month. */
  readonly key: string;
  readonly currency: string;
  readonly of: (measure: string) => bigint;
  readonly histogram: ReadonlyMap<number, number>;
}

/** One sum per (key, currency). Throws TOO_BROAD where too many single facts would have to be added. */
export async function sumsOf<Fact>(
  documents: FactReads,
  source: Source<Fact>,
  viewer: Viewer,
  query: SumQuery,
): Promise<Sum[]> {
  const sums = new Sums();
  const [cells, facts] = await Promise.all([
    cellsOf(documents, source, viewer, query),
    factsSeenAlone(documents, source, viewer, query),
  ]);
  for (const { value, currency, sums: measures, histogram } of cells) sums.add(value, currency, measures, histogram);
  for (const fact of facts) {
    for (const each of source.contributions(fact)) {
      if (!isAskedFor(each, source.rollup, query)) continue;
      const sample = each.sample === undefined ? undefined : new Map([[each.sample, 1]]);
      sums.add(keyOf(each, query.by), each.currency, each.add, sample);
    }
  }
  return sums.all();
}

async function cellsOf<Fact>(documents: FactReads, source: Source<Fact>, viewer: Viewer, query: SumQuery) {
  const { dimension, values, period, by, department = "", histogram = false } = query;
  const departments = narrowed(viewer.departments, department);
  if (departments.length === 0) return [];
  const byTime = by === "value" || by === "department" ? undefined : by;
  return documents.cells({
    rollup: source.rollup,
    dimension,
    ranges: period ? rangesBy(period, byTime) : [{ from: NOW, to: NOW }],
    departments,
    ...(values ? { values } : {}),
    by: byTime ? "period" : (by as "value" | "department"),
    histogram,
  });
}

/** The facts that the caller sees by assignment or share and that none of his departments' cells hold. */
async function factsSeenAlone<Fact>(
  documents: FactReads,
  source: Source<Fact>,
  { departments, tokens }: Viewer,
  { period, department = "" }: SumQuery,
): Promise<Fact[]> {
  if (departments.some((held) => isWithin(department, held))) return [];
  const { rows } = await documents.list<Fact>({
    collection: source.collection,
    path: source.path,
    tokens,
    where: [...departments.flatMap(outside), ...withinDepartment(department)],
    // The path is sorted by the day: reading begins at the period's first one.
    ...(period ? { after: { sort: period.from, id: "" } } : {}),
    limit: MAX_SINGLE_FACTS + 1,
  });
  const facts = rows.filter(({ sort }) => !period || (sort !== null && sort <= period.to));
  if (facts.length > MAX_SINGLE_FACTS) {
    throw new Fault(
      "TOO_BROAD",
      `More than ${MAX_SINGLE_FACTS} of the facts asked for are visible to you by assignment alone: ask for a shorter ` +
        "period or one department, or ask somebody whose department owns them.",
      { limit: MAX_SINGLE_FACTS },
    );
  }
  return facts.map(({ doc }) => doc);
}

const isAskedFor = (each: Contribution, rollup: string, { dimension, values, period }: SumQuery): boolean =>
  each.rollup === rollup &&
  each.dimension === dimension &&
  (values === undefined || values.includes(each.value)) &&
  (period === undefined || (period.from <= each.day && each.day <= period.to));

const keyOf = ({ value, department, day }: Contribution, by: SumQuery["by"]): string =>
  by === "value" ? value : by === "department" ? department : day;

/** Adds up what comes for the same key and currency. */
class Sums {
  private readonly rows = new Map<
    string,
    { key: string; currency: string; measures: Map<string, bigint>; histogram: Map<number, number> }
  >();

  add(
    key: string,
    currency: string,
    measures: Readonly<Record<string, bigint>>,
    histogram: ReadonlyMap<number, number> | undefined,
  ): void {
    const name = `${currency} ${key}`;
    const row = this.rows.get(name) ?? { key, currency, measures: new Map(), histogram: new Map() };
    this.rows.set(name, row);
    for (const [measure, amount] of Object.entries(measures)) {
      row.measures.set(measure, (row.measures.get(measure) ?? 0n) + amount);
    }
    for (const [value, count] of histogram ?? []) row.histogram.set(value, (row.histogram.get(value) ?? 0) + count);
  }

  all(): Sum[] {
    return [...this.rows.values()].map(({ key, currency, measures, histogram }) => ({
      key,
      currency,
      of: (measure) => measures.get(measure) ?? 0n,
      histogram,
    }));
  }
}
