// Requests are bounded, and nothing is left out or moved.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parcelsOf, refuseTooLarge } from "./parcels.js";
import { toRecord } from "./records.js";
import { newMessage } from "./spec.js";

const record = toRecord(newMessage("t"));
const sized = (bytes: number) => ({ topic: "t", record: { ...record, bytes } });

describe("parcels", () => {
  it("keep the order and the limits; what is larger alone is alone", () => {
    const limits = { records: 5, bytes: 100 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150 })), (sizes) => {
        const records = sizes.map(sized);
        const parcels = parcelsOf(records, limits);
        expect(parcels.flat()).toEqual(records);
        for (const parcel of parcels) {
          const bytes = parcel.reduce((sum, each) => sum + each.record.bytes, 0);
          expect(parcel.length).toBeGreaterThan(0);
          expect(parcel.length).toBeLessThanOrEqual(limits.records);
          expect(parcel.length === 1 || bytes <= limits.bytes).toBe(true);
        }
      }),
    );
  });

  it("take no record that no topic takes", () => {
    expect(() => refuseTooLarge({ ...record, bytes: 101 }, 101)).not.toThrow();
    expect(() => refuseTooLarge({ ...record, bytes: 102 }, 101)).toThrow(
      expect.objectContaining({ code: "STORE_REFUSED", message: expect.stringContaining("101 at most") }),
    );
  });
});
