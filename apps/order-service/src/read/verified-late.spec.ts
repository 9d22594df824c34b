import { expect, test } from "@jest/globals";
import { isVerifiedLate } from "./verified-late.js";

const due = "2026-03-02T12:00:00.000Z";
const [before, after] = ["2026-03-02T12:00:00.000Z", "2026-03-02T12:00:00.001Z"];

test.each([
  [{ lifecycle: "received" }, after, null],
  [{ lifecycle: "received", verifyDueAt: due }, before, false],
  [{ lifecycle: "discrepant", verifyDueAt: due }, after, true],
  [{ lifecycle: "cancelled", verifyDueAt: due }, after, null],
  [{ lifecycle: "confirmed", verifyDueAt: due, firstVerifiedAt: before }, after, false],
  [{ lifecycle: "verified", verifyDueAt: due, firstVerifiedAt: after }, after, true],
  [{ lifecycle: "received", verifyDueAt: due, firstVerifiedAt: before }, after, false],
] as const)("%j at %s: %s", (doc, now, expected) => expect(isVerifiedLate(doc, now)).toBe(expected));
