// Group commit: whatever is asked for in one turn of the event loop shares one transaction, because COMMIT is most of the cost.
import { Fault } from "@gendan/eventing";

interface Waiting<Work, Answer> {
  readonly work: Work;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: unknown) => void;
}

/** Commits a batch in one transaction. A Fault among the answers refuses that one alone; throwing refuses the whole batch. */
export type CommitBatch<Work, Answer> = (batch: readonly Work[]) => readonly (Answer | Fault)[];

/** The most that one transaction carries, so that a flood does not stop the event loop for long. */
const MAX_BATCH = 1_000;
/** A lone caller is served at once, without a turn of the event loop (5 % faster), so often in a row; then others get a chance. */
const AT_ONCE_IN_A_ROW = 32;

/** A queue in front of a synchronous transaction. First come, first served. */
export class GroupCommit<Work, Answer> {
  private waiting: Waiting<Work, Answer>[] = [];
  private scheduled = false;
  private closed = false;
  /** Whether the last turn had a single caller: then the next one probably has, too. */
  private alone = true;
  private atOnce = 0;

  constructor(
    private readonly name: string,
    private readonly commit: CommitBatch<Work, Answer>,
  ) {}

  /** Resolved when the work is committed, with its answer. */
  add(work: Work): Promise<Answer> {
    if (this.closed) return Promise.reject(new Fault("CLOSED", `${this.name} is closed.`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ work, resolve, reject });
      if (!this.scheduled) this.schedule();
    });
  }

  /** Commits what waits and takes nothing more. */
  close(): void {
    this.closed = true;
    while (this.waiting.length > 0) this.flush();
  }

  private schedule(): void {
    this.scheduled = true;
    if (this.alone && this.atOnce < AT_ONCE_IN_A_ROW) queueMicrotask(this.flushIfAlone);
    else setImmediate(this.flushTurn);
  }

  private readonly flushIfAlone = (): void => {
    if (this.waiting.length > 1) {
      setImmediate(this.flushTurn);
      return;
    }
    this.atOnce++;
    this.scheduled = false;
    this.flush();
  };

  private readonly flushTurn = (): void => {
    this.alone = this.waiting.length <= 1;
    this.atOnce = 0;
    this.scheduled = false;
    this.flush();
    if (this.waiting.length > 0 && !this.scheduled) this.schedule();
  };

  private flush(): void {
    const all = this.waiting;
    const batch = all.length > MAX_BATCH ? all.slice(0, MAX_BATCH) : all;
    this.waiting = all.length > MAX_BATCH ? all.slice(MAX_BATCH) : [];
    let answers: readonly (Answer | Fault)[];
    try {
      answers = this.commit(batch.map((each) => each.work));
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers[index]!;
      if (answer instanceof Fault) reject(answer);
      else resolve(answer);
    });
  }
}
