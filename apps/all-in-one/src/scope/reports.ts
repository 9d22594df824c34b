// Figures that a caller must find: counted over the rows that they see, one by one.
import { DEPARTMENTS } from "./build.js";
import type { Asking, Root } from "./roots.js";
import { isWithin, type Row } from "./world.js";

const PERIOD = { from: "2025-01-01", to: "2029-12-31" };

interface Counted {
  readonly key: string | null;
  readonly rows: readonly Row[];
}

const grouped = (rows: readonly Row[], keyOf: ((row: Row) => string) | undefined): Counted[] => {
  if (!keyOf) return [{ key: null, rows }];
  return [...Map.groupBy(rows, keyOf)].map(([key, own]) => ({ key, rows: own }));
};

/** The rows of a kind that the caller sees, by department or all together, perhaps of one department alone. */
function seen({ world, who, random }: Asking, kind: Row["kind"], filtered: boolean) {
  const department = filtered && random.chance(0.5) ? random.pick(DEPARTMENTS) : undefined;
  const rows = world
    .of(kind)
    .filter((row) => world.sees(who, row) && isWithin(world.departmentOf(row), department ?? ""));
  const groupBy = random.chance(0.6) ? "DEPARTMENT" : undefined;
  const variables = { ...PERIOD, ...(groupBy ? { groupBy } : {}), ...(department ? { filter: { department } } : {}) };
  return { variables, rows, groups: (some = rows) => grouped(some, groupBy && ((row) => world.departmentOf(row))) };
}

const orderCounts: Root = (asking) => {
  const { world, who, random } = asking;
  const by = random.pick(["LIFECYCLE", "DEPARTMENT", "ASSIGNEE", "DELIVERY"]);
  const member = by.toLowerCase();
  const keyOf = (row: Row) => (by === "DEPARTMENT" ? world.departmentOf(row) : (row.more[member] as string));
  const rows = world.of("Order").filter((row) => world.sees(who, row));
  const value = grouped(rows, keyOf).map((group) => ({ key: group.key, count: group.rows.length }));
  return { variables: { by }, value, selected: "{ key count }" };
};

/** Whatever is late of a binding order was to be there on the same day of this January. */
const isBackorder = ({ more }: Row): boolean =>
  more["late"] === true && ["CONFIRMED", "IN_EXECUTION"].includes(more["lifecycle"] as string);

const backorders: Root = (asking) => {
  const rows = asking.world.of("Order").filter((row) => isBackorder(row) && asking.world.sees(asking.who, row));
  return { variables: { first: 200 }, value: { totalCount: rows.length }, selected: "{ totalCount }" };
};

const backorderAgeing: Root = (asking) => {
  const { variables, rows, groups } = seen(asking, "Order", true);
  const value = groups(rows.filter(isBackorder)).map(({ key, rows: own }) => {
    return { key, ages: [0, 0, 0, own.length].map((schedules) => ({ schedules })) };
  });
  const { groupBy, filter } = variables as { groupBy?: string; filter?: object };
  const given = { ...(groupBy ? { groupBy } : {}), ...(filter ? { filter } : {}) };
  return { variables: given, value, selected: "{ key ages { schedules } }" };
};

const sales: Root = (asking) => {
  const { variables, groups } = seen(asking, "Order", true);
  const value = groups().map(({ key, rows }) => ({ key, orders: rows.length, lines: rows.length }));
  return { variables, value, selected: "{ key orders lines }" };
};

const verification: Root = (asking) => {
  const { variables, rows, groups } = seen(asking, "Order", true);
  const verified = rows.filter(({ more }) => !["RECEIVED", "DISCREPANT"].includes(more["lifecycle"] as string));
  const value = groups(verified).map(({ key, rows: own }) => ({ key, verified: own.length, firstPass: own.length }));
  return { variables, value, selected: "{ key verified firstPass }" };
};

const deliveryPerformance: Root = (asking) => {
  const { variables, rows, groups } = seen(asking, "Order", true);
  const delivered = rows.filter(({ more }) => more["delivery"] === "FULL");
  const value = groups(delivered).map(({ key, rows: own }) => {
    return { key, delivered: own.length, late: own.filter(({ more }) => more["deliveredLate"] === true).length };
  });
  return { variables, value, selected: "{ key delivered late }" };
};

const issuePareto: Root = (asking) => {
  const { rows } = seen(asking, "Issue", false);
  const causeOf = ({ more }: Row) =>
    more["cause"]
      ? `CAUSE:${String(more["cause"])}`
      : more["rule"]
        ? `RULE:${String(more["rule"])}`
        : "UNEXPLAINED:unexplained";
  const value = grouped(rows, causeOf).map(({ key, rows: own }) => {
    const [kind, cause] = key!.split(":");
    return { kind, cause, count: own.length };
  });
  return { variables: PERIOD, value, selected: "{ kind cause count }" };
};

const satisfaction: Root = (asking) => {
  const { variables, groups } = seen(asking, "Satisfaction", false);
  const value = groups().map(({ key, rows }) => {
    const distribution = [1, 2, 3, 4, 5].map((stars) => rows.filter(({ more }) => more["score"] === stars).length);
    return { key, answers: rows.length, distribution };
  });
  return { variables, value, selected: "{ key answers distribution }" };
};

export const reports: Readonly<Record<string, Root>> = {
  orderCounts,
  backorders,
  backorderAgeing,
  sales,
  verification,
  deliveryPerformance,
  issuePareto,
  satisfaction,
};
