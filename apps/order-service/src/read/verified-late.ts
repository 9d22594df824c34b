// Whether the check of an order kept its target.
import type { OrderDocument } from "./order.document.js";

type Checked = Pick<OrderDocument, "lifecycle" | "verifyDueAt" | "verification">;

/** Of an order that is not verified yet the time decides; null where there is no target, and where it was given up. */
export function isVerifiedLate({ lifecycle, verifyDueAt, verification }: Checked, now: string): boolean | null {
  if (verifyDueAt === undefined) return null;
  if (verification) return verification.at > verifyDueAt;
  return lifecycle === "received" || lifecycle === "discrepant" ? now > verifyDueAt : null;
}
