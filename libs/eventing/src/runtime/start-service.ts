// The composition of a running service: commands, relay, projections, reactions, deadlines, each from its declaration.
import { Fault, isFault } from "../faults.js";
import { instant } from "../ports/clock.js";
import type { DocumentUnit } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import { busFeed, logFeed, type Recorded } from "../read/feed.js";
import { LiveProjection } from "../read/projections.js";
import { readParked, reasonOf } from "../read/parked.js";
import { Waiters } from "../read/waiters.js";
import { Reactor } from "../react/reactor.js";
import { RELAY, startRelay } from "../relay/relay.js";
import { startAlarm, type Alarm } from "../time/alarm.js";
import type { Aggregate, Coded, Typed } from "../write/aggregate.js";
import { commandsOf, parseSettleToken } from "../write/commands.js";
import { numbersOf } from "../write/numbers.js";
import { newId } from "../ids.js";
import { openOperational, readStarted, writeStarted } from "./operational.js";
import type { Commands, Engines, Service, ServiceDefinition } from "./service.js";
import { supervise, type Supervised } from "./supervise.js";

type AnyCommands = Commands<unknown, Typed, Coded>;

export interface StartOptions {
  /** Told of faults that are being recovered from; one line each, no personal data. */
  readonly report?: (what: string, error: unknown) => void;
}

