// Leases within one process: the folder belongs to it. The epoch rises on disk, so that a holder from before a restart is fenced off.
import { Fault, type Lease } from "@gendan/eventing";

interface Waiting {
  readonly owner: string;
  readonly resolve: (lease: Lease | undefined) => void;
  readonly reject: (fault: Fault) => void;
}

interface Line {
  holder: object | undefined;
  readonly waiting: Waiting[];
}

export class Leases {
  private readonly lines = new Map<string, Line>();
  private closed = false;

  /** `nextEpoch` gives a higher number each time. */
  constructor(private readonly nextEpoch: (name: string, owner: string) => number) {}

  async take(name: string, owner: string, signal?: AbortSignal): Promise<Lease | undefined> {
    if (this.closed) throw closedFault();
    if (signal?.aborted) return undefined;
    let line = this.lines.get(name);
    if (!line) this.lines.set(name, (line = { holder: undefined, waiting: [] }));
    if (!line.holder) return this.give(name, line, owner);
    return this.wait(line, owner, signal);
  }

  /** Nothing is held any more, and nobody waits. */
  close(): void {
    this.closed = true;
    for (const line of this.lines.values()) {
      line.holder = undefined;
      for (const { reject } of line.waiting.splice(0)) reject(closedFault());
    }
  }

  private wait(line: Line, owner: string, signal: AbortSignal | undefined): Promise<Lease | undefined> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        line.waiting.splice(line.waiting.indexOf(mine), 1);
        resolve(undefined);
      };
      const stay = () => signal?.removeEventListener("abort", leave);
      const mine: Waiting = {
        owner,
        resolve(lease) {
          stay();
          resolve(lease);
        },
        reject(fault) {
          stay();
          reject(fault);
        },
      };
      line.waiting.push(mine);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  private give(name: string, line: Line, owner: string): Lease {
    const epoch = this.nextEpoch(name, owner);
    const me = {};
    line.holder = me;
    return {
      epoch,
      held: () => line.holder === me,
      release: async () => {
        if (line.holder !== me) return;
        line.holder = undefined;
        this.pass(name, line);
      },
    };
  }

  /** To whoever has waited longest. */
  private pass(name: string, line: Line): void {
    const next = line.waiting.shift();
    if (!next) return;
    try {
      next.resolve(this.give(name, line, next.owner));
    } catch (error) {
      next.reject(error as Fault);
      this.pass(name, line);
    }
  }
}

const closedFault = (): Fault => new Fault("CLOSED", "The document store is closed.");
