// How long one request may take, over everything that is asked for it.

/** Runs from its making. Whoever makes it clears it when the request is answered. */
export class Deadline {
  private readonly end: number;
  private readonly reached = Promise.withResolvers<void>();
  private readonly timer: NodeJS.Timeout;
  private isOver = false;

  /** `ms` is positive, and at most 2^31 − 1, which timers take. */
  constructor(ms: number) {
    this.end = performance.now() + ms;
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.reached.resolve();
    }, ms);
  }

  /**
   * The rest of the time, in milliseconds; 0 when it is over. Timers count whole milliseconds and fire up to one early: what
   * they ended stays ended, whatever the clock says.
   */
  get leftMs(): number {
    return this.isOver ? 0 : Math.max(0, this.end - performance.now());
  }

  /** Called when the time is over, unless it was cleared before. */
  whenOver(callback: () => void): void {
    void this.reached.promise.then(callback);
  }

  /** `answer`, or what `late` says when the time is over before it comes. */
  bound<T>(answer: Promise<T>, late: () => T): Promise<T> {
    return Promise.race([answer, this.reached.promise.then(late)]);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
