import { describe, expect, test } from "@jest/globals";
import { LiveList, type LiveListOptions, type News } from "./live-list.js";

interface Item {
  readonly id: string;
  readonly at: number;
}

/** A list whose news the spec tells. */
function opened(options: Partial<LiveListOptions<Item>> = {}) {
  const source = {
    tell: (_: readonly News<Item>[]): void => undefined,
    lose: (): void => undefined,
    starts: 0,
  };
  const list = new LiveList<Item>({
    source(told, lost) {
      source.tell = told;
      source.lose = lost;
      source.starts += 1;
      return () => undefined;
    },
    ...options,
  });
  let at = 0;
  const tell = (id: string, ...concerns: string[]) => source.tell([{ about: id, concerns, item: { id, at: ++at } }]);
  return { list, source, tell };
}
type Followed = Awaited<ReturnType<LiveList<Item>["follow"]>>;
const next = async (followed: Followed) => (await followed.next()).value as Item & { cursor: string };

test("each hears what concerns them, with a cursor", async () => {
  const { list, tell } = opened();
  const [li, wang] = [await list.follow(["u:li"], null), await list.follow(["u:wang"], null)];
  tell("a", "u:li");
  tell("b", "u:wang", "u:li");
  expect([await next(li), await next(li), await next(wang)]).toMatchObject([{ id: "a" }, { id: "b" }, { id: "b" }]);
});

describe("whoever comes back with a cursor", () => {
  test("hears what was missed, of each thing the newest, and then what is new", async () => {
    const { list, tell } = opened();
    const before = await list.follow(["u:li"], null);
    tell("a", "u:li");
    const { cursor } = await next(before);
    await before.return!();
    tell("b", "u:li");
    tell("a", "u:li");
    tell("c", "u:wang");
    tell("b", "u:li");
    const after = await list.follow(["u:li"], cursor);
    tell("d", "u:li");
    const told = [await next(after), await next(after), await next(after)];
    expect(told).toMatchObject([
      { id: "a", at: 3 },
      { id: "b", at: 5 },
      { id: "d", at: 6 },
    ]);
    // The cursor of what was told last stands after everything before it.
    const again = await list.follow(["u:li"], told[1]!.cursor);
    expect(await next(again)).toMatchObject({ id: "d" });
  });

  test("does not hear of what is out of sight by now", async () => {
    const { list, tell } = opened({ still: (items) => Promise.resolve(items.filter(({ id }) => id !== "b")) });
    const before = await list.follow(["u:li"], null);
    tell("a", "u:li");
    const { cursor } = await next(before);
    tell("b", "u:li");
    tell("c", "u:li");
    expect(await next(await list.follow(["u:li"], cursor))).toMatchObject({ id: "c" });
  });

  test.each([
    ["of another process", Buffer.from("other.0").toString("base64url")],
    ["that is none", "nonsense"],
  ])("%s has to read again", async (_, cursor) => {
    const { list } = opened();
    await expect(list.follow(["u:li"], cursor)).rejects.toMatchObject({ code: "RESYNC" });
    expect(list.followers).toBe(0);
  });

  test("that is too old has to read again", async () => {
    const { list, tell } = opened({ remembered: 2 });
    const before = await list.follow(["u:li"], null);
    tell("a", "u:li");
    const { cursor } = await next(before);
    for (let each = 0; each < 6; each++) tell("b", "u:li");
    await expect(list.follow(["u:li"], cursor)).rejects.toMatchObject({ code: "RESYNC" });
  });

  test("finds the memory running although nobody was there", async () => {
    const { list, source, tell } = opened();
    const before = await list.follow(["u:li"], null);
    tell("a", "u:li");
    const { cursor } = await next(before);
    await before.return!();
    tell("b", "u:li");
    await list.follow(["u:li"], cursor);
    expect(source.starts).toBe(1);
  });
});

test("where news are lost, everybody has to read again, those who read and those who come back", async () => {
  const { list, source, tell } = opened();
  const li = await list.follow(["u:li"], null);
  tell("a", "u:li");
  const { cursor } = await next(li);
  source.lose();
  await expect(li.next()).rejects.toMatchObject({ code: "RESYNC" });
  await expect(list.follow(["u:li"], cursor)).rejects.toMatchObject({ code: "RESYNC" });
});

test("a reader who takes nothing is left beyond the bound, and holds nobody up", async () => {
  const { list, tell } = opened();
  const [slow, quick] = [await list.follow(["u:li"], null), await list.follow(["u:li"], null)];
  for (let each = 0; each <= 1_000; each++) {
    tell(`i-${each}`, "u:li");
    await next(quick);
  }
  await expect(slow.next()).rejects.toMatchObject({ code: "SLOW_READER" });
  expect(list.followers).toBe(1);
});
