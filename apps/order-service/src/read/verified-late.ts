// Whether the check of an order kept its target.
import type { OrderDocument } from "./order.document.js";

type Checked = Pick<OrderDocument, "lifecycle" | "verifyDueAt" | "verification">;

/** Until when it is to be verified, while that is still to be done. */
export const toVerifyBy = ({ lifecycle, verifyDueAt }: Checked): string | undefined =>
  lifecycle === "received" || lifecycle === "discrepant" ? verifyDueAt : undefined;

/** Of an order that is not verified yet the time decides; null where there is no target, and where it was given up. */
export function isVerifiedLate(order: Checked, now: string): boolean | null {
  const { verifyDueAt, verification } = order;
  if (verifyDueAt === undefined) return null;
  if (verification) return verification.at > verifyDueAt;
  const open = toVerifyBy(order);
  return open === undefined ? null : now > open;
}
