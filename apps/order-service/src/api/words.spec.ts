import { expect, test } from "@jest/globals";
import { buildASTSchema, isEnumType } from "graphql";
import { sdlBeside, serviceSchema } from "@gendan/service-kit";
import { actorName, lowerCamel, pascal, upperSnake } from "./words.js";

test.each([
  ["inExecution", "IN_EXECUTION"],
  ["forceMajeure", "FORCE_MAJEURE"],
  ["us", "US"],
])("%s is %s", (word, wire) => {
  expect(upperSnake(word)).toBe(wire);
  expect(lowerCamel(wire)).toBe(word);
});
test.each([
  ["None", "NONE"],
  ["PartlyPaid", "PARTLY_PAID"],
])("%s is %s", (word, wire) => {
  expect(upperSnake(word)).toBe(wire);
  expect(pascal(wire)).toBe(word);
});

test("every value of every enum finds its way back", () => {
  const schema = buildASTSchema(serviceSchema(sdlBeside(import.meta.url)), { assumeValidSDL: true });
  const values = Object.values(schema.getTypeMap())
    .filter((type) => isEnumType(type) && type.name.startsWith("Order"))
    .flatMap((type) => (isEnumType(type) ? type.getValues().map(({ name }) => name) : []));
  expect(values.length).toBeGreaterThan(40);
  for (const value of values)
    expect([upperSnake(lowerCamel(value)), upperSnake(pascal(value))]).toEqual([value, value]);
});

test("actors are named", () => {
  expect(actorName({ kind: "person", id: "li" })).toBe("li");
  expect(actorName({ kind: "ruleSet", id: "import", version: "1" })).toBe("import@1");
});