/** Starts a service on its engines; resolved when commands and queries can be taken. Engines are closed by who opened them. */
export async function startService(
  definition: ServiceDefinition,
  engines: Engines,
  options: StartOptions = {},
): Promise<Service> {
  const { name, aggregates } = definition;
  const { eventStore: store, bus, documents, clock } = engines;
  const report = options.report ?? ((): void => undefined);
  const progress = new Set<() => void>();
  const progressed = (): void => progress.forEach((listener) => listener());
  const applied = new Waiters();
  const commands = new Map<string, AnyCommands>(
    aggregates.map((aggregate) => [
      `${aggregate.service}.${aggregate.name}`,
      commandsOf(aggregate, { store, clock }) as unknown as AnyCommands,
    ]),
  );
  const number = numbersOf(name, store, clock);
  const operational = await openOperational(engines.operational);
  const lease = aggregates.length > 0 ? await engines.operational.lease("relay", newId()) : undefined;

  const projections = new Map<
    string,
    { readonly live: LiveProjection; readonly fromBus: boolean; readonly alarm: Alarm | undefined }
  >();
  for (const projection of definition.projections) {
    const sources = [
      ...projection.documents.map(({ source }) => source),
      ...(projection.entries ?? []).flatMap((entry) => entry.sources),
    ];
    const fromBus = !sources.every((source) => source.startsWith(`${name}.`));
    const feed = fromBus ? busFeed(bus, [...new Set(sources)], definition.readPublic) : logFeed(store, aggregates);
    let alarm: Alarm | undefined;
    const live = await LiveProjection.start({
      service: name,
      projection,
      feed,
      store: documents,
      clock,
      report: (error) => report(`projection ${projection.name}`, error),
      progressed(events) {
        if (fromBus)
          for (const event of events) applied.reach(`${projection.name}/${event.aggregateId}`, event.sequence);
        alarm?.wake();
        progressed();
      },
    });
    if (projection.documents.some(({ deadlines }) => deadlines)) alarm = startDeadlines(live);
    projections.set(projection.name, { live, fromBus, alarm });
  }

  function startDeadlines(live: LiveProjection): Alarm {
    return startAlarm({
      service: name,
      clock,
      documents: live.documents(),
      report: (error) => report("deadlines", error),
      async fire({ kind, aggregateId, dueAt }, envelope) {
        const found = definition.deadlines?.[kind];
        if (!found) throw new RangeError(`No deadline of kind ${kind} is declared.`);
        const outcome = await commands.get(found.aggregate)!.handle(aggregateId, found.elapse(dueAt), envelope);
        if (outcome.status === "refused")
          throw new Fault("REACTION_REFUSED", `Deadline ${kind} was refused: ${outcome.refusals[0].code}.`);
      },
    });
  }

  let relayed: string | undefined = await operational.checkpoint(RELAY);
  const relay = lease
    ? supervise(
        clock,
        (failed, working) =>
          startRelay({
            service: name,
            aggregates,
            store,
            bus,
            unit: operational,
            epoch: lease.epoch,
            failed,
            moved(to) {
              relayed = to;
              working();
              progressed();
            },
          }),
        (error) => report("relay", error),
      )
    : undefined;

  const reactions = await startReactions();

  async function startReactions(): Promise<{
    current: () => Reactor | undefined;
    running: Supervised | undefined;
    paused: boolean;
  }> {
    if (definition.reactions.length === 0) return { current: () => undefined, running: undefined, paused: false };
    const started = await readStarted(operational);
    if (!started && (await store.head()) !== undefined)
      return { current: () => undefined, running: undefined, paused: true };
    const topics = [...new Set(definition.reactions.map(({ topic }) => topic))];
    const feed = busFeed(bus, topics, definition.readPublic);
    const all = definition.reactions.map((reaction) => reaction.name);
    let reactor: Reactor | undefined;
    const group = `${name}.reactions`;
    const running = supervise(
      clock,
      async (failed, working): Promise<Running> => {
        reactor = await Reactor.over({
          service: name,
          reactions: definition.reactions,
          feed,
          unit: operational,
          clock,
          send({ aggregate, target, command, numbered }, envelope) {
            const found = commands.get(aggregate);
            if (!found) throw new RangeError(`No aggregate ${aggregate} in ${name}.`);
            if (numbered === undefined) return found.handle(target, command, envelope);
            const year = Number((envelope.occurredAt ?? instant(clock)).slice(0, 4));
            const withNumber = async (): Promise<Typed> =>
              ({ ...command, number: await number(numbered, year) }) as Typed;
            return found.handle(target, withNumber, envelope);
          },
          applied(events: readonly Recorded[]) {
            for (const event of events) applied.reach(`reactions/${event.aggregateId}`, event.sequence);
            progressed();
          },
          ...(started?.skipBefore === undefined ? {} : { skipBefore: started.skipBefore }),
        });
        const late = started
          ? definition.reactions.filter((reaction) => !started.reactions.includes(reaction.name))
          : [];
        const withHistory = late.filter((reaction) => reaction.startsWith === "history");
        if (withHistory.length > 0) await reactor.replayHistory(group, withHistory);
        if (!started || late.length > 0) await writeStarted(operational, { ...started, reactions: all });
        return reactor.follow(group, failed, working);
      },
      (error) => report("reactions", error),
    );
    return {
      current: () => reactor,
      running,
      paused: false,
    };
  }

  const documentsOf = (projection: string): LiveProjection => {
    const found = projections.get(projection);
    if (!found)
      throw new RangeError(`${name} has no projection ${projection}; it has ${[...projections.keys()].join(", ")}.`);
    return found.live;
  };

  return {
    name,
    engines,
    commands<State, Command extends Typed, Event extends Typed, Refusal extends Coded>(
      aggregate: Aggregate<State, Command, Event, Refusal>,
    ) {
      return commands.get(`${aggregate.service}.${aggregate.name}`) as unknown as Commands<State, Command, Refusal>;
    },
    documents: (projection) => documentsOf(projection).documents(),
    number,
    async settled(token, waitMs) {
      const parsed = parseSettleToken(token);
      if (!parsed || parsed.sequence < 0) return parsed !== undefined;
      const { aggregateId, sequence } = parsed;
      const reached = async (what: string, stored: () => Promise<number>): Promise<boolean> =>
        (applied.known(`${what}/${aggregateId}`) ?? (await stored())) >= sequence ||
        applied.wait(`${what}/${aggregateId}`, sequence, waitMs);
      const waits: Promise<boolean>[] = [];
      const reactor = reactions.current();
      if (definition.reactions.length > 0)
        waits.push(reached("reactions", async () => reactor?.position(aggregateId) ?? -1));
      for (const [projection, { live, fromBus }] of projections) {
        if (fromBus) waits.push(reached(projection, () => live.storedSequence(aggregateId)));
      }
      return (await Promise.all(waits)).every(Boolean);
    },
    async verify(report = () => undefined, limit = 100) {
      let checked = 0;
      const differences = [];
      for (const { live } of projections.values()) {
        const result = await live.verify(report, limit - differences.length);
        checked += result.checked;
        differences.push(...result.differences);
      }
      return { checked, differences };
    },
    rebuild: (projection, report) => documentsOf(projection).rebuild(report),
    async parked() {
      const folded = await Promise.all([...projections.values()].map(({ live }) => live.parked()));
      const reacted = (await readParked(operational)).map(({ doc: { recorded, reason, since } }) => {
        const { aggregateId, sequence, type } = recorded;
        return { where: `${name}/reactions`, aggregateId, sequence, type, reason, since };
      });
      return [...folded.flat(), ...reacted];
    },
    async redrive() {
      let [redriven, parked] = [0, 0];
      for (const one of [...[...projections.values()].map(({ live }) => live), reactions.current()]) {
        const result = await one?.redrive();
        redriven += result?.redriven ?? 0;
        parked += result?.parked ?? 0;
      }
      return { redriven, parked };
    },
    async resumeReactions(from) {
      if (!reactions.paused) return;
      await writeStarted(operational, {
        reactions: definition.reactions.map((reaction) => reaction.name),
        skipBefore: from,
      });
      Object.assign(reactions, await startReactions());
    },
    notReady() {
      const faults = [
        ["relay", relay?.fault()],
        ["reactions", reactions.running?.fault()],
        ...[...projections].map(([projection, { live }]) => [`projection ${projection}`, live.fault()]),
      ].filter(([, fault]) => fault !== undefined);
      const lines = faults.map(([what, fault]) => `${name}: ${String(what)}: ${reasonOf(fault)}`);
      if (reactions.paused)
        lines.push(
          `${name}: reactions are paused because their positions are lost: gendan reactions resume --service ${name} --from TIME`,
        );
      return lines;
    },
    async caughtUp() {
      const head = await store.head();
      if (relay && head !== undefined && (relayed === undefined || store.compare(relayed, head) < 0)) return false;
      for (const { live } of projections.values()) if (!(await live.caughtUp())) return false;
      const reactor = reactions.current();
      if (!reactor) return definition.reactions.length === 0 || reactions.paused;
      return reactor.caughtUp();
    },
    onProgress(listener) {
      progress.add(listener);
      return () => progress.delete(listener);
    },
    async stop() {
      await reactions.running?.stop();
      await relay?.stop();
      for (const { live, alarm } of projections.values()) {
        await alarm?.stop();
        await live.stop();
      }
      applied.close();
      await closeQuietly(operational);
      await lease?.release();
    },
  };
}

async function closeQuietly(unit: DocumentUnit): Promise<void> {
  try {
    await unit.close();
  } catch (error) {
    if (!isFault(error, "CLOSED")) throw error;
  }
}
