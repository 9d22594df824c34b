import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { catalog, contractOf, Contract, readPublic, topics } from "./index.js";

const about = { owner: "order", key: "id", en: "Something happened.", zh: "发生了某事。" } as const;
const day = "2026-03-02";
const confirmed = Contract.of("spec.confirmed", "gendan.spec", about)
  .version(z.object({ date: z.iso.date() }), { date: day })
  .version(z.object({ dates: z.array(z.iso.date()) }), { dates: [day] }, ({ date }) => ({ dates: [date] }))
  .version(
    z.object({ dates: z.array(z.iso.date()), basis: z.string() }),
    { dates: [day], basis: "stock" },
    (before) => ({ ...before, basis: "stock" }),
  );

describe("a contract", () => {
  test("publishes its newest version", () => {
    const data = { dates: [day], basis: "production" };
    expect(confirmed.message(data)).toEqual({ type: "spec.confirmed", topic: "gendan.spec", version: 3, data });
  });

  test.each([
    [1, { date: "2026-03-02" }, "stock"],
    [2, { dates: ["2026-03-02"] }, "stock"],
    [3, { dates: ["2026-03-02"], basis: "production" }, "production"],
  ])("reads version %d as the newest", (version, data, basis) => {
    expect(confirmed.read(version, data)).toEqual({ dates: ["2026-03-02"], basis });
  });

  test("reads a version that is newer than itself as its newest, without what was added since", () => {
    const data = { dates: [day], basis: "stock", since: "version 4" };
    expect(confirmed.read(4, data)).toEqual({ dates: [day], basis: "stock" });
    expect(() => confirmed.read(4, { dates: [day] })).toThrow(z.ZodError);
  });

  test("refuses data that its own version did not allow, and a version that never was", () => {
    expect(() => confirmed.read(2, { date: "2026-03-02" })).toThrow(z.ZodError);
    expect(() => confirmed.read(0, {})).toThrow(RangeError);
    expect(() => confirmed.exampleOf(4)).toThrow("spec.confirmed has no version 4; the newest is 3.");
  });
});

describe("the catalog", () => {
  test("names every type once, on a topic of its own aggregate's", () => {
    const types = catalog.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    expect(topics).toEqual([
      "gendan.accounts",
      "gendan.attachments",
      "gendan.cases",
      "gendan.credit",
      "gendan.customers",
      "gendan.invoices",
      "gendan.issues",
      "gendan.orders",
      "gendan.quotations",
      "gendan.receipts",
      "gendan.rules",
      "gendan.shipments",
    ]);
    for (const { type } of catalog) expect(contractOf(type)?.type).toBe(type);
  });

  test.each(catalog.map((contract) => [contract.type, contract] as const))(
    "%s asks for its aggregate's id",
    (type, contract) => {
      expect(() => readPublic(type, contract.newest, {})).toThrow(z.ZodError);
    },
  );

  test("does not read a type that it does not know", () => {
    expect(() => readPublic("order.unheard.of", 1, {})).toThrow(RangeError);
  });
});
