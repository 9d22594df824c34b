// A running service: commands, relay, projections, reactions, deadlines, put together from its declaration.
import { Fault } from "../faults.js";
import { instant } from "../ports/clock.js";
import type { DocumentUnit } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Observer } from "../ports/observer.js";
import { busFeed, logFeed, type Recorded } from "../read/feed.js";
import { parkedEvents } from "../read/parked.js";
import { sourcesOf, type Projection } from "../read/projection.js";
import { LiveProjection } from "../read/projections.js";
import { Waiters } from "../read/waiters.js";
import type { Reacted } from "../react/reaction.js";
import { RunningReactions } from "../react/running-reactions.js";
import { replayOf, type Replay } from "../relay/replay.js";
import { RunningRelay } from "../relay/running-relay.js";
import { startAlarm, type Alarm } from "../time/alarm.js";
import type { DeadlineDoc } from "../time/deadline.js";
import type { Aggregate, Coded, Typed } from "../write/aggregate.js";
import { commandsOf, parseSettleToken } from "../write/commands.js";
import type { Envelope } from "../write/envelope.js";
import { numbersOf } from "../write/numbers.js";
import type { Outcome } from "../write/outcome.js";
import { startErasing } from "./erasing.js";
import { openOperational } from "./operational.js";
import { followersOf, Settling } from "./settling.js";
import { notReady, staleSince, standingOf, type Background } from "./standing.js";
import type { Supervised } from "./supervise.js";
import { publicly, startTails } from "./tail.js";
import type {
  Commands,
  CreatedService,
  Difference,
  Documents,
  Engines,
  ParkedEvent,
  Progress,
  ServiceDefinition,
  Standing,
} from "./service.js";

type AnyCommands = Commands<unknown, Typed, Coded>;

interface RunningProjection {
  readonly live: LiveProjection;
  readonly fromBus: boolean;
  readonly timed: boolean;
  alarm?: Alarm;
}

export class RunningService implements CreatedService {
  readonly name: string;
  readonly number: (prefix: string, year: number) => Promise<string>;
  readonly replay: Replay;
  private readonly commandsBySource: ReadonlyMap<string, AnyCommands>;
  private readonly running = new Map<string, RunningProjection>();
  readonly projections: readonly string[];
  /** What has happened, in whichever instance. */
  private readonly heard = new Waiters();
  private readonly settling: Settling;
  private tails: Running | undefined;
  private readonly listeners = new Set<() => void>();
  private operational: DocumentUnit | undefined;
  private relay: RunningRelay | undefined;
  private reactions: RunningReactions | undefined;
  private erasing: Supervised | undefined;

  constructor(
    private readonly definition: ServiceDefinition,
    readonly engines: Engines,
    private readonly report: (what: string, error: unknown) => void,
    private readonly observer: Observer,
  ) {
    const { eventStore: store, clock } = engines;
    this.name = definition.name;
    this.projections = definition.projections.map(({ name }) => name);
    this.number = numbersOf(definition.name, store, clock);
    this.replay = replayOf(definition, engines);
    this.commandsBySource = new Map(
      definition.aggregates.map((aggregate) => [
        `${aggregate.service}.${aggregate.name}`,
        commandsOf(aggregate, { store, clock, observer }) as unknown as AnyCommands,
      ]),
    );
    const { shared } = engines.documents;
    this.settling = new Settling({ shared, heard: this.heard, stored: (what, ids) => this.stored(what, ids) });
    for (const projection of definition.projections)
      this.running.set(projection.name, this.createProjection(projection));
  }

