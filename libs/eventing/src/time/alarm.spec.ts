import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { VirtualClock } from "@gendan/testing/virtual-clock";
import { eventually } from "@gendan/testing/wait";
import type { ListPage, ListQuery } from "../ports/document-store.js";
import { unobserved } from "../ports/observer.js";
import { startAlarm, type Alarm } from "./alarm.js";
import { deadlineId, type DeadlineDoc } from "./deadline.js";

const HOUR_MS = 3_600_000;
let clock: VirtualClock;
let kept: Map<string, DeadlineDoc>;
let fired: string[];
let reported: unknown[];
/** Aggregates whose command fails. */
let faulty: Set<string>;
let lists: number;
/** Whether the fold takes a fired deadline away. */
let folding: boolean;
let alarm: Alarm;

beforeEach(() => {
  [clock, kept, fired, reported, faulty, lists, folding] = [new VirtualClock(), new Map(), [], [], new Set(), 0, true];
});
afterEach(() => alarm.stop());

const at = (ms: number) => new Date(clock.now() + ms).toISOString();
const keep = (aggregateId: string, dueAt: string) =>
  void kept.set(deadlineId("closing", aggregateId), { kind: "closing", aggregateId, dueAt });

function list<Doc>({ after, limit }: ListQuery): Promise<ListPage<Doc>> {
  lists++;
  const isLater = (doc: DeadlineDoc, id: string) =>
    !after || doc.dueAt > String(after.sort) || (doc.dueAt === after.sort && id > after.id);
  const rows = [...kept]
    .map(([id, doc]) => ({ id, doc: doc as Doc & DeadlineDoc, sequence: 0, sort: doc.dueAt }))
    .filter(({ id, doc }) => isLater(doc, id))
    .sort((a, b) => (a.sort === b.sort ? (a.id < b.id ? -1 : 1) : a.sort < b.sort ? -1 : 1));
  return Promise.resolve({ rows: rows.slice(0, limit), more: rows.length > limit });
}
const start = () => {
  alarm = startAlarm({
    service: "tally",
    clock,
    documents: { list },
    observer: unobserved,
    report: (error) => void reported.push(error),
    async fire({ aggregateId, kind }, { commandId, occurredAt }) {
      await Promise.resolve();
      if (faulty.has(aggregateId)) throw new Error(aggregateId);
      fired.push(`${aggregateId} ${occurredAt}`);
      if (folding) kept.delete(deadlineId(kind, aggregateId));
      expect(commandId).not.toBe("");
    },
  });
};

test("fires all that is due, the earliest first, and nothing that is not", async () => {
  const due = Array.from({ length: 1_000 }, (_, index) => [`a${index}`, at(-HOUR_MS - index * 1_000)] as const);
  for (const [id, dueAt] of due) keep(id, dueAt);
  keep("later", at(HOUR_MS));
  start();
  await eventually(() => fired.length === 1_000);
  expect(fired).toEqual(due.toReversed().map(([id, dueAt]) => `${id} ${dueAt}`));
  expect(lists).toBeLessThan(10);
  expect([...kept.values()].map(({ aggregateId }) => aggregateId)).toEqual(["later"]);
});

test("fires what is not folded away yet once, and again when its document gives another time", async () => {
  folding = false;
  for (let index = 0; index < 600; index++) keep(`a${index}`, at(-HOUR_MS));
  start();
  await eventually(() => fired.length === 600);
  for (let turn = 0; turn < 3; turn++) {
    const before = lists;
    alarm.wake();
    await eventually(() => lists >= before + 3);
  }
  expect(fired).toHaveLength(600);
  keep("a7", at(-1_000));
  alarm.wake();
  await eventually(() => fired.length === 601);
  expect(fired.at(-1)).toContain("a7 ");
});

test("one that fails keeps no other waiting, and is tried again", async () => {
  faulty.add("a0");
  for (let index = 0; index < 300; index++) keep(`a${index}`, at(-HOUR_MS + index));
  start();
  await eventually(() => fired.length === 299);
  expect(reported.map((error) => (error as Error).message)).toContain("a0");
  faulty.clear();
  clock.advance(1_000);
  await eventually(() => fired.length === 300);
  expect(fired.at(-1)).toContain("a0 ");
});

test("sleeps until the next one, and is woken by a nearer one", async () => {
  keep("far", at(20_000));
  start();
  await eventually(() => lists === 1);
  clock.advance(19_999);
  expect(fired).toEqual([]);
  keep("near", at(-1));
  alarm.wake();
  await eventually(() => fired.length === 1);
  clock.advance(1);
  await eventually(() => fired.length === 2);
  expect(fired[1]).toContain("far ");
});
