// Positions of the embedded logs: decimal strings of a count, from 1 on. 0 lies before the first.
import { Fault, type Position } from "@gendan/eventing";

/** The number behind a position; 0 for none. */
export function offsetOf(position: Position | undefined): number {
  const offset = Number(position ?? 0);
  if (Number.isSafeInteger(offset) && offset >= 0 && position !== "") return offset;
  throw new Fault("STORE_REFUSED", `Not a position of an embedded log: ${position}.`, { position });
}

export const compareOffsets = (a: Position, b: Position): number => offsetOf(a) - offsetOf(b);

/** A follower that is ahead of the log has followed another one, or this one before an older copy was put back. */
export function refuseBeyond(file: string, last: number, offset: number): void {
  if (offset <= last) return;
  throw new Fault(
    "STORE_REFUSED",
    `${file} ends at ${last} but was read up to ${offset} before: an older copy was put back. Rebuild what was made from it.`,
    { file, last, offset },
  );
}
