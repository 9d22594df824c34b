// What becomes of a report that cannot be true as it stands: it is kept and shown, and counts nowhere.
import { accept, type Asked, type Decision } from "@gendan/eventing";
import type { ReportDisputed } from "./shipment.events.js";
import { disputeKey, type ShipmentState } from "./shipment.state.js";

type About = Pick<ReportDisputed, "packageIds" | "trackingNumber" | "code" | "place">;

/** Disputed once: as lying in the future when it claims that, else because nobody knows the package. */
export function dispute(
  shipment: ShipmentState,
  { at, claimedAt }: Asked,
  report: ReportDisputed["report"],
  about: About,
): Decision<ReportDisputed, never> {
  const event: ReportDisputed = {
    type: "shipment.report.disputed",
    report,
    reason: claimedAt === undefined ? "PACKAGE_UNKNOWN" : "IN_FUTURE",
    claimedAt: claimedAt ?? at,
    ...about,
  };
  return shipment.seen.has(disputeKey(event)) ? accept() : accept(event);
}
