// Requests for single things, answered together: while one batch is on its way, the next one gathers.

/** Answers a batch, by what was asked for; what is missing was not found. */
export type AnswerBatch<Answer> = (asked: readonly string[]) => Promise<ReadonlyMap<string, Answer>>;

interface Waiting<Answer> {
  readonly asked: string;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** The most that one request carries. */
const MOST = 1_000;

export class Batch<Answer> {
  private waiting: Waiting<Answer>[] = [];
  private isRunning = false;

  constructor(private readonly answer: AnswerBatch<Answer>) {}

  add(asked: string): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject });
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    await Promise.resolve(); // whoever asks in the same turn is taken along
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST);
      try {
        const answers = await this.answer([...new Set(batch.map(({ asked }) => asked))]);
        for (const { asked, resolve } of batch) resolve(answers.get(asked));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isRunning = false;
  }
}
