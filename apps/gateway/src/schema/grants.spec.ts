// The policy and the graph speak of the same commands and classes: a mutation that nobody was thought to send is noticed here.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { FIELD_CLASSES, knownCommands } from "@gendan/security";
import { fieldClasses } from "@gendan/service-kit";
import { buildSchema, getNamedType, isObjectType, Kind, parse, type ObjectTypeDefinitionNode } from "graphql";
import { partsBeside } from "../compose.js";
import { publicSchemaOf } from "./schema-files.js";

const parts = partsBeside(join(import.meta.dirname, "../../.."), "src");
const schema = buildSchema(publicSchemaOf(parts));

test("every mutation is in a group of the default policy, and every command of it is a mutation", () => {
  expect([...knownCommands].sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
});

test("every class of fields is a directive of the services, and none of the graph that clients see", () => {
  expect([...fieldClasses].sort()).toEqual([...FIELD_CLASSES].sort());
  expect(fieldClasses.filter((name) => schema.getDirective(name))).toEqual([]);
});

/** What is of a class as a whole: whoever does not see the class must find no way to it. */
test.each([
  ["Issue", "internal"],
  ["Interaction", "internal"],
  ["Receipt", "price"],
  ["TimelineItem", "internal"],
])("every way to an %s is of the class %s", (type, of) => {
  const classed = new Set(
    parts
      .flatMap(({ sdl }) => parse(sdl).definitions)
      .flatMap((each) =>
        each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION
          ? [each as ObjectTypeDefinitionNode]
          : [],
      ) // prettier-ignore
      .flatMap(({ name, fields = [] }) =>
        fields.map((field) => ({ place: `${name.value}.${field.name.value}`, field })),
      )
      .flatMap(({ place, field }) => (field.directives?.some(({ name }) => name.value === of) ? [place] : [])),
  );
  const within = new Set([type, `${type}Connection`, `${type}Edge`, `${type.replace("Item", "")}Connection`]);
  const ways = Object.values(schema.getTypeMap()).flatMap((each) =>
    !isObjectType(each) || within.has(each.name) || /Edge$|Payload$/.test(each.name)
      ? []
      : Object.values(each.getFields()).flatMap((field) =>
          within.has(getNamedType(field.type).name) ? [`${each.name}.${field.name}`] : [],
        ),
  );
  expect(ways.length).toBeGreaterThan(1);
  expect(ways.filter((way) => !classed.has(way))).toEqual([]);
});
