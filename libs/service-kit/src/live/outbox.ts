// What a subscriber has not taken yet: of each id the newest change alone, and a bounded number of ids.
import { Fault } from "@gendan/eventing";

/** Taken at the reader's own pace; whoever puts never waits. */
export class Outbox<Item> implements AsyncIterableIterator<Item> {
  private readonly kept = new Map<string, Item>();
  private readonly waiting: PromiseWithResolvers<IteratorResult<Item>>[] = [];
  private over: { readonly fault?: unknown } | undefined;

  /** `left` is called once, when nobody takes from it any more or nothing more comes. */
  constructor(
    private readonly most: number,
    private readonly left: () => void,
  ) {}

  /** Whether nothing comes any more. */
  get isOver(): boolean {
    return this.over !== undefined;
  }

  /** Keeps the item in the place of an earlier one of the same id, behind everything else. */
  put(id: string, item: Item): void {
    if (this.over) return;
    const taker = this.waiting.shift();
    if (taker) return taker.resolve({ done: false, value: item });
    this.kept.delete(id);
    this.kept.set(id, item);
    if (this.kept.size > this.most) this.fail(tooSlow(this.most));
  }

  /** Nothing comes after what is kept. */
  end(): void {
    this.close({});
  }

  /** What is kept is given up; whoever takes next gets the fault. */
  fail(fault: unknown): void {
    this.kept.clear();
    this.close({ fault });
  }

  next(): Promise<IteratorResult<Item>> {
    const [first] = this.kept;
    if (first) {
      this.kept.delete(first[0]);
      return Promise.resolve({ done: false, value: first[1] });
    }
    if (!this.over) {
      const taker = Promise.withResolvers<IteratorResult<Item>>();
      this.waiting.push(taker);
      return taker.promise;
    }
    const { fault } = this.over;
    this.over = {};
    return fault === undefined ? Promise.resolve(nothing) : Promise.reject(fault as Error);
  }

  return(): Promise<IteratorResult<Item>> {
    this.kept.clear();
    this.close({});
    return Promise.resolve(nothing);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private close(over: { readonly fault?: unknown }): void {
    if (this.over) return;
    const [first, ...others] = this.waiting.splice(0);
    // Whoever waits already gets the fault, and nobody after that.
    this.over = first ? {} : over;
    if (first && over.fault !== undefined) first.reject(over.fault);
    else first?.resolve(nothing);
    for (const taker of others) taker.resolve(nothing);
    this.left();
  }
}

const nothing = { done: true, value: undefined } as const;

const tooSlow = (most: number): Fault =>
  new Fault(
    "SLOW_READER",
    `More than ${most} things have changed that were not taken: read them again, and subscribe.`,
  );

/** Each item as `map` makes it. Ends at once when it is told to, also while the next item is waited for. */
export function mapped<Item, Other>(
  items: AsyncIterableIterator<Item>,
  map: (item: Item) => Other,
): AsyncIterableIterator<Other> {
  const other = ({ done, value }: IteratorResult<Item>): IteratorResult<Other> =>
    done ? nothing : { done: false, value: map(value) };
  return {
    next: async () => other(await items.next()),
    return: async () => {
      await items.return?.();
      return nothing;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
