// Every contract says whose it is, what it means in both languages, what is personal, and gives an example.
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { catalog } from "../catalog.js";
import { Contract, type About } from "../contract.js";
import { PERSONAL_DATA } from "../fields.js";
import { id, text } from "../shapes.js";
import { faultsOf } from "./check-contract.js";

const ID = "394a531c-2199-5c51-8eb7-a60f19306167";
const said: About = { owner: "order", key: "thingId", en: "A thing was done.", zh: "做了一件事。" };
const contract = (about: Partial<About> = {}) => Contract.of("thing.done", "gendan.things", { ...said, ...about });
const personal = z.string().meta({ [PERSONAL_DATA]: "personal" });
const good = z.object({ thingId: id, note: text.optional() });

test.each(catalog.map((each) => [each.type, each] as const))("%s says all that it must", (_, each) => {
  expect(faultsOf(each as unknown as Contract<unknown>, catalog)).toEqual([]);
});

describe("a contract is refused", () => {
  const whole = contract().version(good, { thingId: ID });
  test("only for a reason", () => expect(faultsOf(whole)).toEqual([]));

  test.each([
    ["without an English sentence", { en: "" }, "`en` is no sentence"],
    ["without a full stop", { en: "A thing" }, "`en` is no sentence"],
    ["without a Chinese sentence", { zh: "A thing was done。" }, "`zh` is no Chinese sentence"],
    ["with a key that it does not have", { key: "otherId" }, "its key otherId is not a required id"],
    ["with a key that is no id", { key: "note" }, "its key note is not a required id"],
    ["with an end that is no day", { ends: { on: "soon", replacedBy: "thing.made" } }, "ends on soon"],
    ["that ends without a successor", { ends: { on: "2028-01-01", replacedBy: "thing.made" } }, "not in the catalog"],
    ["that is its own successor", { ends: { on: "2028-01-01", replacedBy: "thing.done" } }, "not in the catalog"],
  ] as const)("%s", (_, about, fault) => {
    const faults = faultsOf(contract(about).version(good, { thingId: ID }), [{ type: "thing.done" }]);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join("\n")).toContain(fault);
  });

  test.each([
    ["whose field has no personal-data class", z.object({ thingId: id, deep: z.array(z.object({ at: z.string() })) })],
    ["with a field that is personal", z.object({ thingId: id, deep: z.array(z.object({ at: personal })) })],
  ])("%s", (_, schema) => {
    const faults = faultsOf(contract().version(schema, { thingId: ID, deep: [{ at: "x" }] }));
    expect(faults).toEqual([expect.stringContaining("thing.done v1: deep[].at ")]);
  });

  test("whose example does not parse", () => {
    expect(faultsOf(contract().version(good, { thingId: "1" }))).toEqual([expect.stringContaining("does not parse")]);
  });
  test("whose example has more than its schema", () => {
    const example = { thingId: ID, other: "x" };
    expect(faultsOf(contract().version(good, example))).toEqual([expect.stringContaining("does not name")]);
  });
  test("without a version", () => {
    expect(faultsOf(contract() as unknown as Contract<unknown>)).toEqual([expect.stringContaining("no version")]);
  });
});
