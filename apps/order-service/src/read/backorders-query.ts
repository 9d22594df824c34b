// Backorders as callers ask for them: the schedules that are open past their day, and how old what is open of them is.
import {
  addDays,
  between,
  equals,
  Fault,
  money,
  narrowed,
  quantity,
  sumByCurrency,
  type Documents,
  type Filter,
  type Money,
} from "@gendan/eventing";
import { contributionsOf, rollupBy, type DueBy, type OpenSchedule } from "./backorders.js";
import { departmentColumn } from "./department-column.js";
import { below, type OrdersQuery } from "./orders-query.js";

/** The first day past due of each age; the last one has no end. */
export const AGES = [1, 8, 31, 61] as const;
/** The most rows that the report gives, and the most schedules that are added one by one. */
export const MOST_ROWS = 5_000;
export const MOST_SINGLE = 1_000;

export interface BackordersAsked {
  readonly by: DueBy;
  /** Days past the due day, both included; 1 is the first of them. */
  readonly fromDays?: number;
  readonly toDays?: number;
  /** With everything below it. */
  readonly department?: string;
  readonly customerId?: string;
  readonly sku?: string;
  readonly currency?: string;
}

const columnBy = { requested: "requestedOn", promised: "promisedOn" } as const;
const pathBy = { requested: "byRequested", promised: "byPromised" } as const;

/** The longest overdue first. `today` decides what is. */
export function backordersQuery(
  { by, fromDays = 1, toDays, department, customerId, sku, currency }: BackordersAsked,
  today: string,
): OrdersQuery {
  return {
    collection: "openSchedules",
    path: pathBy[by],
    descending: false,
    where: [
      ...between(
        columnBy[by],
        toDays === undefined ? undefined : addDays(today, -toDays),
        addDays(today, -Math.max(fromDays, 1)),
      ),
      ...below(department),
      ...equals("customerId", customerId),
      ...equals("sku", sku),
      ...equals("currency", currency),
    ],
  };
}

export type BackorderGrouping = "department" | "customer" | "product";

export interface AgeingAsked {
  readonly by: DueBy;
  readonly groupBy?: BackorderGrouping;
  /** With everything below it. */
  readonly department?: string;
  readonly customerId?: string;
}

export interface BackorderAge {
  readonly fromDays: number;
  readonly toDays: number | null;
  readonly schedules: number;
  /** Of one item in one unit; null where the row is about more. */
  readonly quantity: string | null;
  readonly amount: readonly Money[];
}

/** One row for each key of the grouping, in the order of the keys; without one a single row with the key "". */
export interface BackorderRow {
  readonly key: string;
  readonly ages: readonly BackorderAge[];
}

interface Viewer {
  readonly departments: readonly string[];
  readonly tokens: readonly string[];
}
type Reads = Pick<Documents, "cells" | "list">;

/** What is summed: a row's key, an age and a currency. */
interface Sum {
  readonly key: string;
  readonly age: number;
  readonly currency: string;
  readonly sums: Readonly<Record<string, bigint>>;
}

/**
 * The caller's sums: the cells of their departments, and the schedules that they see by assignment or share alone. Throws
 * BAD_USER_INPUT where cells of one dimension cannot answer, TOO_BROAD beyond MOST_ROWS and MOST_SINGLE.
 */
export async function backorderAgeing(
  documents: Reads,
  viewer: Viewer,
  asked: AgeingAsked,
  today: string,
): Promise<BackorderRow[]> {
  if (asked.groupBy === "product" && asked.customerId !== undefined) {
    throw new Fault("BAD_USER_INPUT", "The report is kept by customer or by product, not by both: leave out one.", {
      dimensions: ["customer", "product"],
    });
  }
  const ages = AGES.map((_, age) => sumsOfAge(documents, viewer, asked, { age, ...daysOf(age, today) }));
  const sums = (await Promise.all([...ages, singleSums(documents, viewer, asked, today)])).flat();
  const keys = asked.groupBy === undefined ? [""] : [...new Set(sums.map(({ key }) => key))].toSorted();
  if (keys.length > MOST_ROWS) {
    throw new Fault("TOO_BROAD", `The report has more than ${MOST_ROWS} rows: ask for one department or customer.`, {
      limit: MOST_ROWS,
    });
  }
  const byKey = Map.groupBy(sums, ({ key }) => key);
  return keys.map((key) => ({ key, ages: AGES.map((_, age) => ageOf(age, byKey.get(key) ?? [], asked)) }));
}

