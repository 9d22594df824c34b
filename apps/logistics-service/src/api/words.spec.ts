import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { CHECKPOINT_CODES, EXCEPTION_KINDS, MODES, STATES } from "../domain/shipment/shipment.events.js";
import { lowerCamel, pascal, upperSnake } from "./words.js";

const sdl = readFileSync(new URL("./shipment.graphql", import.meta.url), "utf8");
const valuesOf = (name: string): string[] =>
  [...(new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(sdl)?.[1] ?? "").matchAll(/^ {2}([A-Z_]+)$/gm)].map(
    ([, value]) => value!,
  );

describe("the schema's enums", () => {
  test.each([
    ["ShipmentMode", MODES],
    ["ShipmentState", STATES],
    ["CheckpointCode", CHECKPOINT_CODES],
    ["ReportedExceptionKind", EXCEPTION_KINDS],
    ["ShipmentExceptionKind", [...EXCEPTION_KINDS, "lossDisputed"]],
  ] as const)("%s has the domain's values", (name, words) => {
    const values = words.map((word) => (name === "CheckpointCode" ? word : upperSnake(word)));
    expect(values.length).toBeGreaterThan(0);
    expect(valuesOf(name).sort()).toEqual([...values].sort());
  });
  test("go there and back", () => {
    for (const state of STATES) expect(pascal(upperSnake(state))).toBe(state);
    for (const kind of [...EXCEPTION_KINDS, ...MODES, "lossDisputed"]) expect(lowerCamel(upperSnake(kind))).toBe(kind);
  });
  test("rank checkpoints as the domain does", () => expect(valuesOf("CheckpointCode")).toEqual([...CHECKPOINT_CODES]));
});
