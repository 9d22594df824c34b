// Where a caller may put something, besides the rights that every envelope needs.
import { isWithin } from "@gendan/eventing";
import type { BackdateRefusal, Caller } from "@gendan/security";

export type EnvelopeRefusal =
  | BackdateRefusal
  | { readonly code: "DEPARTMENT_OUT_OF_SCOPE"; readonly field: "department"; readonly department: string };

/** The department that the caller gives something to: theirs or one below; what nobody named is in their first one. */
export function departmentFor(caller: Caller, given: string | undefined): string | EnvelopeRefusal {
  const [first = ""] = caller.departments;
  if (given === undefined) return first;
  if (caller.departments.some((own) => isWithin(given, own))) return given;
  return { code: "DEPARTMENT_OUT_OF_SCOPE", field: "department", department: given };
}
