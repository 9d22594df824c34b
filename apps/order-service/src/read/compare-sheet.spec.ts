import { expect, test } from "@jest/globals";
import { compareSheet } from "./compare-sheet.js";

const ours = (number: string, minor: number, day = "2026-03-10", month = "2026-03") => ({
  number,
  amount: { minor: `${minor}` },
  day,
  month,
  eventId: `e-${number}-${minor}`,
});
const line = (number: string, amount: bigint, date = "2026-03-11") => ({ number, date, amount });

test("what agrees is no difference, be it in one line or in several", () =>
  expect(compareSheet([line("IN-1", 60n), line("IN-1", 40n)], [ours("IN-1", 100)], [])).toEqual([]));
test("each difference is named with the events of ours", () =>
  expect(
    compareSheet(
      [line("IN-1", 100n), line("IN-2", 90n), line("IN-3", 5n), line("IN-9", 1n)],
      [ours("IN-1", 100), ours("IN-2", 100), ours("RC-1", -30)],
      [ours("IN-3", 5, "2026-02-28", "2026-02")],
    ),
  ).toEqual([
    {
      kind: "amountDiffers",
      number: "IN-2",
      theirs: 90n,
      theirDay: "2026-03-11",
      ours: 100n,
      ourDay: "2026-03-10",
      eventIds: ["e-IN-2-100"],
    },
    {
      kind: "otherMonth",
      number: "IN-3",
      theirs: 5n,
      theirDay: "2026-03-11",
      ours: 5n,
      ourDay: "2026-02-28",
      month: "2026-02",
      eventIds: ["e-IN-3-5"],
    },
    { kind: "missingHere", number: "IN-9", theirs: 1n, theirDay: "2026-03-11", eventIds: [] },
    { kind: "missingThere", number: "RC-1", ours: -30n, ourDay: "2026-03-10", eventIds: ["e-RC-1--30"] },
  ]));
