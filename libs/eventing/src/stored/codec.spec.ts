import { expect, test } from "@jest/globals";
import { codecOf } from "./codec.js";

type Event = { readonly type: "order.confirmed"; readonly promises: readonly string[]; readonly basis: string };
const codec = codecOf<Event>({
  "order.confirmed": {
    version: 3,
    upcasts: [({ date }) => ({ promises: [date] }), (data) => ({ ...data, basis: "stock" })],
  },
});

test("writes the newest version and reads every one, lifted step by step", () => {
  const newest = { type: "order.confirmed", promises: ["2026-03-02"], basis: "production" } as const;
  const encoded = codec.encode(newest);
  expect(encoded).toEqual({
    type: "order.confirmed",
    version: 3,
    data: { promises: ["2026-03-02"], basis: "production" },
  });
  expect(codec.decode(encoded)).toEqual(newest);
  const first = { type: "order.confirmed", version: 1, data: { date: "2026-03-02" } };
  expect(codec.decode(first)).toEqual({ type: "order.confirmed", promises: ["2026-03-02"], basis: "stock" });
});

test.each([
  ["order.confirmed", 4],
  ["order.confirmed", 0],
  ["order.unheard.of", 1],
])("does not read %s version %d", (type, version) => {
  expect(() => codec.decode({ type, version, data: {} })).toThrow(
    expect.objectContaining({ code: "EVENT_UNREADABLE" }),
  );
});
