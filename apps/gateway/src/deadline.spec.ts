import { expect, test } from "@jest/globals";
import { Deadline } from "./deadline.js";

test("a deadline that says that it is over has no time left, though timers may fire within the millisecond before", async () => {
  const left: number[] = [];
  let isBusy = true; // an idle loop sleeps through that millisecond
  const spin = (): void => void (isBusy && setImmediate(spin));
  spin();
  for (let count = 0; count < 100; count++) {
    const begin = performance.now() + (count % 10) / 10;
    while (performance.now() < begin); // so that they begin at every part of a millisecond
    const deadline = new Deadline(1);
    await new Promise<void>((resolve) => deadline.whenOver(resolve));
    left.push(deadline.leftMs);
  }
  isBusy = false;
  expect(left.filter((each) => each > 0)).toEqual([]);
});

test("a deadline that was cleared says nothing", async () => {
  const deadline = new Deadline(5);
  let isOver = false;
  deadline.whenOver(() => (isOver = true));
  deadline.clear();
  const other = new Deadline(20);
  await other.bound(new Promise<never>(() => undefined), () => undefined);
  expect([isOver, deadline.leftMs]).toEqual([false, 0]);
});
