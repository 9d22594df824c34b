// Committed offsets for those who watch the lag: coalesced, behind what was handled, and never the truth about where to start.
import { isRejoin } from "./faults.js";
import type { Coordinator, Membership } from "./group.js";
import { committedOf, type Lane } from "./take-over.js";

/** Commits of one membership. */
export class Commits {
  private readonly due = new Set<Lane>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly coordinator: Pick<Coordinator, "commit">,
    private readonly membership: Membership,
    private readonly intervalMs: number,
    private readonly report: (what: string, error: unknown) => void,
  ) {}

  /** The lane has moved: what it stands at is committed soon. */
  note(lane: Lane): void {
    this.due.add(lane);
    this.timer ??= setTimeout(() => void this.flush(), this.intervalMs);
  }

  /** Commits what is due. A failure is only told: the next one carries more. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const offsets = [...this.due].map(committedOf);
    this.due.clear();
    if (offsets.length > 0)
      this.flushing = this.flushing
        .then(() => this.coordinator.commit(this.membership, offsets))
        .catch((error: unknown) => {
          if (!isRejoin(error)) this.report("Committing the offsets of a consumer group.", error);
        });
    return this.flushing;
  }

  /** The membership is over: what is due is no longer its to commit. */
  drop(): void {
    clearTimeout(this.timer);
    this.due.clear();
  }
}
