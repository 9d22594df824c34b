import { EventEmitter } from "node:events";
import { expect, jest, test } from "@jest/globals";
import type { FastifyReply } from "fastify";
import { unlessIdle } from "./unless-idle.js";

function replyOf() {
  const raw = Object.assign(new EventEmitter(), { closed: false, destroy: jest.fn() });
  return { raw, reply: { raw } as unknown as FastifyReply };
}
async function* parts() {
  yield 1;
  await Promise.resolve();
  yield 2;
}

test("who reads on is given all, and is not let go when it is over", async () => {
  jest.useFakeTimers();
  const { raw, reply } = replyOf();
  const got: number[] = [];
  for await (const part of unlessIdle(parts(), reply, 100)) got.push(part);
  raw.emit("close");
  jest.advanceTimersByTime(1_000);
  expect(got).toEqual([1, 2]);
  expect(raw.destroy).not.toHaveBeenCalled();
});

test.each([
  ["a part", 1],
  ["the end", 3],
])("who does not take %s is let go", async (_, taken) => {
  jest.useFakeTimers();
  const { raw, reply } = replyOf();
  const reading = unlessIdle(parts(), reply, 100);
  for (let turn = 0; turn < taken; turn += 1) await reading.next();
  jest.advanceTimersByTime(99);
  expect(raw.destroy).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(raw.destroy).toHaveBeenCalledTimes(1);
});
