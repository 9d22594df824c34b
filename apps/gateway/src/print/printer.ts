// Has papers set in a thread of their own, which begins with the first one and ends when there was none for a while.
import { Worker } from "node:worker_threads";
import type { Paper } from "./paper.js";
import type { PrintDone, PrintJob } from "./render-worker.js";

/** The thread runs what was built, whoever asks. */
const WORKER = new URL(import.meta.url.replace("/src/", "/dist/").replace(/[^/]*$/, "render-worker.js"));
const IDLE_MS = 60_000;

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class Printer {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  /** `timeoutMs`: the longest that somebody waits for a paper. */
  constructor(private readonly timeoutMs: number) {}

  /** The PDF. Rejects where it cannot be set, or not in time; the thread is then a new one. */
  print(paper: Paper): Promise<Uint8Array> {
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.started());
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(new Error("The paper was not set in time.")), this.timeoutMs);
      this.waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ id, paper } satisfies PrintJob);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.fail(new Error("The gateway is stopping."));
    await worker?.terminate();
  }

  private started(): Worker {
    const worker = new Worker(WORKER);
    worker.on("message", (done: PrintDone) => this.answered(done));
    worker.on("error", (error: Error) => {
      if (this.worker === worker) this.fail(error);
    });
    return worker;
  }

  private answered(done: PrintDone): void {
    const waiting = this.waiting.get(done.id);
    if (!waiting) return;
    this.waiting.delete(done.id);
    clearTimeout(waiting.timer);
    if ("bytes" in done) waiting.resolve(done.bytes);
    else waiting.reject(new Error(done.fault));
    if (this.waiting.size === 0) this.idle = setTimeout(() => this.fail(new Error("idle")), IDLE_MS).unref();
  }

  /** Everybody who waits hears of it, and the thread ends. */
  private fail(error: Error): void {
    const { worker } = this;
    this.worker = undefined;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.waiting.clear();
    void worker?.terminate();
  }
}
