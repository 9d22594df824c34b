// What was released is kept, nothing breaks with it, and every version's samples are read by every other version's schema.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { Contract } from "../contract.js";
import { id, text } from "../shapes.js";
import { placeOf, sentenceOf, violationsOf } from "./compatibility.js";
import { contracts } from "./generated.js";
import { schemaDocument, schemasOf } from "./json-schema.js";
import { readGolden, readReleased, release, tampered, unreleased, type GoldenFile } from "./released.js";
import { messageValidator, validator } from "./validator.js";

const home = join(import.meta.dirname, "../..");
const golden = readGolden(home);

describe("the released schemas", () => {
  test("are as they were released, with golden samples beside them", () => {
    expect(tampered(home)).toEqual([]);
    expect(golden.size).toBe(readReleased(home).length);
  });
  test("are there for every version of every contract", () => {
    const missing = unreleased(home, contracts).map(({ contract, version }) => `${contract.type} v${version}`);
    expect({ "run npm run contracts -- release": missing }).toEqual({ "run npm run contracts -- release": [] });
  });
  test("are kept by the contracts", () => {
    expect(violationsOf(readReleased(home), contracts).map(sentenceOf)).toEqual([]);
  });
});

describe("every sample ever released", () => {
  const faultOf = validator(contracts.flatMap(schemasOf));
  const samples = [...golden].flatMap(([file, { records }]) =>
    records.map((record, at) => [file, at, record] as const),
  );
  test.each(samples)("%s (%d) is valid by every version's schema", (_, __, { headers, value }) => {
    const { type } = placeOf(headers.ce_dataschema!);
    const all = contracts.find((contract) => contract.type === type)!;
    expect(schemasOf(all).map(({ $id }) => faultOf($id, JSON.parse(value)))).toEqual(
      schemasOf(all).map(() => undefined),
    );
  });
  test("is valid by the schemas as they were released", () => {
    const released = validator(readReleased(home));
    for (const [, , { headers, value }] of samples)
      expect(released(headers.ce_dataschema!, JSON.parse(value))).toBeUndefined();
  });
});

describe("a type with three versions", () => {
  const ID = "394a531c-2199-5c51-8eb7-a60f19306167";
  const about = { owner: "order", key: "thingId", en: "It happened.", zh: "发生了。" } as const;
  const grown = Contract.of("thing.done", "gendan.things", about)
    .version(z.object({ thingId: id }), { thingId: ID })
    .version(z.object({ thingId: id, note: text.optional() }), { thingId: ID, note: "x" }, (before) => before)
    .version(
      z.object({ thingId: id, note: text.optional(), more: z.array(text).optional() }),
      { thingId: ID, more: ["y"] },
      (before) => before,
    ) as Contract<unknown>;

  test("has each version's example read by all schemas and by all readers", () => {
    const faultOf = validator(schemasOf(grown));
    expect(violationsOf([], [grown])).toEqual([]);
    for (const written of [1, 2, 3]) {
      const example = grown.exampleOf(written);
      for (const read of [1, 2, 3]) {
        expect(faultOf(`urn:gendan:thing.done:${read}`, example)).toBeUndefined();
        expect(() => grown.schemaOf(read).parse(example)).not.toThrow();
      }
    }
  });
  test("is refused by schema where it does not keep to it", () => {
    const faultOf = validator(schemasOf(grown));
    expect(faultOf("urn:gendan:thing.done:2", { note: "x" })).toContain("must have required property 'thingId'");
    expect(faultOf("urn:gendan:thing.done:1", { thingId: "order-1" })).toContain("uuid");
  });
});

describe("a message", () => {
  const faultsOf = messageValidator();
  const [record] = golden.get("golden/order.verified.v1.json")!.records;
  const data = JSON.parse(record!.value) as object;
  const told = { type: "order.verified", version: 1, topic: "gendan.orders", key: record!.key, source: "order", data };

  test("is valid as it was released", () => expect(faultsOf(told)).toEqual([]));
  test.each([
    ["of an unknown type", { type: "order.unheard.of" }, "not in the catalog"],
    ["on another topic", { topic: "gendan.cases" }, "topic"],
    ["of another service", { source: "customer" }, "source"],
    ["under another key", { key: "1" }, "key"],
    ["with other data", { data: { ...data, firstPass: "yes" } }, "/firstPass must be boolean"],
  ])("%s is not", (_, changed, fault) => {
    expect(faultsOf({ ...told, ...changed })).toEqual([expect.stringContaining(fault)]);
  });
});

describe("a release", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "released-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const contract = contracts.find(({ newest }) => newest === 1);
  const samples: GoldenFile = { topic: contract!.topic, records: [] };
  const file = `released/${contract!.type}.v1.json`;

  test("is kept once", () => {
    expect(unreleased(folder, contracts)).toHaveLength(contracts.reduce((sum, { newest }) => sum + newest, 0));
    release(folder, contract!, 1, samples);
    expect(readReleased(folder)).toEqual([schemaDocument(contract!, 1)]);
    expect(unreleased(folder, [contract!])).toEqual([]);
    expect(tampered(folder)).toEqual([]);
    expect(() => release(folder, contract!, 1, samples)).toThrow("EEXIST");
  });
  test("that has changed, is gone or was put there by hand is told of", () => {
    release(folder, contract!, 1, samples);
    const before = readFileSync(join(folder, file));
    appendFileSync(join(folder, file), " ");
    expect(tampered(folder)).toEqual([expect.stringContaining(`${file} was released and has changed`)]);
    rmSync(join(folder, file));
    expect(tampered(folder)).toEqual([expect.stringContaining(`${file} was released and is gone`)]);
    writeFileSync(join(folder, file), before);
    writeFileSync(join(folder, "golden/by.hand.v1.json"), "{}");
    expect(tampered(folder)).toEqual([expect.stringContaining("golden/by.hand.v1.json is in no line")]);
  });
});
