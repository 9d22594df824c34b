import { describe, expect, test } from "@jest/globals";
import { Fault, newId } from "@gendan/eventing";
import { buildSchema, execute, parse } from "graphql";
import { requestContext } from "./context.js";
import { tellingRefused, type RefusedCommand, type TellRefused } from "./refused-commands.js";
import { rootFieldsOf } from "./root-fields.js";

const schema = buildSchema(`
  input Confirm { commandId: ID! orderId: ID! note: String caseId: ID }
  type UserError { code: String! }
  type Payload { userErrors: [UserError!]! }
  type Query { export(id: ID!, how: String): String ok: String }
  type Mutation { confirm(input: Confirm!): Payload }`);
const fieldsOf = (type: "getQueryType" | "getMutationType") => schema[type]()!.getFields();
let answer: () => unknown;
fieldsOf("getMutationType")["confirm"]!.resolve = () => answer();
fieldsOf("getQueryType")["export"]!.resolve = () => answer();

let told: RefusedCommand[] = [];
let tell: TellRefused = async (refused) => void told.push(refused);
tellingRefused(schema, (refused) => tell(refused));

const [orderId, commandId] = [newId(), newId()];
const input = { commandId, orderId, note: "ring at Odilia's", caseId: "Odilia" };
const ask = async (text: string, variableValues: Record<string, unknown> = {}) => {
  told = [];
  const contextValue = requestContext(
    { user: "li", tokens: [], roles: ["sales"] },
    { correlation: "c-1", operation: "confirm" },
  );
  return execute({ schema, document: parse(text), variableValues, contextValue });
};
const confirm = () => ask("mutation ($input: Confirm!) { confirm(input: $input) { __typename } }", { input });

const by = { caller: expect.objectContaining({ user: "li" }), correlation: "c-1", operation: "confirm" };

describe("a refused command is told of, with ids alone", () => {
  test("although nobody selected its refusals", async () => {
    answer = () => ({ userErrors: [{ code: "ORDER_STATE" }, { code: "ORDER_STATE" }, { code: "SAME_PERSON" }] });
    expect((await confirm()).errors).toBeUndefined();
    expect(told).toEqual([{ ...by, command: "confirm", codes: ["ORDER_STATE", "SAME_PERSON"], about: { orderId } }]);
  });
  test.each(["FORBIDDEN", "COMMAND_ID_REUSED", "SUBJECT_ERASED"] as const)("as a fault too (%s)", async (code) => {
    for (const fault of [
      () => Promise.reject(new Fault(code, "no")),
      () => {
        throw new Fault(code, "no");
      },
    ]) {
      // prettier-ignore
      answer = fault;
      expect((await confirm()).errors).toHaveLength(1);
      expect(told).toMatchObject([{ command: "confirm", codes: [code] }]);
    }
  });
  test("before it is answered; and where it cannot be told of, it is not", async () => {
    answer = () => ({ userErrors: [{ code: "ORDER_STATE" }] });
    const before = tell;
    tell = () => Promise.reject(new Fault("AUDIT_UNAVAILABLE", "The disk is full."));
    const { data, errors } = await confirm();
    tell = before;
    expect(data).toEqual({ confirm: null });
    expect(errors![0]!.originalError).toMatchObject({ code: "AUDIT_UNAVAILABLE" });
  });
  test("and so is a query that is refused to who may not ask it", async () => {
    answer = () => { throw new Fault("FORBIDDEN", "no"); }; // prettier-ignore
    await ask('query ($id: ID!) { export(id: $id, how: "Odilia") }', { id: orderId });
    expect(told).toMatchObject([{ command: "export", codes: ["FORBIDDEN"], about: { id: orderId } }]);
  });
});

test("what is taken, and what fails otherwise, is not", async () => {
  for (const each of [
    () => ({ userErrors: [] }),
    () => null,
    () => Promise.reject(new Fault("TOO_BROAD", "no")),
    () => Promise.reject(new Error("x")),
  ]) {
    // prettier-ignore
    answer = each;
    await confirm();
    expect(told).toEqual([]);
  }
});

test("an operation is named by its top fields, and not by what its sender calls it", () => {
  const document = parse(
    `query Odilia { a: customer { id } ...More } query Two { ... { x } } fragment More on Query { orders, customer { id } }`,
  );
  expect(rootFieldsOf(document, "Odilia")).toBe("customer, orders");
  expect(rootFieldsOf(document, "Two")).toBe("x");
  expect(rootFieldsOf(document)).toBe("");
  const wide = parse(`{ ${Array.from({ length: 20 }, (_, n) => `f${n}`).join(" ")} }`);
  expect(rootFieldsOf(wide).split(", ")).toHaveLength(10);
  const context = (operation: string) => requestContext({ user: "li", tokens: [] }, { operation }).operation;
  expect([rootFieldsOf(wide), "a\nb", "x".repeat(200)].map(context)).toEqual([rootFieldsOf(wide), "", ""]);
});
