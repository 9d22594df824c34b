// Where a caller may put something, besides the rights that every envelope needs.
import type { BackdateRefusal, Caller } from "@gendan/security";

export type EnvelopeRefusal =
  | BackdateRefusal
  | { readonly code: "DEPARTMENT_OUT_OF_SCOPE"; readonly field: "department"; readonly department: string };

/** The department that the caller gives something to: theirs or one below; what nobody named is in their first one. */
export function departmentFor(caller: Caller, given: string | undefined): string | EnvelopeRefusal {
  const [first = ""] = caller.departments;
  if (given === undefined) return first;
  const covers = (own: string): boolean => own === "" || own === given || given.startsWith(`${own}/`);
  if (caller.departments.some(covers)) return given;
  return { code: "DEPARTMENT_OUT_OF_SCOPE", field: "department", department: given };
}
