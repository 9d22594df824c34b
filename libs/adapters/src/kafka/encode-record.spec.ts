// The faster encoder gives the very bytes that the client library gives.
import { createRequire } from "node:module";
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { encodeRecordsFaster, faster, type EncodableRecord, type EncodeRecord } from "./encode-record.js";

const ENCODER = "kafkajs/src/protocol/recordBatch/record/v0/index.js";
const require = createRequire(import.meta.url);
const original = require(ENCODER) as EncodeRecord;
const forOthers: EncodableRecord[] = [];
const encode = faster((record) => {
  forOthers.push(record);
  return original(record);
});

const text = fc.string({ unit: "binary-ascii", maxLength: 300 });
const ours = fc.record({
  offsetDelta: fc.nat(100_000),
  timestampDelta: fc.integer({ min: -1e12, max: 1e12 }),
  key: text,
  value: fc.uint8Array({ maxLength: 20_000 }).map((bytes) => Buffer.from(bytes)),
  headers: fc.dictionary(fc.string({ unit: "binary", maxLength: 20 }), text, { noNullPrototype: true }),
});

it("encodes records of our shape byte for byte as the library does, by itself", () => {
  fc.assert(
    fc.property(ours, (record) => {
      expect(encode(record).buffer).toEqual(Buffer.from(original(record).buffer));
    }),
  );
  expect(forOthers).toEqual([]);
});

it("leaves records of another shape to the library", () => {
  const others: EncodableRecord[] = [
    { key: "大", value: Buffer.from("") },
    { key: Buffer.from("k"), value: Buffer.from("") },
    { key: "k", value: "text" },
    { key: "k", value: null },
    { key: "k", value: Buffer.from(""), headers: { name: "Zürich" } },
    { key: "k", value: Buffer.from(""), headers: { name: ["a", "b"] } },
  ];
  for (const record of others) expect(encode(record).buffer).toEqual(original(record).buffer);
  expect(forOthers).toEqual(others);
});

it("stands in the library's place", () => {
  encodeRecordsFaster();
  encodeRecordsFaster();
  expect(require(ENCODER)).toHaveProperty("faster", true);
  expect(require(ENCODER)).not.toBe(original);
});
