// Positions and partitions: a position is the offset of a partition's last message, as a decimal string.
import { setTimeout as pause } from "node:timers/promises";
import { Fault, type Position } from "@gendan/eventing";

export const partitionName = (topic: string, number: number): string => `${topic}/${number}`;

/** The offset behind a position. Offsets may lie beyond what a number holds. */
export function offsetOf(position: Position): bigint {
  if (/^\d{1,19}$/.test(position)) return BigInt(position);
  throw new Fault("STORE_REFUSED", `Not a position of a topic: ${JSON.stringify(position)}.`, { position });
}

export function compareOffsets(a: Position, b: Position): number {
  const [left, right] = [offsetOf(a), offsetOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What a partition has: from the first offset on, up to before the next one. */
export interface Bounds {
  readonly first: bigint;
  readonly next: bigint;
}

/**
 * Who is ahead of the topic has read another one, or this one before an older copy was put back; both see a gap. A leader
 * that has just become one may not show its last messages for a moment, so what seems to be missing is asked for again, for
 * so long, before it is STORE_REFUSED.
 */
export async function refuseOutside(
  partition: string,
  start: bigint,
  boundsOf: () => Promise<Bounds | undefined>,
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { first, next } = (await boundsOf()) ?? NOTHING;
    if (start >= first && start <= next) return;
    if (start < first || Date.now() >= deadline) throw outside(partition, { first, next }, start);
    await pause(AGAIN_MS);
  }
}

const AGAIN_MS = 250;
export const NOTHING: Bounds = { first: 0n, next: 0n };

function outside(partition: string, { first, next }: Bounds, start: bigint): Fault {
  const has = `${partition} has the offsets from ${first} to before ${next}, but was read up to ${start - 1n} before`;
  const why = start > next ? "an older copy was put back, or the topic was made anew" : "earlier messages were deleted";
  return new Fault("STORE_REFUSED", `${has}: ${why}. Rebuild what was made from it.`, {
    partition,
    first: String(first),
    next: String(next),
    start: String(start),
  });
}
