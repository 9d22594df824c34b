// What is held of a person, opened for whoever carries out their right to have it, and nobody else's.
import { describe, expect, test } from "@jest/globals";
import { callerOf } from "./caller.js";
import { defaultPolicy } from "./policy/read-policy.js";
import { demandExport, openedFor } from "./export.js";
import { Sealer } from "./sealing.js";
import { Keys } from "./spec.js";

describe("an export", () => {
  const may = (roles: string[], departments: string[] = []) => {
    demandExport(callerOf({ user: "wang", roles, departments }, defaultPolicy));
    return true;
  };
  test("is a manager's or admin's of the whole company", () => {
    expect(may(["manager"])).toBe(true);
    expect(may(["admin", "service"])).toBe(true);
  });
  test.each([
    ["a manager of one department", ["manager"], ["cn"]],
    ["another role", ["service"], []],
    ["the whole company without the right", ["importer"], []],
  ])("is not given to %s", (_, roles, departments) => {
    expect(() => may(roles, departments)).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
  });
});

test("a document is opened as far as it is about these persons, wherever the texts lie", async () => {
  const keys = new Keys();
  const sealer = new Sealer(keys);
  const [maria, anna, other] = ["p1", "p2", "p3"];
  const document = {
    number: "CU-1",
    amount: 12n,
    name: await sealer.seal(maria, "name", "Maria"),
    localNames: [{ language: "zh", name: await sealer.seal(maria, "name.zh", "玛丽亚") }],
    answers: [
      { text: await sealer.seal(anna, "text", "soon") },
      { text: await sealer.seal(other, "text", "not hers") },
    ],
    nothing: undefined,
  };
  const opener = { caller: { user: "wang" }, correlation: "c-1", operation: "exportCustomer" };
  const fieldOf = (name: string, holder: object) => ("language" in holder ? `name.${String(holder.language)}` : name);
  const opened = () => openedFor(sealer, new Set([maria, anna]), document, opener, fieldOf);
  expect(await opened()).toEqual({
    number: "CU-1",
    amount: "12",
    name: "Maria",
    localNames: [{ language: "zh", name: "玛丽亚" }],
    answers: [{ text: "soon" }, { text: null }],
  });
  await keys.erase(maria);
  expect(await opened()).toMatchObject({ name: null, localNames: [{ name: null }], answers: [{ text: "soon" }, {}] });
});
