// What this program is for: which orders were delivered late, and by how many days. Nothing here knows of Kafka or a database.
import type { PublicEvent } from "@gendan/contracts";

export interface LateDelivery {
  readonly orderId: string;
  readonly deliveredOn: string;
  readonly days: number;
}

/** What an event adds; undefined for what does not concern us, which is most. Pure: a repetition gives the same. */
export function lateDeliveryOf(event: PublicEvent): LateDelivery | undefined {
  if (event.type !== "order.delivered" || !event.late) return undefined;
  const days = Math.max(0, ...event.lines.map((line) => line.lateDays));
  return { orderId: event.orderId, deliveredOn: event.deliveredOn, days };
}
