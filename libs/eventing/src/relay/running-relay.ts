// The relay as it runs: one per service by a lease, started again after faults, and how far it has come.
import { newId } from "../ids.js";
import type { Position } from "../event.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit, Lease } from "../ports/document-store.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import type { Observer } from "../ports/observer.js";
import { answered, Lag } from "../read/lag.js";
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
  readonly observer: Observer;
}

/** What is not published yet: how many events, and for how many seconds. */
export interface RelayLag {
  /** At most MOST_COUNTED; absent while the engines do not say. */
  readonly events?: number;
  readonly seconds: number;
}

/** So many events are counted at most: more is much. */
const MOST_COUNTED = 1_000;

export class RunningRelay implements Running {
  private lease: Lease | undefined;
  private relay: Relaying | undefined;
  private readonly waiting = new AbortController();
  private readonly running: Supervised;
  private readonly lagging: Lag;

  constructor(private readonly deps: RunningRelayDeps) {
    const { clock, report } = deps;
    this.lagging = new Lag(clock);
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

  async lag(): Promise<RelayLag> {
    const told = await answered(() => this.unpublished());
    const behind = told && { partitions: [RELAY], behind: told.events > 0 ? [RELAY] : [] };
    const seconds = await this.lagging.seconds(() => (behind ? Promise.resolve(behind) : Promise.reject(new Error())));
    return told ?? { seconds };
  }

  private async unpublished(): Promise<Required<RelayLag>> {
    const { store, unit, clock } = this.deps;
    if (await this.caughtUp()) return { events: 0, seconds: 0 };
    const after = this.relay?.position() ?? (await unit.checkpoint(RELAY));
    const { events } = await store.readAll({ ...(after === undefined ? {} : { after }), limit: MOST_COUNTED });
    const [first] = events;
    const seconds = first ? Math.max(0, clock.now() - Date.parse(first.meta.recordedAt)) / 1_000 : 0;
    return { events: events.length, seconds };
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
