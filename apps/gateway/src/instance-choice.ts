// Which of a service's processes a request goes to: the least busy one that answers, and after a pause one that did not.

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** Of the better ranks a process is chosen first. */
const ranks = { well: 0, due: 1, aside: 2 } as const;

/**
 * Whether a process answers, as far as requests have shown: `well`; `aside` for a growing pause after its connection failed;
 * `due` to be tried when the pause is over. Times are milliseconds of one clock.
 */
export class Standing {
  private pauseMs = 0;
  private asideUntil = 0;

  at(now: number): keyof typeof ranks {
    if (this.pauseMs === 0) return "well";
    return now < this.asideUntil ? "aside" : "due";
  }

  answered(): void {
    this.pauseMs = 0;
  }

  /** Many requests fail together when a process dies: they count once. True when this one set it aside. */
  failed(now: number): boolean {
    if (this.at(now) === "aside") return false;
    this.pauseMs = Math.min(Math.max(this.pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    this.asideUntil = now + this.pauseMs;
    return true;
  }
}

export interface Candidate {
  readonly standing: Standing;
  /** Requests that it has not answered yet. */
  readonly pending: number;
}

/**
 * One that is due is tried by one request, while others answer the rest. Where none is well the others are asked all the
 * same: one may be back, and to be refused a connection costs little. `turn` decides between the equally busy.
 */
export function choose<T extends Candidate>(candidates: readonly T[], turn: number, now: number): T | undefined {
  const trial = candidates.find(({ standing, pending }) => pending === 0 && standing.at(now) === "due");
  if (trial !== undefined) return trial;
  let best: T | undefined;
  for (let place = 0; place < candidates.length; place++) {
    const candidate = candidates[(turn + place) % candidates.length]!;
    if (best === undefined || isBetter(candidate, best, now)) best = candidate;
  }
  return best;
}

function isBetter(candidate: Candidate, best: Candidate, now: number): boolean {
  const difference = ranks[candidate.standing.at(now)] - ranks[best.standing.at(now)];
  return difference < 0 || (difference === 0 && candidate.pending < best.pending);
}
