// Every version ever stored is read as today's event.
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { codecOfAggregate, samples } from "./spec.js";

test.each(samples.map((sample, index) => [`${index}: ${sample.type} ${sample.version}`, sample] as const))(
  "%s is read",
  (_, sample) => {
    const codec = codecOfAggregate[sample.aggregate]!;
    const event = codec.decode(sample);
    expect(event).toEqual({ type: sample.type, ...(sample.reads ?? sample.data) });
    expect(codec.decode(codec.encode(event))).toEqual(event);
  },
);

test("every version of every event has a sample", () => {
  const source = readFileSync(new URL("./codecs.ts", import.meta.url), "utf8");
  const declared = [...source.matchAll(/"([a-z.]+)": \{ version: (\d+)/g)].flatMap(([, type, newest]) =>
    Array.from({ length: Number(newest) }, (_, index) => `${type} ${index + 1}`),
  );
  const sampled = new Set(samples.map(({ type, version }) => `${type} ${version}`));
  expect(declared).toHaveLength(36);
  expect(declared.filter((each) => !sampled.has(each))).toEqual([]);
});

test("an unknown event and a version of the future are not read", () => {
  const { case: codec } = codecOfAggregate;
  expect(() => codec!.decode({ type: "case.forgotten", version: 1, data: {} })).toThrow("No reader");
  expect(() => codec!.decode({ type: "case.closed", version: 99, data: {} })).toThrow("No reader");
});
