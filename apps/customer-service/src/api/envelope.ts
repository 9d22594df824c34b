// Who sends a command, and for when: the rights that lie in the envelope and not in what is asked.
import type { Envelope } from "@gendan/eventing";
import { actorOf, may, type Caller } from "@gendan/security";

export type EnvelopeRefusal =
  | { readonly code: "BACKDATE_RIGHT_NEEDED"; readonly field: "occurredAt" | "historical" }
  | { readonly code: "DEPARTMENT_OUT_OF_SCOPE"; readonly field: "department"; readonly department: string };

export interface Meant {
  readonly commandId: string;
  readonly occurredAt?: string | undefined;
  readonly historical?: boolean | undefined;
}

/** Decisions of the past need the right to backdate; a fact has a time of its own, but only holders tell of history. */
export function envelopeOf(
  caller: Caller,
  { commandId, occurredAt, historical = false }: Meant,
  kind: "decision" | "fact",
): Envelope | EnvelopeRefusal {
  if (!may(caller, "backdate")) {
    if (historical) return { code: "BACKDATE_RIGHT_NEEDED", field: "historical" };
    if (kind === "decision" && occurredAt !== undefined) return { code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" };
  }
  return {
    commandId,
    actor: actorOf(caller),
    tokens: caller.tokens,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(historical ? { historical } : {}),
  };
}

/** The department that the caller gives something to: theirs or one below; what nobody named is in their first one. */
export function departmentFor(caller: Caller, given: string | undefined): string | EnvelopeRefusal {
  const [first = ""] = caller.departments;
  if (given === undefined) return first;
  const covers = (own: string): boolean => own === "" || own === given || given.startsWith(`${own}/`);
  if (caller.departments.some(covers)) return given;
  return { code: "DEPARTMENT_OUT_OF_SCOPE", field: "department", department: given };
}
