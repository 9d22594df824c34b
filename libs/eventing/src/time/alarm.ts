// Fires deadlines: sleeps until the earliest one, and is woken when another one is folded.
import { faultCode } from "../faults.js";
import { uuidFrom } from "../ids.js";
import type { Clock } from "../ports/clock.js";
import type { Running } from "../ports/event-store.js";
import type { Observer, Watch } from "../ports/observer.js";
import type { Documents } from "../runtime/service.js";
import type { Envelope } from "../write/envelope.js";
import { DEADLINES, deadlineId, type DeadlineDoc } from "./deadline.js";

/** Sleeps at most so long, in milliseconds: how another instance's new deadlines are seen. */
const LONGEST_SLEEP_MS = 30_000;
/** The pause after a deadline could not be fired, in milliseconds. */
const RETRY_MS = 1_000;
const BATCH = 64;

export interface AlarmDeps {
  readonly service: string;
  readonly clock: Clock;
  /** The live generation's documents. */
  readonly documents: Pick<Documents, "list">;
  /** Sends the command of a deadline to its aggregate; a superseded one changes nothing. */
  readonly fire: (deadline: DeadlineDoc, envelope: Envelope) => Promise<void>;
  readonly report: (error: unknown) => void;
  readonly observer: Observer;
}

export interface Alarm extends Running {
  /** A deadline may have changed. */
  wake(): void;
}

/** Fires at least once; the command's id derives from the deadline, so that its effect is one. */
export function startAlarm({ service, clock, documents, fire, report, observer }: AlarmDeps): Alarm {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;
  let cancel: () => void = () => undefined;
  /** Fired, and not yet removed by the fold: not fired again until their document changes. */
  const fired = new Map<string, string>();
  const watches = new Map<string, Watch>();

  function watchOf(kind: string): Watch {
    const watch = watches.get(kind) ?? observer.watch(service, "deadline", kind);
    watches.set(kind, watch);
    return watch;
  }

  async function fireOne(deadline: DeadlineDoc): Promise<void> {
    const { kind, aggregateId, dueAt } = deadline;
    const commandId = uuidFrom("deadline", service, kind, aggregateId, dueAt);
    const work = watchOf(kind).begin({ correlation: commandId }, aggregateId);
    try {
      await fire(deadline, {
        commandId,
        actor: { kind: "service", id: service },
        occurredAt: dueAt,
        causedBy: "deadline",
        correlation: commandId,
        ...(work.traceparent === undefined ? {} : { traceparent: work.traceparent }),
      });
      work.end("fired", 1);
    } catch (error) {
      work.end("fault", 0, faultCode(error));
      throw error;
    }
    fired.set(deadlineId(kind, aggregateId), dueAt);
  }

  async function round(): Promise<number> {
    const { rows } = await documents.list<DeadlineDoc>({
      collection: DEADLINES,
      path: "due",
      limit: BATCH + fired.size,
    });
    const pending = rows
      .map(({ doc }) => doc)
      .filter((doc) => fired.get(deadlineId(doc.kind, doc.aggregateId)) !== doc.dueAt);
    if (rows.length === 0) fired.clear();
    const now = clock.now();
    const due = pending.filter(({ dueAt }) => Date.parse(dueAt) <= now);
    for (const deadline of due) await fireOne(deadline);
    const next = pending.find(({ dueAt }) => Date.parse(dueAt) > now);
    if (due.length === BATCH) return now;
    return Math.min(next ? Date.parse(next.dueAt) : Infinity, now + LONGEST_SLEEP_MS);
  }

  async function run(): Promise<void> {
    let next: number;
    do {
      again = false;
      try {
        next = await round();
      } catch (error) {
        if (stopped) return;
        report(error);
        next = clock.now() + RETRY_MS;
      }
    } while (again && !stopped);
    running = undefined;
    if (!stopped) cancel = clock.at(next, wake);
  }

  function wake(): void {
    again = true;
    if (running || stopped) return;
    cancel();
    running = run();
  }

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
