import { beforeEach, describe, expect, test } from "@jest/globals";
import { Fault, type ChangeListener, type StoredDocument } from "@gendan/eventing";
import { eventually } from "@gendan/testing";
import { ChangeFeed, type Followed } from "./change-feed.js";
import { LiveDocuments } from "./live-document.js";

interface Doc {
  readonly visibleTo: readonly string[];
}

/** Documents in memory; `held` are heard of, and folded later by another instance. */
class Documents {
  readonly rows = new Map<string, StoredDocument<Doc>>();
  readonly listeners = new Set<ChangeListener>();
  readonly reads: string[][] = [];
  private behind: { sequence: number; found: () => void }[] = [];

  readonly port = {
    onChanged: (_, listener) => {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    },
    get: <D>(_: string, id: string) => Promise.resolve(this.rows.get(id) as StoredDocument<D> | undefined),
    getMany: <D>(_: string, ids: readonly string[]) => {
      this.reads.push([...ids]);
      const found = ids.flatMap((id) =>
        this.rows.has(id) ? [[id, this.rows.get(id) as StoredDocument<D>] as const] : [],
      );
      return Promise.resolve(new Map(found));
    },
    at: async <D>(_: string, id: string, sequence: number) => {
      if ((this.rows.get(id)?.sequence ?? -1) < sequence) {
        await new Promise<void>((found) => this.behind.push({ sequence, found }));
      }
      return this.rows.get(id) as StoredDocument<D> | undefined;
    },
  } satisfies Followed & { get: unknown };

  fold(id: string, sequence: number, visibleTo = ["d:"]): void {
    this.rows.set(id, { id, sequence, doc: { visibleTo } });
    for (const { found } of this.behind.splice(0)) found();
  }
  tell(id: string, sequence: number, from = sequence - 1): void {
    for (const listener of this.listeners) listener({ id, from, sequence });
  }
  change(id: string, sequence: number, visibleTo?: string[]): void {
    this.fold(id, sequence, visibleTo);
    this.tell(id, sequence);
  }
}

let documents: Documents;
let feed: ChangeFeed<Doc>;
beforeEach(() => {
  documents = new Documents();
  feed = new ChangeFeed<Doc>(documents.port, "docs");
});

/** What a follower was told: id, sequence, and after which it has changed. */
const follower = (id?: string) => {
  const told: [string, number, number][] = [];
  return { told, leave: feed.follow((document, from) => told.push([document.id, document.sequence, from]), id) };
};

describe("a change", () => {
  test("is read once for all who follow the document, and not for what nobody follows", async () => {
    const [one, other, third] = [follower("a"), follower("a"), follower("b")];
    documents.change("a", 1);
    documents.change("c", 1);
    await eventually(() => other.told.length === 1);
    expect([one.told, other.told, third.told]).toEqual([[["a", 1, 0]], [["a", 1, 0]], []]);
    expect(documents.reads).toEqual([["a"]]);
  });

  test("that is told twice, by its commit and by what was heard, is read once", async () => {
    const { told } = follower("a");
    documents.change("a", 1);
    await eventually(() => told.length === 1);
    documents.tell("a", 1);
    await new Promise(setImmediate);
    expect(documents.reads).toHaveLength(1);
    documents.change("a", 2);
    await eventually(() => told.length === 2);
    expect(documents.reads).toHaveLength(2);
  });

  test("comes with others of its moment in one read, each with what lies between", async () => {
    const { told } = follower();
    for (let sequence = 1; sequence <= 3; sequence++) documents.change("a", sequence);
    documents.change("b", 1);
    await eventually(() => told.length === 2);
    expect(documents.reads).toEqual([["a", "b"]]);
    expect(told).toEqual([
      ["a", 3, 0],
      ["b", 1, 0],
    ]);
  });

  test("that another instance folds is waited for, and told once it is there", async () => {
    const { told } = follower("a");
    documents.fold("a", 1);
    documents.tell("a", 2);
    await eventually(() => documents.reads.length === 1);
    expect(told).toEqual([]);
    documents.fold("a", 2);
    await eventually(() => told.length === 1);
    expect(told).toEqual([["a", 2, 1]]);
  });

  test("whose read fails is read again", async () => {
    const { told } = follower("a");
    const { getMany } = documents.port;
    let failures = 1;
    documents.port.getMany = (...asked) => {
      if (failures-- > 0) return Promise.reject(new Fault("DOCUMENT_STORE_UNAVAILABLE", "away"));
      return getMany(...asked);
    };
    documents.change("a", 1);
    await eventually(() => told.length === 1);
  });
});

test("whoever is not followed by anybody is not listened to", () => {
  const [one, other] = [follower("a"), follower()];
  expect([feed.followers, documents.listeners.size]).toEqual([2, 1]);
  one.leave();
  other.leave();
  expect([feed.followers, documents.listeners.size]).toEqual([0, 0]);
});

describe("a document that is followed", () => {
  const follow = (fromRevision?: number) =>
    new LiveDocuments<Doc>(documents.port, "docs").follow({ id: "a", fromRevision, tokens: ["d:"] });

  test("tells what was missed as one change", async () => {
    documents.fold("a", 7);
    expect(await (await follow(3)).next()).toMatchObject({ value: { id: "a", revision: "7", kind: "CHANGED" } });
  });

  test("tells nothing that the follower has", async () => {
    documents.fold("a", 7);
    const changes = await follow(7);
    documents.tell("a", 7);
    documents.change("a", 8);
    expect(await changes.next()).toMatchObject({ value: { revision: "8" } });
  });

  test("is not found where the follower does not see it, and then nothing is followed", async () => {
    documents.fold("a", 7, ["d:de"]);
    await expect(follow()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(documents.listeners.size).toBe(0);
  });

  test("is removed by the change that takes it away, although others waited to be taken", async () => {
    documents.fold("a", 7);
    const changes = await follow();
    documents.change("a", 8);
    await eventually(() => documents.reads.length === 1);
    documents.change("a", 9, ["d:de"]);
    await eventually(() => documents.listeners.size === 0);
    expect(await changes.next()).toMatchObject({ value: { revision: "8", kind: "REMOVED" } });
    expect(await changes.next()).toMatchObject({ done: true });
  });
});