  async start(): Promise<void> {
    const { name: service, definition, engines, observer } = this;
    const { eventStore: store, bus, keys, clock } = engines;
    this.operational = await openOperational(engines.operational);
    for (const projection of this.running.values()) await this.startProjection(projection);
    if (definition.aggregates.length > 0) {
      this.relay = new RunningRelay({
        service,
        aggregates: definition.aggregates,
        store,
        bus,
        operational: engines.operational,
        unit: this.operational,
        clock,
        moved: () => this.progressed(),
        report: this.restarted("relay"),
        observer,
      });
    }
    const { aggregates } = definition;
    this.erasing = startErasing({ service, aggregates, store, keys, clock, report: this.restarted("erasures") });
    const topics = [...new Set(definition.reactions.map(({ topic }) => topic))];
    if (engines.documents.shared) this.tails = await this.startTails();
    this.reactions = await RunningReactions.start(
      {
        service,
        reactions: definition.reactions,
        feed: busFeed(bus, topics, definition.readPublic),
        unit: this.operational,
        clock,
        load: (aggregate, id) => this.commandsTo(aggregate).load(id),
        send: (reacted, envelope) => this.send(reacted, envelope),
        applied: (events) => this.reached("reactions", events),
        report: this.restarted("reactions"),
        observer,
      },
      (await store.head()) !== undefined,
    );
  }

  commands<State, Command extends Typed, Event extends Typed, Refusal extends Coded>({
    service,
    name,
  }: Aggregate<State, Command, Event, Refusal>): Commands<State, Command, Refusal> {
    return this.commandsTo(`${service}.${name}`) as unknown as Commands<State, Command, Refusal>;
  }

  documents(projection: string): Documents {
    return this.liveOf(projection).documents();
  }

  async settled(token: string, waitMs: number): Promise<boolean> {
    const parsed = parseSettleToken(token);
    if (!parsed || parsed.sequence < 0) return parsed !== undefined;
    const { topic, aggregateId, sequence } = parsed;
    const answers = followersOf(this.definition, topic).map((what) =>
      this.settling.hasReached(what, aggregateId, sequence, waitMs),
    );
    return (await Promise.all(answers)).every(Boolean);
  }

  async verify(progress: Progress = () => undefined, limit = 100) {
    let checked = 0;
    const differences: Difference[] = [];
    for (const { live } of this.running.values()) {
      const result = await live.verify(progress, limit - differences.length);
      checked += result.checked;
      differences.push(...result.differences);
    }
    return { checked, differences };
  }

  rebuild(projection: string, progress?: Progress): Promise<void> {
    return this.liveOf(projection).rebuild(progress);
  }

  async parked(): Promise<readonly ParkedEvent[]> {
    const folded = await Promise.all([...this.running.values()].map(({ live }) => live.parked()));
    return [...folded.flat(), ...(await parkedEvents(this.operational!, `${this.name}/reactions`))];
  }

  async redrive() {
    let [redriven, parked] = [0, 0];
    for (const one of [...[...this.running.values()].map(({ live }) => live), this.reactions!]) {
      const result = await one.redrive();
      redriven += result.redriven;
      parked += result.parked;
    }
    return { redriven, parked };
  }

  resumeReactions(from: string): Promise<void> {
    return this.reactions!.resume(from);
  }

  notReady(): readonly string[] {
    return notReady(this.background());
  }

  staleSince(): string | undefined {
    return staleSince(this.background());
  }

  standing(): Promise<Standing> {
    return standingOf(this.background());
  }

  async caughtUp(): Promise<boolean> {
    if (this.relay && !(await this.relay.caughtUp())) return false;
    for (const { live } of this.running.values()) if (!(await live.caughtUp())) return false;
    return this.reactions!.caughtUp();
  }

  onProgress(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await this.tails?.stop();
    await this.reactions?.stop();
    await this.relay?.stop();
    await this.erasing?.stop();
    for (const { live, alarm } of this.running.values()) {
      await alarm?.stop();
      await live.stop();
    }
    this.settling.close();
    this.heard.close();
    await this.operational?.close();
  }

  private background(): Background {
    const { name: service, relay, reactions, erasing, running } = this;
    return { service, relay, reactions, erasing, projections: [...running].map(([name, { live }]) => [name, live]) };
  }

