import { expect, test } from "@jest/globals";
import { buildSchema, parse, print } from "graphql";
import { withMutationArguments } from "./mutation-arguments.js";

test("every mutation can be a dry run and say what it expects; every payload tells what would happen", () => {
  const document = parse(`
    type Query { a: Int }
    type DryRun { changes: Boolean! events: [String!]! }
    type Mutation { close(input: Int!): ClosePayload! }
    extend type Mutation { open: OpenPayload }
    type ClosePayload { id: ID }
    type OpenPayload { id: ID }
    type Other { id: ID }
  `);
  const schema = buildSchema(print(withMutationArguments(document)), { assumeValidSDL: true });
  const mutations = schema.getMutationType()!.getFields();
  expect(Object.values(mutations).map(({ name, args }) => [name, args.map((each) => each.name)])).toEqual([
    ["close", ["input", "dryRun", "expectedRevision"]],
    ["open", ["dryRun", "expectedRevision"]],
  ]);
  const fieldsOf = (type: string) =>
    Object.keys((schema.getType(type) as never as { getFields(): object }).getFields());
  expect(["ClosePayload", "OpenPayload", "Other"].map(fieldsOf)).toEqual([["id", "dryRun"], ["id", "dryRun"], ["id"]]);
});
