import { expect, test } from "@jest/globals";
import { derivedId, isUuid, newId, uuidFrom } from "./ids.js";

test("the same parts give the same id, and parts do not run into each other", () => {
  expect(uuidFrom("order", "a", "b")).toBe(uuidFrom("order", "a", "b"));
  expect(uuidFrom("ab", "c")).not.toBe(uuidFrom("a", "bc"));
  expect(isUuid(uuidFrom("x"))).toBe(true);
});

test("derived ids never change: they are how a retry is recognised", () => {
  expect(uuidFrom("order", "import", "customer", "reference")).toBe("b2189c97-ed91-57d5-bd33-b2ba90fe44d9");
});

test("new ids differ, carry version 7, and begin with their time", () => {
  const ids = new Set(Array.from({ length: 1_000 }, () => newId(1_700_000_000_000)));
  expect(ids.size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab]/);
});

test("an id derived from a version-7 command id keeps its time, so that neighbours stay neighbours", () => {
  const commandId = newId(1_700_000_000_000);
  const derived = derivedId("order", commandId);
  expect(derived.slice(0, 13)).toBe(commandId.slice(0, 13));
  expect(derived[14]).toBe("8");
  expect(derivedId("order", commandId)).toBe(derived);
  expect(derivedId("issue", commandId)).not.toBe(derived);
  expect(derivedId("order", "any text")[14]).toBe("5");
});
