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

const column = "department";

/** Filters that hold for what lies outside of a department: the opposite of `withinDepartment`. */
export const outside = (department: string): Filter[] => [
  either({ column, op: "<", value: department }, { column, op: ">", value: department }),
  either({ column, op: "<", value: `${department}/` }, { column, op: ">=", value: `${department}0` }),
];

const either = (...any: Filter[]): Filter => ({ any });

/** What a fact keeps of who owns something and who sees it. */
export const scopeOf = ({ department, visibleTo }: { department: string; visibleTo: readonly string[] }) => ({
  department,
  visibleTo,
});
