// Waiting for a sequence to be reached, woken by whoever reaches it; never polled.
import { Lru } from "../lru.js";

/** How many names are remembered as reached. */
const REMEMBERED = 8_000;

interface Waiter {
  readonly sequence: number;
  readonly wake: (reached: boolean) => void;
}

/** Told of a name that has reached a sequence. */
export type Reached = (name: string, sequence: number) => void;

/** Remembers, bounded, what sequence each name has reached, and wakes those who wait for one. */
export class Waiters {
  private readonly reached = new Lru<number>(REMEMBERED);
  private readonly waiting = new Map<string, Waiter[]>();
  private readonly listeners = new Set<Reached>();

  /** The sequence reached, as far as it is remembered. */
  known(name: string): number | undefined {
    return this.reached.get(name);
  }

  reach(name: string, sequence: number): void {
    if (sequence > (this.reached.get(name) ?? -1)) this.reached.set(name, sequence);
    for (const listener of this.listeners) listener(name, sequence);
    const waiters = this.waiting.get(name);
    if (!waiters) return;
    const left = waiters.filter((waiter) => waiter.sequence > sequence);
    if (left.length === 0) this.waiting.delete(name);
    else this.waiting.set(name, left);
    for (const waiter of waiters) if (waiter.sequence <= sequence) waiter.wake(true);
  }

  /** Calls back whenever a name reaches a sequence, until the returned function is called. */
  onReached(listener: Reached): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
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
