// The newest entries of a log, kept in memory for followers that are caught up: they need not read what was just written.

/** Bounds: entries, and characters of their stored text (which is what their memory is in proportion to). */
const MAX_ENTRIES = 1_024;
const MAX_CHARACTERS = 2 * 1024 * 1024;

/** A bounded ring of consecutive entries, found by their position. */
export class Recent<Entry> {
  private readonly entries = new Array<Entry | undefined>(MAX_ENTRIES);
  private readonly sizes = new Array<number>(MAX_ENTRIES).fill(0);
  private characters = 0;
  private first: number;
  private next: number;

  /** `last` is the log's last position; what lies at or before it has to be read. */
  constructor(last: number) {
    this.first = this.next = last + 1;
  }

  /** Adds the entry of the next position. */
  push(entry: Entry, size: number): void {
    const slot = this.next++ % MAX_ENTRIES;
    if (this.next - this.first > MAX_ENTRIES) this.forgetFirst();
    this.entries[slot] = entry;
    this.sizes[slot] = size;
    this.characters += size;
    while (this.characters > MAX_CHARACTERS && this.first < this.next) this.forgetFirst();
  }

  /** At most `limit` entries after a position; undefined when they are not (or no longer) here. */
  after(position: number, limit: number): Entry[] | undefined {
    if (position + 1 < this.first) return undefined;
    const end = Math.min(this.next, position + 1 + limit);
    const found: Entry[] = [];
    for (let at = position + 1; at < end; at++) found.push(this.entries[at % MAX_ENTRIES]!);
    return found;
  }

  private forgetFirst(): void {
    const slot = this.first++ % MAX_ENTRIES;
    this.entries[slot] = undefined;
    this.characters -= this.sizes[slot]!;
    this.sizes[slot] = 0;
  }
}
