// Positions in the server's log: the commit and the prepare position of an event, as "commit/prepare" in decimal.
import { Fault, type Position } from "@gendan/eventing";

export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Before the first event: the server's own records come first. */
export const START: Position = "0/0";

/** Throws STORE_REFUSED for what is no position of this kind of log. */
export function parsePosition(position: Position): LogPosition {
  const [, commit, prepare] = /^(\d{1,20})\/(\d{1,20})$/.exec(position) ?? [];
  if (commit !== undefined && prepare !== undefined) return { commit: BigInt(commit), prepare: BigInt(prepare) };
  throw new Fault("STORE_REFUSED", `Not a position of an EventStoreDB log: ${position}.`, { position });
}

/** How the server says that it does not know a position. */
const UNKNOWN = "18446744073709551615";

/** From the two numbers of a message; undefined when the server does not say where it is. */
export function positionOf(commit: string, prepare: string): Position | undefined {
  return commit === UNKNOWN || prepare === UNKNOWN ? undefined : `${commit}/${prepare}`;
}

/** Below 0: a comes before b. */
export function comparePositions(a: Position, b: Position): number {
  if (a === b) return 0;
  const [one, other] = [parsePosition(a), parsePosition(b)];
  if (one.commit !== other.commit) return one.commit < other.commit ? -1 : 1;
  return one.prepare < other.prepare ? -1 : one.prepare > other.prepare ? 1 : 0;
}