  private createProjection(projection: Projection): RunningProjection {
    const { name: service, definition, engines, observer } = this;
    const { eventStore, bus, documents: store, clock } = engines;
    const sources = sourcesOf(projection);
    const fromBus = !sources.every((source) => source.startsWith(`${service}.`));
    const live = new LiveProjection({
      service,
      projection,
      feed: fromBus ? busFeed(bus, sources, definition.readPublic) : logFeed(eventStore, definition.aggregates, store),
      store,
      clock,
      heard: this.heard,
      report: this.restarted(`projection ${projection.name}`),
      observer,
      progressed: (events) => {
        this.running.get(projection.name)?.alarm?.wake();
        if (fromBus) this.reached(projection.name, events);
        else this.progressed();
      },
    });
    return { live, fromBus, timed: projection.documents.some(({ deadlines }) => deadlines) };
  }

  private async startProjection(projection: RunningProjection): Promise<void> {
    const { live, timed } = projection;
    await live.start();
    if (!timed) return;
    projection.alarm = startAlarm({
      service: this.name,
      clock: this.engines.clock,
      documents: live.documents(),
      fire: (deadline, envelope) => this.fire(deadline, envelope),
      observer: this.observer,
      report: (error) => this.report("deadlines", error),
    });
  }

  /** What is told of a fault, after which it begins anew. */
  private restarted(what: string): (error: unknown) => void {
    return (error) => {
      this.observer.note(this.name, "restart", what);
      this.report(what, error);
    };
  }

  private async stored(what: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (what === "reactions") return this.reactions!.positions(ids);
    const live = this.liveOf(what);
    if (live.hasDocuments) return live.storedSequences(ids);
    // Entries carry no aggregate's sequence: what was heard is there when everything is that was published until now.
    const heard = ids.map((id) => [id, this.heard.known(publicly(id)) ?? -1] as const);
    const told = heard.filter(([, sequence]) => sequence >= 0);
    return new Map(told.length > 0 && (await live.caughtUp()) ? told : []);
  }

  /** Hears what this service's reactions and projections follow. */
  private startTails(): Promise<Running> {
    const { reactions, projections } = this.definition;
    const followed = [...reactions.map(({ topic }) => topic), ...projections.flatMap(sourcesOf)];
    const topics = [...new Set(followed)].filter((source) => !source.startsWith(`${this.name}.`));
    const { bus, eventStore: store, clock } = this.engines;
    const { name: service, heard } = this;
    return startTails({ service, topics, bus, store, clock, heard, report: this.restarted("tail") });
  }

  private send(
    { aggregate, target, command, numbered }: Reacted,
    envelope: Envelope,
  ): Promise<Outcome<unknown, Coded>> {
    const commands = this.commandsTo(aggregate);
    if (numbered === undefined) return commands.handle(target, command, envelope);
    const year = Number((envelope.occurredAt ?? instant(this.engines.clock)).slice(0, 4));
    const withNumber = async () => ({ ...command, number: await this.number(numbered, year) });
    return commands.handle(target, withNumber, { ...envelope, body: command });
  }

  private async fire({ kind, aggregateId, dueAt }: DeadlineDoc, envelope: Envelope): Promise<void> {
    const found = this.definition.deadlines?.[kind];
    if (!found) throw new RangeError(`${this.name} declares no deadline of kind ${kind}.`);
    const outcome = await this.commandsTo(found.aggregate).handle(aggregateId, found.elapse(dueAt), envelope);
    if (outcome.status !== "refused") return;
    throw new Fault("REACTION_REFUSED", `Deadline ${kind} of ${aggregateId} was refused: ${outcome.refusals[0].code}.`);
  }

  private commandsTo(source: string): AnyCommands {
    const found = this.commandsBySource.get(source);
    if (!found) throw new RangeError(`${this.name} has no aggregate ${source}.`);
    return found;
  }

  private liveOf(projection: string): LiveProjection {
    const found = this.running.get(projection);
    if (!found)
      throw new RangeError(`${this.name} has no projection ${projection}; it has ${this.projections.join(", ")}.`);
    return found.live;
  }

  private reached(what: string, events: readonly Recorded[]): void {
    for (const { aggregateId, sequence } of events) this.settling.reach(what, aggregateId, sequence);
    this.progressed();
  }

  private progressed(): void {
    for (const listener of this.listeners) listener();
  }
}
