// Taking partitions over: epochs only rise, and the offset to begin at is what was answered.
import { describe, expect, it } from "@jest/globals";
import type { Position } from "@gendan/eventing";
import type { Committed, TopicPartition } from "./group.js";
import { nextEpoch, startOffset, takeOver, type TakeOverDeps } from "./take-over.js";

const membership = { groupId: "g", memberId: "m", generation: 3 };
const partitions: TopicPartition[] = [{ topic: "t", number: 0 }];
const now = Date.parse("2026-11-23T10:00:00.000Z");
const seconds = now / 1_000;
const errorOf = (type: string) => Object.assign(new Error(type), { type });

function given(committed?: Committed, answers: Partial<TakeOverDeps> = {}, commits: (Error | undefined)[] = []) {
  const seen: string[] = [];
  const deps: TakeOverDeps = {
    coordinator: {
      committed: async () => new Map(committed ? [["t/0", committed]] : []),
      commit: async (_, [{ offset, epoch } = { offset: -1n, epoch: -1 }]) => {
        seen.push(`commit ${offset} epoch ${epoch}`);
        const error = commits.shift();
        if (error) throw error;
      },
    },
    bounds: async () => new Map([["t/0", { first: 5n, next: 20n }]]),
    startAt: async (partition, epoch) => {
      seen.push(`ask ${partition} epoch ${epoch}`);
      return "9";
    },
    reached: new Map(),
    current: () => true,
    now: () => now,
    headPatienceMs: 0,
    ...answers,
  };
  return { seen, taken: () => takeOver(deps, membership, partitions) };
}

describe("an epoch", () => {
  it("is above the one before and no less than the clock's seconds", () => {
    expect(nextEpoch(undefined, now)).toBe(seconds);
    expect(nextEpoch(seconds - 5, now)).toBe(seconds);
    expect(nextEpoch(seconds, now)).toBe(seconds + 1);
    expect(nextEpoch(seconds + 100, now)).toBe(seconds + 101); // another process's clock is ahead
  });
});

describe("where to start", () => {
  const bounds = { first: 5n, next: 20n };
  it.each<[Position, bigint | undefined, bigint | undefined, bigint]>([
    ["first", undefined, 9n, 5n],
    ["next", undefined, 9n, 20n],
    ["9007199254740993", undefined, undefined, 9007199254740994n],
    // After a rebalance "next" goes on where the group was, without a gap.
    ["next", 12n, undefined, 12n],
    ["next", 12n, 15n, 15n],
    ["next", 12n, 9n, 12n],
  ])("is at %s, been at %s, committed %s: %s", (answer, reached, committed, offset) => {
    expect(startOffset(answer, bounds, reached, committed)).toBe(offset);
  });

  it.each(["", "-1", "1.5", "x", "12345678901234567890"])("is refused for %j, which is no position", (position) => {
    expect(() => startOffset(position, bounds, undefined, undefined)).toThrow(
      expect.objectContaining({ code: "STORE_REFUSED" }),
    );
  });
});

describe("taking over", () => {
  it("writes the epoch before it asks where to start", async () => {
    const { seen, taken } = given({ offset: 8n, epoch: seconds + 1 });
    expect(await taken()).toEqual([{ topic: "t", number: 0, partition: "t/0", epoch: seconds + 2, next: 10n }]);
    expect(seen).toEqual([`commit 8 epoch ${seconds + 2}`, `ask t/0 epoch ${seconds + 2}`]);
  });

  it("asks nothing when its generation is over", async () => {
    const { seen, taken } = given(undefined, {}, [errorOf("ILLEGAL_GENERATION")]);
    expect(await taken()).toBeUndefined();
    expect(seen).toEqual([`commit 5 epoch ${seconds}`]);
  });

  it("waits for a coordinator that has just started", async () => {
    const { seen, taken } = given(undefined, {}, [errorOf("GROUP_LOAD_IN_PROGRESS")]);
    expect(await taken()).toMatchObject([{ next: 10n }]);
    expect(seen).toHaveLength(3);
  });

  it("fails with what the broker or the answer has failed with", async () => {
    await expect(given(undefined, {}, [new Error("away")]).taken()).rejects.toThrow("away");
    const startAt = () => Promise.reject(errorOf("ILLEGAL_GENERATION")); // the consumer's own affair, whatever it is called
    await expect(given(undefined, { startAt }).taken()).rejects.toThrow("ILLEGAL_GENERATION");
  });

  it("waits for a leader that does not show its last messages yet", async () => {
    const shown = [20n, 20n, 30n];
    const bounds = async () => new Map([["t/0", { first: 0n, next: shown.shift()! }]]);
    const { taken } = given(undefined, { bounds, startAt: async () => "29", headPatienceMs: 5_000 });
    expect(await taken()).toMatchObject([{ next: 30n }]);
    expect(shown).toEqual([]);
  });

  it.each([
    ["19", undefined],
    ["20", "older copy"],
    ["4", undefined],
    ["3", "earlier messages were deleted"],
  ])("after %s is refused where the topic does not have what follows", async (position, reason) => {
    const taking = given(undefined, { startAt: async () => position }).taken();
    if (reason === undefined) expect(await taking).toHaveLength(1);
    else
      await expect(taking).rejects.toMatchObject({ code: "STORE_REFUSED", message: expect.stringContaining(reason) });
  });
});
