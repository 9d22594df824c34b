// Finds the consumer that stands still: it lags, has nothing in hand, and nothing moves. The library may stop without a word.

export class Stillness {
  private mark: string | undefined;
  private since = 0;

  constructor(private readonly noProgressMs: number) {}

  /** Whether nothing has moved for too long. `mark` says where the consumer is; `excused` that it has a reason to be there. */
  look(nowMs: number, mark: string, excused: boolean): boolean {
    if (excused || mark !== this.mark) {
      this.mark = mark;
      this.since = nowMs;
      return false;
    }
    return nowMs - this.since >= this.noProgressMs;
  }
}
