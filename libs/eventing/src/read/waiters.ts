// Waiting for a sequence to be reached, woken by whoever reaches it; never polled.
import { Lru } from "../lru.js";

/** How many names are remembered as reached. */
const REMEMBERED = 8_000;

interface Waiter {
  readonly sequence: number;
  readonly wake: (reached: boolean) => void;
}

/** Remembers, bounded, what sequence each name has reached, and wakes those who wait for one. */
export class Waiters {
  private readonly reached = new Lru<number>(REMEMBERED);
  private readonly waiting = new Map<string, Waiter[]>();

  /** The sequence reached, as far as it is remembered. */
  known(name: string): number | undefined {
    return this.reached.get(name);
  }

  reach(name: string, sequence: number): void {
    if (sequence > (this.reached.get(name) ?? -1)) this.reached.set(name, sequence);
    const waiters = this.waiting.get(name);
    if (!waiters) return;
    const left = waiters.filter((waiter) => waiter.sequence > sequence);
    if (left.length === 0) this.waiting.delete(name);
    else this.waiting.set(name, left);
    for (const waiter of waiters) if (waiter.sequence <= sequence) waiter.wake(true);
  }

  /** True as soon as the name has reached the sequence, false after the wait (milliseconds of real time). */
  wait(name: string, sequence: number, waitMs: number): Promise<boolean> {
    if ((this.reached.get(name) ?? -1) >= sequence) return Promise.resolve(true);
    if (waitMs <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        sequence,
        wake: (reached) => {
          clearTimeout(timer);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => {
        this.waiting.set(
          name,
          (this.waiting.get(name) ?? []).filter((other) => other !== waiter),
        );
        resolve(false);
      }, waitMs).unref();
      this.waiting.set(name, [...(this.waiting.get(name) ?? []), waiter]);
    });
  }

  /** Answers everybody who still waits with "not reached". */
  close(): void {
    for (const waiters of this.waiting.values()) for (const waiter of waiters) waiter.wake(false);
    this.waiting.clear();
  }
}

/** Looks are this far apart at first, and at most, in milliseconds. */
const FIRST_LOOK_MS = 2;
const LAST_LOOK_MS = 250;

/**
 * Whether something is reached in time, by this process or another one. `here` is this process's own wait, true at once
 * when it is reached. `heard` resolves when another process may be at it (absent where there is none): from then on, and
 * now and then before, it is looked whether it has come about. The answer after the wait is that of a last look.
 */
export async function reachedAnywhere(
  here: Promise<boolean>,
  heard: Promise<boolean> | undefined,
  look: () => Promise<boolean>,
  waitMs: number,
): Promise<boolean> {
  if (!heard) return (await here) || look();
  const deadline = performance.now() + waitMs;
  let pause = LAST_LOOK_MS;
  let known: Promise<unknown> | undefined = heard.then(() => (pause = FIRST_LOOK_MS));
  for (let left = waitMs; left > 0; left = deadline - performance.now()) {
    const woken = await Promise.race([here, ...(known ? [known] : []), after(Math.min(pause, left))]);
    if (woken === true) return true;
    if (woken === false) break; // the wait is over
    if (await look()) return true;
    if (pause === FIRST_LOOK_MS) known = undefined;
    if (!known) pause = Math.min(2 * pause, LAST_LOOK_MS);
  }
  return look();
}

const after = (ms: number): Promise<"waited"> =>
  new Promise((resolve) => setTimeout(() => resolve("waited"), ms).unref());
