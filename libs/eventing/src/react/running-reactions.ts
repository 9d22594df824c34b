// A service's reactions as they run: started once with all of history before them, later ones as they declare.
import type { Clock } from "../ports/clock.js";
import type { DocumentUnit } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Observer } from "../ports/observer.js";
import type { Feed, Recorded } from "../read/feed.js";
import { Lag } from "../read/lag.js";
import { readStarted, writeStarted } from "../runtime/operational.js";
import { supervise, type Supervised } from "../runtime/supervise.js";
import type { Reaction } from "./reaction.js";
import { POSITIONS, Reactor, type ReactorDeps } from "./reactor.js";

export interface ReactionDeps {
  readonly service: string;
  readonly reactions: readonly Reaction[];
  readonly feed: Feed;
  readonly unit: DocumentUnit;
  readonly clock: Clock;
  readonly load: ReactorDeps["load"];
  readonly send: ReactorDeps["send"];
  readonly applied: (events: readonly Recorded[]) => void;
  readonly report: (error: unknown) => void;
  readonly observer: Observer;
}

export class RunningReactions implements Running {
  private reactor: Reactor | undefined;
  private running: Supervised | undefined;
  private lost = false;
  private readonly lagging: Lag;

  private constructor(private readonly deps: ReactionDeps) {
    this.lagging = new Lag(deps.clock);
  }

  /** `hasHistory`: the service has decided things before. If its positions are gone then, reactions stay paused. */
  static async start(deps: ReactionDeps, hasHistory: boolean): Promise<RunningReactions> {
    const reactions = new RunningReactions(deps);
    if (deps.reactions.length === 0) return reactions;
    const started = await readStarted(deps.unit);
    reactions.lost = hasHistory && started === undefined;
    if (reactions.lost) return reactions;
    // Before the first command: who dies right after it must not seem to have lost anything.
    if (!started) await writeStarted(deps.unit, { reactions: reactions.names() });
    reactions.begin();
    return reactions;
  }

  /** Positions were lost: nothing is reacted to until `resume`. */
  get paused(): boolean {
    return this.lost;
  }

  /** Goes on after a loss, with events recorded from this instant on. */
  async resume(from: string): Promise<void> {
    if (!this.lost) return;
    await writeStarted(this.deps.unit, { reactions: this.names(), skipBefore: from });
    this.lost = false;
    this.begin();
  }

  /** The stored positions of source aggregates, whichever instance has put them there; those without any are left out. */
  async positions(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.deps.unit.getMany(POSITIONS, aggregateIds);
    return new Map([...found].map(([id, { sequence }]) => [id, sequence]));
  }

  redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    return this.reactor?.redrive() ?? Promise.resolve({ redriven: 0, parked: 0 });
  }

  async caughtUp(): Promise<boolean> {
    if (this.deps.reactions.length === 0 || this.lost) return true;
    return (await this.reactor?.behind(this.group))?.behind.length === 0;
  }

  /** For how many seconds it has not kept up; undefined where nothing is reacted to. */
  async lag(): Promise<number | undefined> {
    if (this.deps.reactions.length === 0) return undefined;
    return this.lagging.seconds(() => this.reactor?.behind(this.group) ?? Promise.reject(new Error("It is paused.")));
  }

  /** Aggregates with parked events, as this process knows them. */
  get parkedAggregates(): number {
    return this.reactor?.parked ?? 0;
  }

  fault(): unknown {
    return this.running?.fault();
  }

  /** Since when it has not kept up, in the clock's milliseconds; undefined while it does. */
  faultySince(): number | undefined {
    return this.running?.faultySince();
  }

  async stop(): Promise<void> {
    this.reactor?.stop();
    await this.running?.stop();
  }

  private get group(): string {
    return `${this.deps.service}.reactions`;
  }

  private names(): string[] {
    return this.deps.reactions.map(({ name }) => name);
  }

  private begin(): void {
    const { service, reactions, unit, clock, report, applied, observer } = this.deps;
    const { group } = this;
    const deps: ReactorDeps = {
      ...this.deps,
      applied: (batch) => {
        this.lagging.reached(batch);
        applied(batch.events);
      },
    };
    const takeOver = (alive: () => void) => () => {
      observer.note(service, "takeover", "reactions");
      alive();
    };
    this.running = supervise(
      clock,
      async (failed, working, alive) => {
        const started = await readStarted(unit);
        const { skipBefore } = started ?? {};
        this.reactor?.stop();
        this.reactor = await Reactor.over({ ...deps, ...(skipBefore === undefined ? {} : { skipBefore }) });
        const late = started ? reactions.filter(({ name }) => !started.reactions.includes(name)) : [];
        const withHistory = late.filter(({ startsWith }) => startsWith === "history");
        if (withHistory.length > 0) await this.reactor.replayHistory(group, withHistory);
        if (!started || late.length > 0) await writeStarted(unit, { ...started, reactions: this.names() });
        return this.reactor.follow(group, failed, working, takeOver(alive));
      },
      report,
    );
  }
}
