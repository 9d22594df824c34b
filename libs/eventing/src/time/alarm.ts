// Fires deadlines: sleeps until the earliest one, and is woken when another one is folded.
import { faultCode } from "../faults.js";
import { uuidFrom } from "../ids.js";
import type { Clock } from "../ports/clock.js";
import type { ColumnValue } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Observer, Watch } from "../ports/observer.js";
import type { Documents } from "../runtime/service.js";
import type { Envelope } from "../write/envelope.js";
import { DEADLINES, deadlineId, type DeadlineDoc } from "./deadline.js";

/** Sleeps at most so long, in milliseconds: how another instance's new deadlines are seen. */
const LONGEST_SLEEP_MS = 30_000;
/** The pause after a deadline could not be fired, in milliseconds. */
const RETRY_MS = 1_000;
/** Deadlines that are read and fired together: their appends share commits. */
const BATCH = 256;

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
export function startAlarm(deps: AlarmDeps): Alarm {
  const alarm = new RunningAlarm(deps);
  alarm.wake();
  return alarm;
}

class RunningAlarm implements Alarm {
  private stopped = false;
  private again = false;
  private running: Promise<void> | undefined;
  private cancel: () => void = () => undefined;
  /** Fired, and not yet removed by the fold: not fired again until their document changes. */
  private fired = new Map<string, string>();
  private readonly watches = new Map<string, Watch>();

  constructor(private readonly deps: AlarmDeps) {}

  wake(): void {
    this.again = true;
    if (this.running || this.stopped) return;
    this.cancel();
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel();
    await this.running;
  }

  private async run(): Promise<void> {
    const { clock, report } = this.deps;
    let next: number;
    do {
      this.again = false;
      try {
        next = await this.sweep();
      } catch (error) {
        if (this.stopped) return;
        report(error);
        next = clock.now() + RETRY_MS;
      }
    } while (this.again && !this.stopped);
    this.running = undefined;
    if (!this.stopped) this.cancel = clock.at(next, () => this.wake());
  }

  /** Fires everything that is due, the earliest first; gives the time of the next look. */
  private async sweep(): Promise<number> {
    const { clock, documents } = this.deps;
    const before = this.fired;
    this.fired = new Map();
    let failed = false;
    let after: { readonly sort: ColumnValue; readonly id: string } | undefined;
    for (;;) {
      const page = { collection: DEADLINES, path: "due", limit: BATCH, ...(after === undefined ? {} : { after }) };
      const { rows, more } = await documents.list<DeadlineDoc>(page);
      const now = clock.now();
      const due = rows.filter(({ doc }) => Date.parse(doc.dueAt) <= now).map(({ doc }) => doc);
      failed = !(await this.fireAll(due, before)) || failed;
      if (this.stopped) return now;
      const next = rows[due.length];
      const latest = now + (failed ? RETRY_MS : LONGEST_SLEEP_MS);
      if (next) return Math.min(Date.parse(next.doc.dueAt), latest);
      if (!more) return latest;
      const { sort, id } = rows.at(-1)!;
      after = { sort, id };
    }
  }

  /** Fires those that were not fired `before`, together; false where one has failed, which keeps no other waiting. */
  private async fireAll(due: readonly DeadlineDoc[], before: ReadonlyMap<string, string>): Promise<boolean> {
    const pending = due.filter(({ kind, aggregateId, dueAt }) => {
      const id = deadlineId(kind, aggregateId);
      if (before.get(id) !== dueAt) return true;
      this.fired.set(id, dueAt);
      return false;
    });
    const outcomes = await Promise.allSettled(pending.map((deadline) => this.fire(deadline)));
    const failures = outcomes.filter((outcome) => outcome.status === "rejected");
    if (!this.stopped) for (const { reason } of failures) this.deps.report(reason);
    return failures.length === 0;
  }

  private async fire(deadline: DeadlineDoc): Promise<void> {
    const { service, fire } = this.deps;
    const { kind, aggregateId, dueAt } = deadline;
    const commandId = uuidFrom("deadline", service, kind, aggregateId, dueAt);
    const work = this.watchOf(kind).begin({ correlation: commandId }, aggregateId);
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
    this.fired.set(deadlineId(kind, aggregateId), dueAt);
  }

  private watchOf(kind: string): Watch {
    const watch = this.watches.get(kind) ?? this.deps.observer.watch(this.deps.service, "deadline", kind);
    this.watches.set(kind, watch);
    return watch;
  }
}
