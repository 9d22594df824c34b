// What is received is bounded and handed on in order; a checkpoint is handed on only where no event is behind it.
import { describe, expect, it } from "@jest/globals";
import { newEvent } from "@gendan/testing/suites/new-events";
import { Inbox } from "./inbox.js";

const at = (n: number, size = 1) => ({
  event: { ...newEvent(), stream: "s.a-1", revision: n, position: `${n}/${n}` },
  size,
});

const placesIn = (batch: Awaited<ReturnType<Inbox["take"]>>) => [
  batch?.events.map(({ revision }) => revision),
  batch?.to,
];

describe("an inbox", () => {
  it("has room for two batches, and lets go on when one is taken", async () => {
    const inbox = new Inbox(2, () => true);
    expect([1, 2, 3].map((n) => inbox.add(at(n)))).toEqual([undefined, undefined, undefined]);
    let roomy = false;
    const room = inbox.add(at(4))!.then(() => (roomy = true));
    expect(placesIn(await inbox.take())).toEqual([[1, 2], "2/2"]);
    expect(roomy).toBe(false);
    expect(placesIn(await inbox.take())).toEqual([[3, 4], "4/4"]);
    expect(await room).toBe(true);
  });

  it("gathers what comes in one by one, up to a batch", async () => {
    const inbox = new Inbox(4, () => true);
    const addFrom = (n: number): void => {
      void inbox.add(at(n));
      if (n < 6) setImmediate(() => addFrom(n + 1));
    };
    addFrom(1);
    expect(placesIn(await inbox.take())).toEqual([[1, 2, 3, 4], "4/4"]);
    expect(placesIn(await inbox.take())).toEqual([[5, 6], "6/6"]);
  });

  it("has room for eight megabytes", async () => {
    const inbox = new Inbox(500, () => true);
    expect(inbox.add(at(1, 8_000_000))).toBeUndefined();
    const room = inbox.add(at(2, 500_000));
    expect(room).toBeInstanceOf(Promise);
    await inbox.take();
    await room;
    expect(inbox.add(at(3, 8_000_000))).toBeUndefined();
  });

  it("hands on a checkpoint alone when it may and nothing came after it", async () => {
    let may = true;
    const inbox = new Inbox(5, () => may);
    inbox.addCheckpoint("5/5");
    void inbox.add(at(6));
    inbox.addCheckpoint("7/7");
    inbox.addCheckpoint("8/8");
    expect(placesIn(await inbox.take())).toEqual([[6], "6/6"]);
    expect(placesIn(await inbox.take())).toEqual([[], "8/8"]);
    may = false;
    inbox.addCheckpoint("9/9");
    const next = inbox.take();
    void inbox.add(at(10));
    expect(placesIn(await next)).toEqual([[10], "10/10"]);
  });

  it("gives what it has before it says why no more comes", async () => {
    const inbox = new Inbox(5, () => true);
    void inbox.add(at(1));
    const room = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => inbox.add(at(n))).at(-1);
    inbox.close({ error: new Error("dropped") });
    inbox.close({});
    await room;
    expect((await inbox.take())?.events).toHaveLength(5);
    expect((await inbox.take())?.events).toHaveLength(5);
    await expect(inbox.take()).rejects.toThrow("dropped");
    const stopped = new Inbox(5, () => true);
    const waiting = stopped.take();
    stopped.close({});
    expect(await waiting).toBeUndefined();
  });
});
