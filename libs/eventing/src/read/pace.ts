// How long a projection lets the next batch grow: not at all when idle, longer the busier the process is.
// A projection that commits after every few events writes the same documents and index pages again and again.
import { performance } from "node:perf_hooks";

/** A batch of so many events means load. */
const BUSY_BATCH = 8;
/** In a saturated process already so many are worth waiting for more. */
const FEW = 3;
/** The longest pause under load, in milliseconds. */
const LOADED_PAUSE_MS = 10;
/** The pause when the process has no time left: what it can do counts then, not when it is seen. In milliseconds. */
const SATURATED_PAUSE_MS = 20;
/** The part of its time that the event loop works, from which on the process counts as saturated. */
const SATURATED = 0.85;
/** How often the event loop is looked at, in milliseconds. */
const LOOK_MS = 100;

let looked = { at: performance.now(), since: performance.eventLoopUtilization(), utilization: 0 };

function utilization(): number {
  const at = performance.now();
  if (at - looked.at >= LOOK_MS) {
    const since = performance.eventLoopUtilization();
    looked = { at, since, utilization: performance.eventLoopUtilization(since, looked.since).utilization };
  }
  return looked.utilization;
}

/** Milliseconds to wait after a batch of so many events that took so long. */
export function pauseAfter(events: number, tookMs: number): number {
  if (events >= FEW && utilization() >= SATURATED) return SATURATED_PAUSE_MS;
  return events >= BUSY_BATCH ? Math.min(2 * tookMs, LOADED_PAUSE_MS) : 0;
}
