import { expect, test } from "@jest/globals";
import { VirtualClock } from "@gendan/testing";
import type { Recorded } from "./feed.js";
import { Lag } from "./lag.js";

const clock = new VirtualClock("2026-11-23T10:00:00.000Z");
const batch = (partition: string, recordedAt: string) => ({
  partition,
  events: [{ meta: { recordedAt } } as unknown as Recorded],
});
const behind =
  (...names: string[]) =>
  () =>
    Promise.resolve({ partitions: ["a", "b"], behind: names });
const away = () => Promise.reject(new Error("away"));

test("nothing behind is no lag, however long ago the last event was", async () => {
  const lag = new Lag(clock);
  clock.advance(60_000);
  expect(await lag.seconds(behind())).toBe(0);
});

test("after a start with much to do it lags as the events that it applies are old", async () => {
  const lag = new Lag(clock);
  lag.reached(batch("a", new Date(clock.now() - 3_600_000).toISOString()));
  expect(await lag.seconds(behind("a"))).toBe(3_600);
  lag.reached(batch("a", new Date(clock.now() - 5_000).toISOString()));
  expect(await lag.seconds(behind("a"))).toBe(5);
  lag.reached({ partition: "a", events: [] });
  expect(await lag.seconds(behind("a"))).toBe(5);
});

test("one partition that stands still is not hidden by one that goes on", async () => {
  const lag = new Lag(clock);
  expect(await lag.seconds(behind())).toBe(0);
  clock.advance(30_000);
  lag.reached(batch("b", new Date(clock.now()).toISOString()));
  expect(await lag.seconds(behind("a"))).toBe(30);
  expect(await lag.seconds(behind("a", "b"))).toBe(30);
});

test("while the engines are away it grows, also where nothing was ever heard of them", async () => {
  const fresh = new Lag(clock);
  const lag = new Lag(clock);
  await lag.seconds(behind());
  clock.advance(10_000);
  expect(await lag.seconds(away)).toBe(10);
  expect(await fresh.seconds(away)).toBe(10);
  clock.advance(10_000);
  expect(await lag.seconds(away)).toBe(20);
  expect(await lag.seconds(behind())).toBe(0);
});

test("engines that do not answer are not waited for", async () => {
  const lag = new Lag(clock);
  clock.advance(2_000);
  expect(await lag.seconds(() => new Promise(() => undefined))).toBe(2);
});