const FIRST_DAY = "0001-01-01";

/** Due on these days, something is of the age. */
function daysOf(age: number, today: string): { readonly from: string; readonly to: string } {
  const next = AGES[age + 1];
  return { from: next === undefined ? FIRST_DAY : addDays(today, 1 - next), to: addDays(today, -AGES[age]!) };
}

const dimensionOf = ({ groupBy, customerId }: AgeingAsked): string =>
  groupBy === "product" ? "product" : groupBy === "customer" || customerId !== undefined ? "customer" : "all";

async function sumsOfAge(
  documents: Reads,
  { departments }: Viewer,
  asked: AgeingAsked,
  { age, from, to }: { readonly age: number; readonly from: string; readonly to: string },
): Promise<Sum[]> {
  const within = narrowed(departments, asked.department ?? "");
  if (within.length === 0) return [];
  const { by, groupBy, customerId } = asked;
  const rows = await documents.cells({
    rollup: rollupBy(by),
    dimension: dimensionOf(asked),
    ...(customerId === undefined ? {} : { values: [customerId] }),
    ranges: [{ from, to }],
    departments: within,
    by: groupBy === "department" ? "department" : "value",
    histogram: false,
  });
  return rows
    .filter(({ sums }) => sums["schedules"] !== 0n)
    .map(({ value, currency, sums }) => ({ key: groupBy === undefined ? "" : value, age, currency, sums }));
}

/** What none of the caller's departments' cells hold. */
async function singleSums(
  documents: Reads,
  { departments, tokens }: Viewer,
  asked: AgeingAsked,
  today: string,
): Promise<Sum[]> {
  if (departments.includes("")) return [];
  const query = backordersQuery(asked, today);
  const where = [...departments.map(outside), ...(query.where ?? [])];
  const { rows } = await documents.list<OpenSchedule>({ ...query, where, tokens, limit: MOST_SINGLE + 1 });
  if (rows.length > MOST_SINGLE) {
    throw new Fault(
      "TOO_BROAD",
      `More than ${MOST_SINGLE} of the schedules asked for are visible to you by assignment alone: ask for one department ` +
        "or customer, or ask somebody whose department owns them.",
      { limit: MOST_SINGLE },
    );
  }
  const counted = rows.flatMap(({ doc }) => contributionsOf(doc));
  return counted
    .filter(({ rollup, dimension }) => rollup === rollupBy(asked.by) && dimension === dimensionOf(asked))
    .map(({ day, value, department, currency, add: sums }) => ({
      key: asked.groupBy === undefined ? "" : asked.groupBy === "department" ? department : value,
      age: AGES.findLastIndex((fromDays) => day <= addDays(today, -fromDays)),
      currency,
      sums,
    }));
}

function ageOf(age: number, all: readonly Sum[], { groupBy }: AgeingAsked): BackorderAge {
  const own = all.filter((each) => each.age === age);
  const total = (measure: string) => own.reduce((sum, { sums }) => sum + (sums[measure] ?? 0n), 0n);
  const next = AGES[age + 1];
  return {
    fromDays: AGES[age]!,
    toDays: next === undefined ? null : next - 1,
    schedules: Number(total("schedules")),
    quantity: groupBy === "product" ? quantity(total("units") * 1_000_000n + total("millionths")) : null,
    amount: sumByCurrency(own.map(({ currency, sums }) => money(sums["amount"] ?? 0n, currency))),
  };
}

/** Neither the department nor what lies below it. */
const outside = (department: string): Filter => ({
  any: [
    { column: "department", op: "<", value: departmentColumn(department) },
    { column: "department", op: ">=", value: `${department}0` },
  ],
});
