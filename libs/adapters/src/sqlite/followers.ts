// Loops that hand a log on, batch by batch, and sleep until the next commit: nothing polls while idle.
import { setImmediate as nextTurn } from "node:timers/promises";
import { Fault, type Running } from "@gendan/eventing";

/** What a loop is fed by. */
export interface Feed<Batch> {
  /** The batch after the one given before; undefined when the end is reached. */
  next(): Batch | undefined;
  handle(batch: Batch): Promise<void>;
}

/** Finds out where to begin; undefined when `stopped` came first. */
export type Begin<Batch> = (stopped: Promise<void>) => Promise<Feed<Batch> | undefined>;

export interface Following extends Running {
  /** Resolved when the loop has ended, whatever ended it. */
  readonly ended: Promise<void>;
}

/** All loops over one log. */
export class Followers {
  private readonly running = new Set<Follower<never>>();
  private closed = false;
  private waking = false;

  /** Starts a loop. `failed` is told once when it ended by a fault, its own or the handler's. */
  follow<Batch>(begin: Begin<Batch>, failed: (error: unknown) => void): Following {
    const follower = new Follower(this.closed ? tooLate : begin, failed);
    this.running.add(follower);
    void follower.ended.then(() => this.running.delete(follower));
    return follower;
  }

  /** Something was committed. Followers see it in the next turn: whoever waits for the commit is answered first. */
  wake(): void {
    if (this.waking) return;
    this.waking = true;
    setImmediate(() => {
      this.waking = false;
      for (const follower of this.running) follower.wake();
    });
  }

  /** Ends all loops when their batches in hand are done, and starts no more. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.running].map((follower) => follower.stop()));
  }
}

const tooLate = () => Promise.reject(new Fault("CLOSED", "What was to be followed is closed."));

class Follower<Batch> implements Following {
  readonly ended: Promise<void>;
  private readonly stopped = Promise.withResolvers<void>();
  private stopping = false;
  private awaken: (() => void) | undefined;

  constructor(begin: Begin<Batch>, failed: (error: unknown) => void) {
    this.ended = this.run(begin).catch(failed);
  }

  wake(): void {
    this.awaken?.();
  }

  stop(): Promise<void> {
    this.stopping = true;
    this.stopped.resolve();
    this.wake();
    return this.ended;
  }

  private async run(begin: Begin<Batch>): Promise<void> {
    const feed = await begin(this.stopped.promise);
    while (feed && !this.stopping) {
      const batch = feed.next();
      if (batch === undefined) {
        await new Promise<void>((resolve) => (this.awaken = resolve));
        this.awaken = undefined;
      } else {
        await feed.handle(batch);
        await nextTurn(); // a long way to catch up must not keep requests waiting
      }
    }
  }
}
