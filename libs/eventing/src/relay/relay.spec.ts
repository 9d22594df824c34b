import { expect, test } from "@jest/globals";
import { eventually } from "@gendan/testing";
import { Fault } from "../faults.js";
import type { CheckpointMove, Commit, DocumentUnit } from "../ports/document-store.js";
import type { EventStore, LogSubscription, Running } from "../ports/event-store.js";
import { startRelay } from "./relay.js";

/** A relay between a log that the test feeds and a unit that it can make fail. */
async function relayed({ stored }: { readonly stored?: string } = {}) {
  const moves: CheckpointMove[] = [];
  const tried = { commits: 0 };
  const log: { handle?: LogSubscription["handle"] } = {};
  const unit = {
    fault: undefined as Fault | undefined,
    checkpoint: () => Promise.resolve(stored),
    commit({ checkpoints = [] }: Commit) {
      tried.commits += 1;
      if (this.fault) return Promise.reject(this.fault);
      moves.push(...checkpoints);
      return Promise.resolve();
    },
  };
  const store = {
    subscribe({ handle }: LogSubscription): Running {
      log.handle = handle;
      return { stop: () => Promise.resolve() };
    },
  };
  const relay = await startRelay({
    service: "tally",
    aggregates: [],
    store: store as unknown as EventStore,
    bus: {} as never,
    unit: unit as unknown as DocumentUnit,
    epoch: 3,
    moved: () => undefined,
    failed: () => undefined,
  });
  return { relay, unit, moves, tried, batch: (to: string) => log.handle!({ events: [], to }) };
}

test("batches that follow each other share one write of the checkpoint", async () => {
  const { relay, moves, batch } = await relayed({ stored: "4" });
  for (const to of ["5", "6", "7"]) await batch(to);
  expect([relay.position(), moves]).toEqual(["7", []]);
  await eventually(() => moves.length > 0);
  expect(moves).toEqual([{ partition: "relay", epoch: 3, from: "4", to: "7" }]);
  await batch("8");
  await eventually(() => moves.length > 1);
  expect(moves[1]).toMatchObject({ from: "7", to: "8" });
  await relay.stop();
  expect(moves).toHaveLength(2);
});

test("a stop writes what is left of it", async () => {
  const { relay, moves, batch } = await relayed();
  await batch("1");
  await relay.stop();
  expect(moves).toEqual([{ partition: "relay", epoch: 3, from: undefined, to: "1" }]);
});

test("a write that fails is told with the next batch, and a stop does not fail of it", async () => {
  const { relay, unit, moves, batch } = await relayed();
  unit.fault = new Fault("CHECKPOINT_LOST", "Another relay has moved it.");
  await batch("1");
  await eventually(() =>
    batch("2").then(
      () => false,
      (error: unknown) => error === unit.fault,
    ),
  );
  await relay.stop();
  expect(moves).toEqual([]);
});

test("a write that another relay was before is not made again until a batch has told of it", async () => {
  const { relay, unit, tried, batch } = await relayed();
  unit.fault = new Fault("CHECKPOINT_LOST", "Another relay has moved it.");
  await batch("1");
  await eventually(() => tried.commits > 0);
  await new Promise((resolve) => setTimeout(resolve, 350)); // it would be made again after 100 ms
  expect(tried.commits).toBe(1);
  await expect(batch("2")).rejects.toBe(unit.fault);
  await relay.stop();
});

test("a write that failed while the store was away is made again", async () => {
  const { relay, unit, moves, batch } = await relayed();
  unit.fault = new Fault("DOCUMENT_STORE_UNAVAILABLE", "It is away.");
  await batch("1");
  const refused = (): Promise<boolean> =>
    batch("1")
      .then(() => false)
      .catch(() => true);
  await eventually(refused);
  unit.fault = undefined;
  await eventually(() => moves.length > 0);
  expect(moves).toEqual([{ partition: "relay", epoch: 3, from: undefined, to: "1" }]);
  await batch("2");
  await relay.stop();
  expect(moves).toHaveLength(2);
});
