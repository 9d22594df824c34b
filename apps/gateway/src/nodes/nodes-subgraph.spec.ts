// node(id): who is asked, and what becomes of their answers.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { requestContext, type Answer } from "@gendan/service-kit";
import { buildSchema, isObjectType, parse } from "graphql";
import { partsBeside } from "../compose.js";
import { Deadline } from "../deadline.js";
import { publicSchemaOf } from "../schema/schema-files.js";
import { unavailable, type SubgraphExecutor } from "../subgraph-executor.js";
import { nodeTypes } from "./node-types.js";
import { nodesSubgraph } from "./nodes-subgraph.js";

const asked: string[] = [];
const answering = (name: string, answer: Answer): SubgraphExecutor => ({
  execute({ variables }) {
    asked.push(`${name} ${String(variables!["id"])}`);
    return answer;
  },
});

const nothing = {
  order: answering("order", { data: { quotation: null, order: null, invoice: null, receipt: null } }),
  logistics: answering("logistics", { data: { shipment: null } }),
  customer: answering("customer", { data: { customer: null, issue: null } }),
};

async function node(executors: Readonly<Record<string, SubgraphExecutor>>): Promise<Answer> {
  asked.length = 0;
  const deadline = new Deadline(5_000);
  const document = parse("query ($node: ID!) { found: node(id: $node) { __typename ... on Issue { id } } }");
  const context = requestContext({ user: "li", tokens: [] });
  const request = { document, variables: { node: "i-1" }, operationName: undefined, context, deadline };
  const answer = await nodesSubgraph(executors).execute(request);
  deadline.clear();
  return JSON.parse(JSON.stringify(answer)) as Answer;
}

test("every service is asked, once, for all of its types", async () => {
  expect(await node(nothing)).toEqual({ data: { found: null } });
  expect(asked).toEqual(["order i-1", "logistics i-1", "customer i-1"]);
});

test("what one of them has is found, though another one is away", async () => {
  const issue = { __typename: "Issue", id: "i-1" };
  const away: SubgraphExecutor = { execute: (request) => unavailable("order", request) };
  const customer = answering("customer", { data: { customer: null, issue } });
  expect(await node({ ...nothing, order: away, customer })).toEqual({ data: { found: issue } });
});

test("whether it is there is not known while one is away that may have it", async () => {
  const away: SubgraphExecutor = { execute: (request) => unavailable("order", request) };
  const { data, errors } = await node({ ...nothing, order: away });
  expect(data).toEqual({ found: null });
  expect(errors).toMatchObject([{ path: ["found"], extensions: { code: "SERVICE_UNAVAILABLE", service: "order" } }]);
});

test("every type that a query gives by its id alone is a node", () => {
  const schema = buildSchema(publicSchemaOf(partsBeside(join(import.meta.dirname, "../../.."), "src")));
  const byId = Object.values(schema.getQueryType()!.getFields()).flatMap(({ name, type, args }) =>
    isObjectType(type) && "id" in type.getFields() && args.some((arg) => arg.name === "id") ? [[type.name, name]] : [],
  );
  const { exportCustomer: _, ...found } = Object.fromEntries(byId.map(([type, query]) => [query, type]));
  expect(found).toEqual(Object.fromEntries(Object.entries(nodeTypes).map(([type, { query }]) => [query, type])));
});
