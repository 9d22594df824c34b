// What lists are asked for most, as filters. What is not asked for lets everything through.
import type { Filter } from "../ports/document-store.js";

export const equals = (column: string, value: string | undefined): Filter[] =>
  value === undefined ? [] : [{ column, op: "=", value }];

export const oneOf = (column: string, values: readonly string[] | undefined): Filter[] =>
  values === undefined ? [] : [{ column, op: "in", values }];

/** Both ends included; open where one is absent. */
export const between = (column: string, from: string | undefined, to: string | undefined): Filter[] => [
  ...(from === undefined ? [] : [{ column, op: ">=", value: from } as const]),
  ...(to === undefined ? [] : [{ column, op: "<=", value: to } as const]),
];

/** A department with everything below it, of documents that keep its path in the column `department`. "" is the company. */
export function withinDepartment(department: string | undefined): Filter[] {
  if (department === undefined || department === "") return [];
  const column = "department";
  const itself: Filter = { column, op: "=", value: department };
  // "0" is the character after "/": all that lies below `cn` is at least `cn/` and less than `cn0`.
  return [
    { any: [itself, { column, op: ">=", value: `${department}/` }] },
    { column, op: "<", value: `${department}0` },
  ];
}
