// What receiving an order or a receipt needs beyond the input: its id, its number, where it belongs.
import { dayIn, departmentTokens, derivedId, isZone, sees, uuidFrom } from "@gendan/eventing";
import type { Caller } from "@gendan/security";

interface OrderIdentity {
  readonly commandId: string;
  readonly channel: string;
  readonly customerId?: string | undefined;
  readonly sourceReference?: string | undefined;
  readonly id?: string | undefined;
}

/** An order that a channel knows by a reference of its own is the same order whenever it comes again. */
export function orderIdOf({ commandId, channel, customerId, sourceReference, id }: OrderIdentity): string {
  if (sourceReference !== undefined) return uuidFrom("order", channel, customerId ?? "", sourceReference);
  return id ?? derivedId("order.order", commandId);
}

export const receiptIdOf = ({
  commandId,
  id,
}: {
  readonly commandId: string;
  readonly id?: string | undefined;
}): string => id ?? derivedId("order.receipt", commandId);

/** The year that a number is of: the local one. */
export const yearOf = (at: string, zone: string): number => Number((isZone(zone) ? dayIn(zone, at) : at).slice(0, 4));

interface Ownership {
  readonly department: string;
  readonly departmentInScope: boolean;
}

/** Where something new belongs: the caller's first department, or another one that the caller sees. */
export function ownership({ departments, tokens }: Caller, asked: string | undefined): Ownership {
  if (asked === undefined) return { department: departments[0] ?? "", departmentInScope: true };
  return { department: asked, departmentInScope: sees(tokens, departmentTokens(asked)) };
}
