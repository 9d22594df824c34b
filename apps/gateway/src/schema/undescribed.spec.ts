import { expect, test } from "@jest/globals";
import { undescribedIn } from "./undescribed.js";

test("types, fields and values without a description are named", () => {
  const sdl = `
    "All." type Query { "One." a: A b: B }
    "A." interface A { x: Int } type B implements A { x: Int "Y." y: C }
    "C." enum C { "D." D E } input F { g: Int } scalar G
  `;
  expect(undescribedIn(sdl)).toEqual({
    types: ["B", "F", "G"],
    fields: ["A.x", "B.x", "C.E", "F.g", "Query.b"],
  });
});
