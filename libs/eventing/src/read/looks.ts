// Looking for what another process folds: one question for all who wait, and none while nobody does.

/** The pause between two questions doubles from the first to the last of these while nothing comes, in milliseconds. */
const FIRST_PAUSE_MS = 4;
const LAST_PAUSE_MS = 128;
/** Questions take at most a fifth of the time: an engine that answers slowly has other work to do. */
const PAUSE_PER_MS = 4;
/** Names asked for in one question. */
const MOST_NAMES = 500;

interface Wanted {
  readonly sequence: number;
  readonly found: (reached: boolean) => void;
}

export class Looks {
  private readonly wanted = new Map<string, Wanted[]>();
  private looking = false;
  private pause = FIRST_PAUSE_MS;

  /** `read` gives what stands where, of many names at once; what fails is asked again. */
  constructor(private readonly read: (names: readonly string[]) => Promise<ReadonlyMap<string, number>>) {}

  /** True when the name has reached the sequence, false when it has not within the time (milliseconds). */
  wait(name: string, sequence: number, waitMs: number): Promise<boolean> {
    if (waitMs <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const mine: Wanted = {
        sequence,
        found: (reached) => {
          clearTimeout(timer);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => {
        this.leave(name, mine);
        resolve(false);
      }, waitMs).unref();
      this.wanted.set(name, [...(this.wanted.get(name) ?? []), mine]);
      this.pause = FIRST_PAUSE_MS;
      if (!this.looking) void this.look();
    });
  }

  /** Answers everybody who still waits with "not reached". */
  close(): void {
    for (const all of this.wanted.values()) for (const { found } of all) found(false);
    this.wanted.clear();
  }

  private async look(): Promise<void> {
    this.looking = true;
    let tookMs = 0;
    while (this.wanted.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(this.pause, PAUSE_PER_MS * tookMs)).unref());
      this.pause = Math.min(2 * this.pause, LAST_PAUSE_MS);
      const asked = performance.now();
      const stands = await this.read([...this.wanted.keys()].slice(0, MOST_NAMES)).catch(() => new Map());
      tookMs = performance.now() - asked;
      for (const [name, sequence] of stands as ReadonlyMap<string, number>) this.reached(name, sequence);
    }
    this.looking = false;
  }

  private reached(name: string, sequence: number): void {
    const all = this.wanted.get(name) ?? [];
    const left = all.filter((each) => each.sequence > sequence);
    if (left.length === all.length) return;
    this.pause = FIRST_PAUSE_MS;
    if (left.length === 0) this.wanted.delete(name);
    else this.wanted.set(name, left);
    for (const each of all) if (each.sequence <= sequence) each.found(true);
  }

  private leave(name: string, mine: Wanted): void {
    const left = (this.wanted.get(name) ?? []).filter((each) => each !== mine);
    if (left.length === 0) this.wanted.delete(name);
    else this.wanted.set(name, left);
  }
}

/** Who waits begins to look when it was heard of, and after so long in any case, in milliseconds. */
const UNHEARD_MS = 250;

/** Whether something is reached in time, by this process or another one; `heard` says that another may be at it. */
export async function reachedAnywhere(
  here: Promise<boolean>,
  heard: Promise<boolean>,
  look: (waitMs: number) => Promise<boolean>,
  waitMs: number,
): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  const unheard = new Promise<true>((resolve) => setTimeout(() => resolve(true), Math.min(UNHEARD_MS, waitMs)).unref());
  const elsewhere = Promise.race([heard, unheard]).then(() => look(deadline - performance.now()));
  // True as soon as either is; false when both are.
  return Promise.any(
    [here, elsewhere].map(async (each) => (await each) || Promise.reject(new Error("not reached"))),
  ).catch(() => false);
}
