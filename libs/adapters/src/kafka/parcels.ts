// What goes to the brokers in one request: bounded in records and bytes, in the order given.
import { Fault } from "@gendan/eventing";
import type { WireRecord } from "./records.js";

export interface Parcelled {
  readonly topic: string;
  readonly record: WireRecord;
}

export interface ParcelLimits {
  readonly records: number;
  readonly bytes: number;
}

/** The client library's work per request grows faster than its records. */
export const PARCEL_LIMITS: ParcelLimits = { records: 1_000, bytes: 1_000_000 };

/** Throws STORE_REFUSED for a record that no topic takes. */
export function refuseTooLarge({ bytes, headers }: WireRecord, maxMessageBytes: number): void {
  if (bytes <= maxMessageBytes) return;
  const reason = `Message ${headers.ce_id} takes ${bytes} bytes, and the topics take ${maxMessageBytes} at most.`;
  throw new Fault("STORE_REFUSED", reason, { id: headers.ce_id, bytes, maxMessageBytes });
}

/** In parcels within the limits; a record that alone is larger is a parcel of its own. */
export function parcelsOf(records: readonly Parcelled[], limits: ParcelLimits = PARCEL_LIMITS): readonly Parcelled[][] {
  const parcels: Parcelled[][] = [];
  let [last, bytes]: [Parcelled[], number] = [[], 0];
  for (const each of records) {
    if (last.length === 0 || last.length === limits.records || bytes + each.record.bytes > limits.bytes) {
      parcels.push((last = []));
      bytes = 0;
    }
    last.push(each);
    bytes += each.record.bytes;
  }
  return parcels;
}
