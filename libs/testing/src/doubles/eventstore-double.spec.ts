// The EventStoreDB double, asked by the client as it comes: it appends, reads and subscribes as if this were the server.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  streamNameFilter,
  WrongExpectedVersionError,
  type AllStreamSubscription,
} from "@eventstore/db-client";
import { eventually } from "../wait.js";
import { EventStoreDouble } from "./eventstore-double.js";

let double: EventStoreDouble;
let client: EventStoreDBClient;
beforeEach(async () => {
  double = await EventStoreDouble.start();
  client = EventStoreDBClient.connectionString(double.connectionString);
});
afterEach(async () => {
  await client.dispose();
  await double.stop();
});

const some = (count: number) => Array.from({ length: count }, (_, n) => jsonEvent({ type: "t", data: { n } }));

async function revisions(found: AsyncIterable<{ event?: { streamId: string; revision: bigint } }>) {
  const each: string[] = [];
  for await (const { event } of found) each.push(`${event!.streamId}@${event!.revision}`);
  return each;
}

describe("an append", () => {
  it("is taken at the expected revision, and gives the place of its last event", async () => {
    const { success, nextExpectedRevision, position } = await client.appendToStream("a", some(3), {
      expectedRevision: NO_STREAM,
    });
    expect({ success, nextExpectedRevision }).toEqual({ success: true, nextExpectedRevision: 2n });
    for await (const { event } of client.readStream("a", { fromRevision: 2n }))
      expect(event!.position).toEqual(position);
  });

  it("is refused at any other, with the actual one, unless its events stand there", async () => {
    const events = some(2);
    const once = await client.appendToStream("a", events, { expectedRevision: NO_STREAM });
    await client.appendToStream("a", some(1), { expectedRevision: 1n });
    expect(await client.appendToStream("a", events, { expectedRevision: NO_STREAM })).toEqual(once);
    for (const wrong of [NO_STREAM, 0n, 1n, 3n] as const) {
      const appending = client.appendToStream("a", some(1), { expectedRevision: wrong });
      await expect(appending).rejects.toBeInstanceOf(WrongExpectedVersionError);
      await expect(appending).rejects.toMatchObject({ actualVersion: 2n });
    }
    const mixed = client.appendToStream("a", [events[0]!, ...some(1)], { expectedRevision: NO_STREAM });
    await expect(mixed).rejects.toBeInstanceOf(WrongExpectedVersionError);
  });
});

it("reads forwards and backwards, streams and all", async () => {
  await client.appendToStream("a", some(3), { expectedRevision: NO_STREAM });
  await client.appendToStream("b", some(2), { expectedRevision: NO_STREAM });
  expect(await revisions(client.readStream("a", { fromRevision: 1n }))).toEqual(["a@1", "a@2"]);
  const backwards = { direction: BACKWARDS, maxCount: 2 } as const;
  expect(await revisions(client.readStream("a", { fromRevision: END, ...backwards }))).toEqual(["a@2", "a@1"]);
  expect(await revisions(client.readAll())).toEqual(["a@0", "a@1", "a@2", "b@0", "b@1"]);
  expect(await revisions(client.readAll({ fromPosition: END, ...backwards }))).toEqual(["b@1", "b@0"]);
  await expect(revisions(client.readStream("none"))).rejects.toMatchObject({ type: "stream-not-found" });
});

it("subscribes to all behind a filter: catches up, says so, gives checkpoints, goes on live", async () => {
  await client.appendToStream("a.1", some(2), { expectedRevision: NO_STREAM });
  await client.appendToStream("b.1", some(70), { expectedRevision: NO_STREAM });
  const told: string[] = [];
  const filter = streamNameFilter({
    prefixes: ["a."],
    checkpointReached: (_: AllStreamSubscription, { commit }) => void told.push(`to ${commit}`),
  });
  client
    .subscribeToAll({ filter })
    .on("confirmation", () => told.push("confirmed"))
    .on("caughtUp", () => told.push("caught up"))
    .on("data", ({ event }) => told.push(`${event!.streamId}@${event!.revision}`));
  const places = double.log.events.map(({ position }) => `to ${position}`);
  await eventually(() => told.includes("caught up"));
  await client.appendToStream("a.1", some(1), { expectedRevision: 1n });
  await eventually(() => told.includes("a.1@2"));
  // every 32 events that were looked at, and where catching up ends
  const expected = ["confirmed", "a.1@0", "a.1@1", places[31], places[63], places[71], "caught up", "a.1@2"];
  expect(told).toEqual(expected);
});
