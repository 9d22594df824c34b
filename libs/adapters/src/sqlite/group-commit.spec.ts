// Who shares a commit with whom, and that nobody waits for ever.
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { Fault } from "@gendan/eventing";
import { GroupCommit } from "./group-commit.js";

/** Remembers its batches and answers each work with itself, doubled; a negative one is refused. */
function start() {
  const batches: number[][] = [];
  const commits = new GroupCommit<number, number>("It", (batch) => {
    batches.push([...batch]);
    if (batch.includes(0)) throw new Error("all");
    return batch.map((each) => (each < 0 ? new Fault("STORE_REFUSED", "one") : 2 * each));
  });
  return { commits, batches };
}

describe("group commit", () => {
  it("commits what comes in one turn together, in order, each with its own answer", async () => {
    const { commits, batches } = start();
    const results = await Promise.allSettled([1, -2, 3].map((each) => commits.add(each)));
    expect(batches).toEqual([[1, -2, 3]]);
    expect(results).toMatchObject([{ value: 2 }, { reason: { code: "STORE_REFUSED" } }, { value: 6 }]);
  });

  it("keeps callers together that ask again as soon as they are answered", async () => {
    const { commits, batches } = start();
    const caller = async (id: number) => {
      for (let n = 0; n < 20; n++) expect(await commits.add(id)).toBe(2 * id);
    };
    await Promise.all(Array.from({ length: 16 }, (_, id) => caller(id + 1)));
    expect(batches.map((batch) => batch.length)).toEqual(Array.from({ length: 20 }, () => 16));
  });

  it("brings callers together that come one by one in the same turn, as requests do", async () => {
    const { commits, batches } = start();
    const caller = async () => {
      for (let n = 0; n < 50; n++) {
        await nextTurn();
        await commits.add(1);
      }
    };
    await Promise.all(Array.from({ length: 16 }, caller));
    const shared = batches.slice(-20).map((batch) => batch.length);
    expect(Math.min(...shared)).toBeGreaterThan(8);
  });

  it("lets others have their turn while one caller asks again and again", async () => {
    const { commits } = start();
    let othersHadATurn = false;
    setImmediate(() => (othersHadATurn = true));
    for (let n = 1; n <= 50; n++) await commits.add(n);
    expect(othersHadATurn).toBe(true);
  });

  it("refuses the whole batch when the transaction fails, and goes on with the next", async () => {
    const { commits } = start();
    const results = await Promise.allSettled([1, 0, 3].map((each) => commits.add(each)));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await commits.add(4)).toBe(8);
  });

  it("takes a flood in bounded transactions, and all of it before it closes", async () => {
    const { commits, batches } = start();
    const flood = (from: number) => Array.from({ length: 2_500 }, (_, n) => commits.add(from + n));
    await Promise.all(flood(1));
    expect(batches.map((batch) => batch.length)).toEqual([1_000, 1_000, 500]);
    const last = flood(5_000);
    commits.close();
    expect(batches.flat()).toHaveLength(5_000);
    expect(await last.at(-1)).toBe(2 * 7_499);
    await expect(commits.add(1)).rejects.toMatchObject({ code: "CLOSED", message: "It is closed." });
  });
});
