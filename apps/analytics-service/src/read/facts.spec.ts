// Whatever the bus repeats and however it mixes the keys, the same facts and the same sums come out.
import { describe, expect, test } from "@jest/globals";
import type { CellSum, Contribution, Happened } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import fc from "fast-check";
import { Analytics, told } from "../spec.js";
import { facts } from "./facts.js";
import {
  answered,
  confirmed,
  corrected,
  delivered,
  event,
  id,
  issueOpened,
  paid,
  received,
  scope,
  shipped,
} from "./spec.js";

const owners = [scope("cn/east", "li"), scope("cn/west", "wu"), scope("eu")];
const owner = fc.constantFrom(...owners);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-0${1 + (n % 4)}-${String(n).padStart(2, "0")}`);

/** What can happen to the n-th order, in any order that chance makes of it. */
const happenings = (n: number): fc.Arbitrary<PublicEvent> => {
  const orderId = id("order", n);
  const amounts = fc.tuple(fc.constantFrom("shoes", "hats", undefined), fc.nat(5_000), fc.nat(500));
  return fc.oneof(
    owner.map((who) => confirmed(n, who)),
    fc.array(amounts, { minLength: 1, maxLength: 3 }).map((lines) => corrected(lines, n)),
    fc.constantFrom("Partial" as const, "Full" as const).map((extent) => shipped(n, extent)),
    fc
      .tuple(day, fc.boolean(), fc.constantFrom("Partial" as const, "Full" as const))
      .map(([on, late, delivery]) => delivered(`${on}T10:00:00.000Z`, { order: n, late, delivery })),
    fc.nat(9_000).map((minor) => paid(minor, "CNY", n)),
    fc.constantFrom<string[]>(["stock"], ["stock", "credit"], []).map((holds) => event("order.hold.placed", { orderId, hold: "stock", holds })), // prettier-ignore
    fc.constantFrom<PublicEvent>(
      event("order.verified", { orderId, firstPass: true }),
      event("order.completed", { orderId }),
      event("order.cancelled", { orderId, reason: "noNeed", cancelledBy: "us" }),
    ),
  );
};

const order = (n: number): fc.Arbitrary<Happened<PublicEvent>[]> =>
  fc
    .tuple(owner, day, fc.array(happenings(n), { maxLength: 6 }))
    .map(([who, on, events]) => told(id("order", n), received({ order: n, owner: who, at: `${on}T02:00:00.000Z` }), ...events)); // prettier-ignore

const issue = (n: number): fc.Arbitrary<Happened<PublicEvent>[]> =>
  fc
    .tuple(day, fc.constantFrom("late", undefined), fc.array(fc.constantFrom("weather", "carrier"), { maxLength: 2 }))
    .map(
      ([on, rule, causes]) => // prettier-ignore
    told(id("issue", n), issueOpened(n, on, rule), ...causes.map((cause) => event("issue.cause.confirmed", { issueId: id("issue", n), orderIds: [], cause }))), // prettier-ignore
    );

const answer = (n: number): fc.Arbitrary<Happened<PublicEvent>[]> =>
  fc.tuple(fc.integer({ min: 1, max: 5 }), day, owner).map(([score, on, who]) => told(id("answer", n), answered(score, on, who, n))); // prettier-ignore

const aggregates = fc
  .tuple(order(1), order(2), order(3), issue(1), issue(2), answer(1), answer(2))
  .map((all) => all as readonly Happened<PublicEvent>[][]);

/** First deliveries in order per aggregate, aggregates mixed, any earlier event again at any time; cut into batches. */
function delivery(streams: readonly (readonly Happened<PublicEvent>[])[], seed: number) {
  const next = streams.map(() => 0);
  const batches: Happened<PublicEvent>[][] = [[]];
  let state = seed;
  const choose = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % below;
  };
  while (next.some((place, n) => place < streams[n]!.length)) {
    const open = streams.flatMap((stream, n) => (next[n]! < stream.length ? [n] : []));
    const n = open[choose(open.length)]!;
    const again = choose(3) === 0 && next[n]! > 0;
    batches.at(-1)!.push(streams[n]![again ? choose(next[n]!) : next[n]!++]!);
    if (choose(4) === 0) batches.push([]);
  }
  return [...batches, streams.map((stream) => stream[0]!)];
}

describe("the projection facts", () => {
  test("ends the same however its events come", async () => {
    await fc.assert(
      fc.asyncProperty(aggregates, fc.nat(), async (streams, seed) => {
        await using once = await Analytics.hearing(...streams.flat());
        await using mixed = await Analytics.hearing();
        for (const batch of delivery(streams, seed)) await mixed.hear(batch);
        const expected = await once.everything();
        expect(await mixed.everything()).toEqual(expected);
        await expectSumsOfFacts(once);
      }),
      { seed: 11, numRuns: 40 },
    );
  });
});

/** The cells are the sums of what the facts count for, made anew, by day and by month. */
async function expectSumsOfFacts(analytics: Analytics): Promise<void> {
  const sums = new Map<string, Record<string, bigint>>();
  for (const { collection, contributions } of facts.documents) {
    for (const { doc } of await analytics.facts.scan<object>(collection.name, undefined, 1_000)) {
      for (const each of (contributions?.(doc) ?? []) as readonly Contribution[]) {
        for (const period of [each.day, each.day.slice(0, 7)]) {
          const key = JSON.stringify([each.rollup, period, each.dimension, each.value, each.department, each.currency]);
          const sum = sums.get(key) ?? {};
          for (const [measure, amount] of Object.entries(each.add)) sum[measure] = (sum[measure] ?? 0n) + amount;
          if (each.sample !== undefined) sum[`#${each.sample}`] = (sum[`#${each.sample}`] ?? 0n) + 1n;
          sums.set(key, sum);
        }
      }
    }
  }
  const kept = new Map<string, Record<string, bigint>>();
  for (const { name } of facts.rollups!) {
    for (const { rollup, period, dimension, value, department, currency, ...cell } of await analytics.cells(name)) {
      kept.set(JSON.stringify([rollup, period, dimension, value, department, currency]), measured(cell));
    }
  }
  expect(nonZero(kept)).toEqual(nonZero(sums));
}

const measured = ({ sums, histogram }: Omit<CellSum, "value" | "currency">): Record<string, bigint> => ({
  ...sums,
  ...Object.fromEntries([...(histogram ?? [])].map(([value, count]) => [`#${value}`, BigInt(count)])),
});

const nonZero = (sums: ReadonlyMap<string, Readonly<Record<string, bigint>>>): unknown =>
  Object.fromEntries(
    [...sums].map(([key, sum]) => [key, Object.fromEntries(Object.entries(sum).filter(([, amount]) => amount !== 0n))]),
  );
