import { describe, expect, test } from "@jest/globals";
import { mapped, Outbox } from "./outbox.js";

const opened = (most = 10) => {
  const left = { times: 0 };
  return { left, outbox: new Outbox<string>(most, () => void (left.times += 1)) };
};
const rest = async (outbox: AsyncIterableIterator<string>): Promise<string[]> => {
  const items: string[] = [];
  for await (const item of outbox) items.push(item);
  return items;
};

describe("what a reader has not taken", () => {
  test("is kept in order, of each id the newest alone, behind what came before it", async () => {
    const { outbox } = opened();
    outbox.put("a", "a1");
    outbox.put("b", "b1");
    outbox.put("a", "a2");
    outbox.end();
    expect(await rest(outbox)).toEqual(["b1", "a2"]);
  });

  test("goes at once to a reader who waits", async () => {
    const { outbox } = opened();
    const next = outbox.next();
    outbox.put("a", "a1");
    expect(await next).toEqual({ done: false, value: "a1" });
  });

  test("is given up beyond the bound, with a code, and the reader is left", async () => {
    const { outbox, left } = opened(2);
    for (const id of ["a", "b", "c"]) outbox.put(id, id);
    expect(left.times).toBe(1);
    await expect(outbox.next()).rejects.toMatchObject({ code: "SLOW_READER" });
    expect(await outbox.next()).toEqual({ done: true, value: undefined });
  });

  test("is nothing after the end", async () => {
    const { outbox, left } = opened();
    outbox.put("a", "a1");
    outbox.end();
    outbox.put("b", "b1");
    expect([await rest(outbox), left.times, outbox.isOver]).toEqual([["a1"], 1, true]);
  });
});

test("whoever goes while waiting is answered, and leaves once", async () => {
  const { outbox, left } = opened();
  const shouted = mapped(outbox, (item) => item.toUpperCase());
  const next = shouted.next();
  await shouted.return!();
  await shouted.return!();
  expect([await next, left.times]).toEqual([{ done: true, value: undefined }, 1]);
});

test("a fault meets whoever waits", async () => {
  const { outbox } = opened();
  const next = outbox.next();
  outbox.fail(new Error("lost"));
  await expect(next).rejects.toThrow("lost");
});
