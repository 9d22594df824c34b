import { expect, test } from "@jest/globals";
import { pauseAfter } from "./pace.js";

test("small batches of an idle process are followed at once, larger ones after twice their time, at most ten milliseconds", async () => {
  await new Promise((resolve) => setTimeout(resolve, 150)); // the event loop rests
  expect(pauseAfter(1, 1)).toBe(0);
  expect(pauseAfter(8, 2)).toBe(4);
  expect(pauseAfter(8, 50)).toBe(10);
});

test("a process without time left waits for more to come", () => {
  pauseAfter(3, 1);
  const until = performance.now() + 400;
  while (performance.now() < until) Math.sqrt(until);
  expect(pauseAfter(3, 1)).toBe(20);
  expect(pauseAfter(1, 1)).toBe(0);
});
