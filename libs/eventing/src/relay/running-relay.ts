// The relay as it runs: one per service by a lease, started again after faults, and how far it has come.
import { newId } from "../ids.js";
import type { Position } from "../event.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit, Lease } from "../ports/document-store.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import { supervise, type Supervised } from "../runtime/supervise.js";
import type { AnyAggregate } from "../write/aggregate.js";
import { RELAY, startRelay, type Relaying } from "./relay.js";

export interface RunningRelayDeps {
  readonly service: string;
  readonly aggregates: readonly AnyAggregate[];
  readonly store: EventStore;
  readonly bus: EventBus;
  /** Where the lease is held. */
  readonly operational: DocumentStore;
  readonly unit: DocumentUnit;
  readonly clock: Clock;
  readonly moved: () => void;
  readonly report: (error: unknown) => void;
}

export class RunningRelay implements Running {
  private lease: Lease | undefined;
  private relay: Relaying | undefined;
  private readonly waiting = new AbortController();
  private readonly running: Supervised;

  constructor(private readonly deps: RunningRelayDeps) {
    const { clock, report } = deps;
    this.running = supervise(clock, (failed, working) => this.begin(failed, working), report);
  }

  /** Whether everything that is in the log now was published. */
  async caughtUp(): Promise<boolean> {
    const { store, unit } = this.deps;
    const head = await store.head();
    if (head === undefined) return true;
    const isBeyond = (to: Position | undefined): boolean => to !== undefined && store.compare(to, head) >= 0;
    return isBeyond(this.relay?.position()) || isBeyond(await unit.checkpoint(RELAY));
  }

  fault(): unknown {
    return this.running.fault();
  }

  async stop(): Promise<void> {
    this.waiting.abort();
    await this.running.stop();
    await this.lease?.release();
  }

  private async begin(failed: (error: unknown) => void, working: () => void): Promise<Running> {
    const { operational, moved } = this.deps;
    await this.lease?.release();
    this.lease = await operational.lease("relay", newId(), this.waiting.signal);
    if (!this.lease) return { stop: () => Promise.resolve() };
    this.relay = await startRelay({
      ...this.deps,
      epoch: this.lease.epoch,
      failed,
      moved() {
        working();
        moved();
      },
    });
    return this.relay;
  }
}
