// The policy and the graph speak of the same commands and classes: a mutation that nobody was thought to send is noticed here.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { FIELD_CLASSES, knownCommands } from "@gendan/security";
import { fieldClasses } from "@gendan/service-kit";
import { buildSchema } from "graphql";
import { partsBeside } from "../compose.js";
import { publicSchemaOf } from "./schema-files.js";

const schema = buildSchema(publicSchemaOf(partsBeside(join(import.meta.dirname, "../../.."), "src")));

test("every mutation is in a group of the default policy, and every command of it is a mutation", () => {
  expect([...knownCommands].sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
});

test("every class of fields is a directive of the services, and none of the graph that clients see", () => {
  expect([...fieldClasses].sort()).toEqual([...FIELD_CLASSES].sort());
  expect(fieldClasses.filter((name) => schema.getDirective(name))).toEqual([]);
});
