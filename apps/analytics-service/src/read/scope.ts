// Scope in reports: the departments whose cells a caller sums, and the tokens by which he sees single facts.
import { departmentToken, type Filter } from "@gendan/eventing";
import type { Caller } from "@gendan/security";

/** Who reads: departments, none within another, and all scope tokens. */
export type Viewer = Pick<Caller, "departments" | "tokens">;

const PREFIX = departmentToken("");

/** The tokens of assignments and shares: all but the departments'. */
export const personTokens = (tokens: readonly string[]): string[] =>
  tokens.filter((token) => !token.startsWith(PREFIX));

/** Whether a department is the other or lies below it; "" is the whole company. */
export const isWithin = (department: string, other: string): boolean =>
  other === "" || department === other || department.startsWith(`${other}/`);

/** What of the departments lies within another one: the narrower of the two, where one lies within the other. */
export const narrowed = (departments: readonly string[], to: string): string[] =>
  departments.some((department) => isWithin(to, department))
    ? [to]
    : departments.filter((department) => isWithin(department, to));

/** "/" sorts right before "0", so all that lies below `cn/east` is at least `cn/east/` and less than `cn/east0`. */
const below = (department: string) => ({ from: `${department}/`, to: `${department}0` });

const column = "department";

/** Filters that hold for what lies outside of a department. */
export function outside(department: string): Filter[] {
  const { from, to } = below(department);
  return [
    either({ column, op: "<", value: department }, { column, op: ">", value: department }),
    either({ column, op: "<", value: from }, { column, op: ">=", value: to }),
  ];
}

/** Filters that hold for a department and what lies below it. */
export function within(department: string): Filter[] {
  if (department === "") return [];
  const { from, to } = below(department);
  const itself: Filter = { column, op: "=", value: department };
  return [either(itself, { column, op: ">=", value: from }), either(itself, { column, op: "<", value: to })];
}

const either = (...any: Filter[]): Filter => ({ any });
