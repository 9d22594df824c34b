// A bounded map that forgets what was used longest ago, roughly: whole halves at once, so that a look-up stays a look-up.

export class Lru<Value> {
  private readonly half: number;
  private recent = new Map<string, Value>();
  private older = new Map<string, Value>();

  /** Keeps at most `bound` entries, and at least the half of them that was used last. */
  constructor(bound: number) {
    this.half = Math.max(1, Math.floor(bound / 2));
  }

  get(key: string): Value | undefined {
    const value = this.recent.get(key);
    if (value !== undefined) return value;
    const old = this.older.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: Value): void {
    if (this.recent.size >= this.half && !this.recent.has(key)) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, value);
  }

  delete(key: string): void {
    this.recent.delete(key);
    this.older.delete(key);
  }

  clear(): void {
    this.recent.clear();
    this.older.clear();
  }
}
