// Scope in reports: the departments whose cells a caller sums, and the tokens by which he sees single facts.
import { departmentTokens, type Filter } from "@gendan/eventing";
import type { Caller } from "@gendan/security";

/** Who reads: departments, none within another, and all scope tokens. */
export type Viewer = Pick<Caller, "departments" | "tokens">;

/**
 * The tokens of assignments and shares: all but those of the department that owns it and of those above, whose cells hold
 * it. Another department's token is a share's.
 */
export function sharedTokens({
  department,
  visibleTo,
}: {
  department: string;
  visibleTo: readonly string[];
}): string[] {
  const owners = departmentTokens(department);
  return visibleTo.filter((token) => !owners.includes(token));
}

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

/** What a fact keeps of who owns something and who sees it. */
export const scopeOf = ({ department, visibleTo }: { department: string; visibleTo: readonly string[] }) => ({
  department,
  visibleTo,
});
