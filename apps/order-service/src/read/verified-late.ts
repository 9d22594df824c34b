// Whether the check of an order kept its target. The first verification counts: what is corrected after it misses none.
import type { OrderDocument } from "./order.document.js";

type Checked = Pick<OrderDocument, "lifecycle" | "verifyDueAt" | "firstVerifiedAt">;

/** Until when it is to be verified, while that is still to be done. */
export const toVerifyBy = ({ lifecycle, verifyDueAt, firstVerifiedAt }: Checked): string | undefined =>
  firstVerifiedAt === undefined && (lifecycle === "received" || lifecycle === "discrepant") ? verifyDueAt : undefined;

/** Undefined where there was no target, and before it was verified. */
export const wasVerifiedLate = ({ verifyDueAt, firstVerifiedAt }: Checked): boolean | undefined =>
  verifyDueAt === undefined || firstVerifiedAt === undefined ? undefined : firstVerifiedAt > verifyDueAt;

/** Of an order that is not verified yet the time decides; null where there is no target, and where it was given up. */
export function isVerifiedLate(order: Checked, now: string): boolean | null {
  const open = toVerifyBy(order);
  return wasVerifiedLate(order) ?? (open === undefined ? null : now > open);
}
