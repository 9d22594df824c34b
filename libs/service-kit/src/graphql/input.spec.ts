import { expect, test } from "@jest/globals";
import { z } from "zod";
import { commandId, moneyInput, parseInput } from "./input.js";
import { parseScalar } from "./scalars.js";

const schema = z.object({ commandId, lines: z.array(z.object({ price: moneyInput })).min(1, "must not be empty") });

test("an input that fits is given back parsed", () => {
  const input = { commandId: "c1", lines: [{ price: { minor: "-1999", currency: "EUR" } }] };
  expect(parseInput(schema, { ...input, unknown: 1 })).toEqual(input);
});

test("every fault is named with its field", () => {
  const input = { commandId: "", lines: [{ price: { minor: "19.99", currency: "euro" } }] };
  expect(() => parseInput(schema, input)).toThrow(
    expect.objectContaining({
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("commandId: must not be empty; lines.0.price.minor: must be an integer"),
      details: {
        problems: [
          { field: "commandId", message: "must not be empty" },
          { field: "lines.0.price.minor", message: expect.any(String) },
          { field: "lines.0.price.currency", message: expect.stringContaining("ISO 4217") },
        ],
      },
    }),
  );
});

test.each([
  ["DateTime", "2026-11-23T16:30:00+08:00", "2026-11-23T08:30:00.000Z"],
  ["DateTime", "2026-11-23T08:30Z", "2026-11-23T08:30:00.000Z"],
  ["Date", "2028-02-29", "2028-02-29"],
  ["Date", "2000-02-29", "2000-02-29"],
  ["Date", "2026-12-31", "2026-12-31"],
  ["Quantity", "12.5", "12.5"],
] as const)("%s takes %s", (scalar, text, value) => {
  expect(parseScalar(scalar, "at", text)).toBe(value);
});

test.each([
  ["DateTime", "2026-11-23T08:30:00"],
  ["DateTime", "2026-02-30T08:30:00Z"],
  ["DateTime", "2026-11-23T25:00:00Z"],
  ["DateTime", 1_763_000_000_000],
  ["Date", "2026-02-29"],
  ["Date", "2100-02-29"],
  ["Date", "2026-04-31"],
  ["Date", "2026-00-01"],
  ["Date", "2026-01-00"],
  ["Date", "2026-13-01"],
  ["Date", "23.11.2026"],
  ["Quantity", "1e3"],
  ["Quantity", "0.1234567"],
  ["Quantity", 12],
] as const)("%s refuses %s", (scalar, value) => {
  expect(() => parseScalar(scalar, "promisedOn", value)).toThrow(
    expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining("promisedOn: A") }),
  );
});
