// Messages on the wire and back; what is no event of ours is handed on as data.
import { describe, expect, it } from "@jest/globals";
import type { Message } from "@gendan/eventing";
import fc from "fast-check";
import { fromRecord, toRecord, type FetchedRecord } from "./records.js";
import { newMessage } from "./spec.js";

const received = (of: Message, changed: Partial<FetchedRecord> = {}): FetchedRecord => {
  const { key, value, headers, timestamp } = toRecord(of);
  const asBytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
  return { key: Buffer.from(key), value, headers: asBytes, timestamp, offset: "7", ...changed };
};
const read = (record: FetchedRecord) => fromRecord("t", 2, record);

const TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const text = fc.string({ unit: "grapheme", maxLength: 30 });
const full = fc.string({ unit: fc.constantFrom("a", "订", "\0", "\ud83d", "🚚"), maxLength: 30 });
const messages: fc.Arbitrary<Message> = fc.record(
  {
    id: fc.uuid(),
    type: text,
    version: fc.integer({ min: 1, max: 99 }),
    topic: fc.constant("t"),
    key: text,
    sequence: fc.maxSafeNat(),
    source: text,
    occurredAt: text,
    recordedAt: text,
    claimedAt: text,
    historical: fc.constant(true as const),
    causedBy: text,
    correlation: fc.stringMatching(/^[\w-]{1,64}$/),
    traceparent: fc.stringMatching(/^00-[1-9a-f]{32}-[1-9a-f]{16}-0[01]$/),
    actor: fc.record(
      { kind: fc.constantFrom("person", "service", "ruleSet"), id: full, version: full, onBehalfOf: full },
      { requiredKeys: ["kind", "id"], noNullPrototype: true },
    ),
    data: fc.oneof(full, fc.jsonValue({ noUnicodeString: false }), fc.constant({ minor: "1", text: "\ud800" })),
  },
  {
    requiredKeys: [
      ...(["id", "type", "version", "topic", "key", "sequence"] as const),
      ...(["source", "occurredAt", "recordedAt", "actor", "data"] as const),
    ],
    noNullPrototype: true,
  },
) as fc.Arbitrary<Message>;

describe("a message", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(messages, (message) => {
        const { message: back, unreadable } = read(received(message));
        expect(unreadable).toBeUndefined();
        expect(back).toEqual(JSON.parse(JSON.stringify(message)));
      }),
    );
  });

  it("is a CloudEvent in binary mode", () => {
    const message: Message = {
      ...newMessage("t", "order-1", { n: 1 }),
      id: "7c0c",
      sequence: 33,
      claimedAt: "2027-01-01T00:00:00.000Z",
      historical: true,
      causedBy: "9f",
      correlation: "request-7",
      traceparent: TRACEPARENT,
    };
    const { bytes, ...record } = toRecord(message);
    expect(record).toEqual({
      key: "order-1",
      value: Buffer.from('{"n":1}'),
      timestamp: String(Date.parse("2026-11-23T10:00:00.000Z")),
      headers: {
        ce_specversion: "1.0",
        ce_id: "7c0c",
        ce_source: "spec.thing",
        ce_type: "thing.done",
        ce_subject: "order-1",
        ce_time: "2026-11-23T10:00:00.000Z",
        ce_dataschema: "urn:gendan:thing.done:2",
        ce_partitionkey: "order-1",
        "content-type": "application/json",
        ce_sequence: "33",
        ce_recordedat: "2026-11-23T10:00:00.000Z",
        ce_actor: '{"kind":"service","id":"s"}',
        ce_claimedat: "2027-01-01T00:00:00.000Z",
        ce_historical: "true",
        ce_causedby: "9f",
        ce_correlationid: "request-7",
        ce_traceparent: TRACEPARENT,
        traceparent: TRACEPARENT,
      },
    });
    // CloudEvents allows lower case letters and digits in the names of attributes.
    for (const name in record.headers) expect(name).toMatch(/^(ce_[a-z0-9]{1,20}|content-type|traceparent)$/);
    expect(bytes).toBeGreaterThan(400);
  });

  it.each([
    ["a bigint", 1n],
    ["nothing", undefined],
    ["a function", () => 1],
  ])("with %s as data is refused", (_, data) => {
    expect(() => toRecord({ ...newMessage("t"), data })).toThrow(expect.objectContaining({ code: "STORE_REFUSED" }));
  });

  it("whose key no UTF-8 can carry is refused", () => {
    const refused = expect.objectContaining({ code: "STORE_REFUSED", message: expect.stringContaining("ce_subject") });
    expect(() => toRecord(newMessage("t", "\ud83d"))).toThrow(refused);
  });
});

describe("a record that is no event of ours", () => {
  const message = newMessage("t", "order-1", { n: 1 });
  const without = (...names: string[]): FetchedRecord => {
    const record = received(message);
    return {
      ...record,
      headers: Object.fromEntries(Object.entries(record.headers!).filter(([n]) => !names.includes(n))),
    };
  };

  it("with broken JSON has its place in its aggregate's order, and its raw text as data", () => {
    const { message: back, unreadable } = read(received(message, { value: Buffer.from('{"n":') }));
    expect(back).toEqual({ ...message, data: '{"n":' });
    expect(unreadable).toBe("t/2@7: the data is no JSON");
  });

  it("keeps what can be read when a header is missing", () => {
    const { message: back, unreadable } = read(without("ce_type", "ce_dataschema", "ce_actor", "ce_id"));
    expect(back).toMatchObject({
      ...{ type: "unreadable", version: 0, key: "order-1", sequence: message.sequence, data: '{"n":1}' },
      actor: { kind: "service", id: "unknown" },
    });
    expect(back.id).toBe(read(without("ce_id")).message.id);
    expect(unreadable).toContain("ce_type is missing or wrong; ce_dataschema is missing or wrong");
  });

  it("without a key or a sequence is an aggregate of its own, which blocks nobody", () => {
    for (const record of [without("ce_sequence"), received(message, { key: null })]) {
      expect(read(record).message).toMatchObject({ key: "t/2@7", sequence: 0, type: "thing.done", version: 2 });
      expect(read(record).unreadable).toContain("key or ce_sequence");
    }
  });

  it("may have any headers, any time and no value at all", () => {
    const strange = {
      headers: { ce_sequence: "1e3", ce_actor: "[]", "": [Buffer.from([0xff])] },
      timestamp: "9".repeat(30),
    };
    const { message: back, unreadable } = read(received(message, { ...strange, value: null }));
    expect(back).toMatchObject({ data: null, recordedAt: "1970-01-01T00:00:00.000Z", source: "t" });
    expect(unreadable).toBeDefined();
  });

  it("keeps no correlation and no trace that is none of a bounded form", () => {
    const record = received(message);
    const headers = {
      ...record.headers,
      ce_correlationid: "li@example.com",
      ce_traceparent: "00-x",
      traceparent: "00-x",
    };
    expect(read({ ...record, headers })).toEqual({ message });
  });

  it("is read when it has more headers than ours", () => {
    const record = received(message);
    const { unreadable } = read({
      ...record,
      headers: { ...record.headers, traceparent: "00-x", ce_other: ["1", "2"] },
    });
    expect(unreadable).toBeUndefined();
  });
});
