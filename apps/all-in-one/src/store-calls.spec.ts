// What a request asks of its stores does not grow with the rows that it lists: every field of everything that is listed, with
// what lies two levels below it.
import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { SqliteUnit } from "@gendan/adapters/sqlite/documents/unit";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { newId } from "@gendan/eventing";
import { baseConfig, readConfig } from "@gendan/service-kit";
import {
  buildSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import type { Company } from "./company.js";
import { askAs, companyInMemory } from "./spec.js";

const ROWS = 50;
const FEW = 5;
const LISTS = ["customers", "quotations", "orders", "invoices", "receipts", "shipments", "cases", "issues"];
const BELOW = 2;
const PAGE = 60;

let company: Company;
beforeAll(async () => {
  const variables = { GENDAN_QUERY_COST: "10000000", GENDAN_QUERY_ALIASES: "100", GENDAN_QUERY_TOKENS: "10000" };
  company = await companyInMemory({ config: readConfig(baseConfig, variables) });
  await fill();
}, 120_000);
afterAll(() => company.stop());

// ---- the rows: fifty of everything, each about its like ----

const department = "cn/east";

const roles = ["manager", "merchandiser", "finance", "logistics", "service"];
const request = (user: string, query: string, variables: object = {}) =>
  askAs(company, { user, roles, departments: [""] }, query, variables);

type Row = Readonly<Record<"customerId" | "quotationId" | "orderId" | "receiptId" | "shipmentId" | "caseId", string>>;

const rows: readonly Row[] = Array.from({ length: ROWS }, () => ({
  ...{
    customerId: newId(),
    quotationId: newId(),
    orderId: newId(),
    receiptId: newId(),
    shipmentId: newId(),
    caseId: newId(),
  },
}));

/** Carries out one command for each row, side by side, and waits until every service has heard of it. */
async function forEach(mutation: string, input: (row: Row) => object, user = "li"): Promise<void> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { done: ${mutation}(input: $input) { userErrors { code message } } }`;
  const sent = rows.map((row) => request(user, query, { input: { commandId: newId(), ...input(row) } }));
  for (const { done } of await Promise.all(sent)) expect(done).toEqual({ userErrors: [] });
  await company.settled();
}

async function fill(): Promise<void> {
  const person = { kind: "PERSON", name: "Anke", phone: "+49 511 1", mail: "a@example.com", address: "Am Hafen 4" };
  await forEach("registerCustomer", ({ customerId: id }) => ({ id, ...person, department }));
  await forEach("registerContact", ({ customerId }) => ({ customerId, name: "Jens", phone: "1" }));
  const line = { sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2027-03-20" };
  const deliveryPoint = { name: "Nord", country: "DE", address: "Am Hafen 4", contactName: "Jens" };
  const order = { channel: "SALES", currency: "CNY", lines: [line], deliveryPoint, department };
  await forEach("receiveOrder", ({ orderId: id, customerId }) => ({ id, customerId, ...order }));
  const offer = { currency: "CNY", lines: [line], deliveryPoint, department, validUntil: "2100-01-31" };
  await forEach("draftQuotation", ({ quotationId: id, customerId }) => ({ id, customerId, ...offer }));
  await forEach("sendQuotation", ({ quotationId }) => ({ quotationId }));
  await forEach("declineQuotation", ({ quotationId }) => ({ quotationId, reason: "price", note: "dear" }));
  await forEach("verifyOrder", ({ orderId }) => ({ orderId }), "wang");
  await forEach("confirmOrder", ({ orderId }) => ({ orderId, promiseRequested: true }));
  await forEach("placeHold", ({ orderId }) => ({ orderId, hold: "CREDIT", note: "wait" }));
  const rules = { commandId: newId(), kind: "invoicing", rules: { basis: "ordered", days: 30 } };
  await request(
    "li",
    "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }",
    { input: rules },
  );
  await forEach("issueInvoice", ({ orderId }) => ({ orderId }));
  const packages = [{ packageId: "1", trackingNumber: "T-1" }];
  const plan = { mode: "ROAD", shipFrom: "WH", carrier: "K", packages };
  await forEach("planShipment", ({ orderId, shipmentId: id }) => ({ id, ...plan, orders: [{ orderId }] }));
  await forEach("raiseException", ({ shipmentId }) => ({ shipmentId, kind: "CUSTOMS", note: "seen" }));
  const amount = { minor: "2500", currency: "CNY" };
  const receipt = { amount, method: "transfer", department };
  await forEach("recordReceipt", ({ receiptId: id, customerId }) => ({ id, customerId, ...receipt }));
  await forEach("allocateReceipt", ({ receiptId, orderId }) => ({ receiptId, allocations: [{ orderId, amount }] }));
  const about = ({ customerId, orderId, shipmentId }: Row) => ({ customerId, orderId, shipmentId });
  const complaint = { kind: "COMPLAINT", subject: "delay", text: "Where is it?" };
  await forEach("openCase", (row) => ({ id: row.caseId, ...about(row), ...complaint }));
  await forEach("answerCase", ({ caseId }) => ({ caseId, text: "On its way." }));
  const call = { channel: "CALL", direction: "INBOUND", summary: "asked" };
  await forEach("logInteraction", (row) => ({ ...about(row), caseId: row.caseId, ...call }));
  await forEach("recordSatisfaction", (row) => ({ ...about(row), caseId: row.caseId, score: 2, comment: "late" }));
  const issue = { title: "delay", description: "late again" };
  await forEach("openIssue", ({ caseId, orderId, shipmentId }) => ({ caseId, orderId, shipmentId, ...issue }));
}

// ---- the queries: every field of a list's rows, one by one ----

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../gateway/schema.graphql"), "utf8"));
type Field = GraphQLField<unknown, unknown>;

const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());
const named = (type: GraphQLOutputType) => getNamedType(type);

/** A field with everything below it; nothing where it cannot be asked without knowing more, or there is nothing to see. */
function selected(field: Field, below: number): string {
  if (field.args.some(isRequiredArgument)) return "";
  const type = named(field.type);
  // A page holds all that there is: what a part of a timeline is about differs from row to row, and so does where it is looked up.
  const page = field.args.some(({ name }) => name === "first") ? `(first: ${PAGE})` : "";
  if (isLeafType(type)) return field.name + page;
  if (!isObjectType(type) || below === 0) return "";
  // The nodes of a page are what the page is of.
  const isPage = type.name.endsWith("Connection");
  const inner = fieldsOf(type).map((each) => (each.name === "edges" ? "" : selected(each, isPage ? below : below - 1)));
  const some = inner.filter(Boolean).join(" ");
  return some && `${field.name}${page} { ${some} }`;
}

const rowsOf = (list: string): Field[] => {
  const connection = named(schema.getQueryType()!.getFields()[list]!.type) as GraphQLObjectType;
  return fieldsOf(named(connection.getFields()["nodes"]!.type) as GraphQLObjectType);
};

const questions = LISTS.flatMap((list) => [
  { list, field: "totalCount", text: "totalCount" },
  ...rowsOf(list)
    .map((field) => ({ list, field: field.name, text: selected(field, BELOW + 1) }))
    .filter(({ text }) => text !== "")
    .map(({ text, ...more }) => ({ ...more, text: `nodes { id ${text} }` })),
]);

// ---- what is counted ----

/** What the request at hand has asked; what goes on behind it is not counted. */
const asking = new AsyncLocalStorage<string[]>();
const watched: readonly [string, object, readonly string[]][] = [
  ["unit", SqliteUnit.prototype, ["get", "getMany", "byKey", "list", "lists", "count", "counts", "cells", "scan"]],
  ["events", SqliteEventStore.prototype, ["read", "readAll", "head"]],
  ["keys", SqliteKeyStore.prototype, ["getMany", "obtain", "tagged"]],
];
type Methods = Record<string, (...args: unknown[]) => unknown>;

beforeAll(() => {
  for (const [store, prototype, methods] of watched) {
    for (const method of methods) {
      const original = (prototype as Methods)[method]!;
      jest.spyOn(prototype as Methods, method).mockImplementation(function (this: unknown, ...args) {
        asking.getStore()?.push(`${store}.${method}`);
        return original.apply(this, args);
      });
    }
  }
});
afterAll(() => void jest.restoreAllMocks());

async function callsOf(list: string, text: string, rows: number): Promise<readonly string[]> {
  const calls: string[] = [];
  const query = `{ ${list}(first: ${rows}) { pageInfo { hasNextPage } ${text} } }`;
  const { [list]: page } = await asking.run(calls, () => request("mei", query));
  expect((page as { nodes?: readonly object[] } | undefined)?.nodes?.length ?? rows).toBe(rows);
  expect(calls).not.toEqual([]);
  return calls.sort();
}

describe("the stores are asked as often for fifty rows as for five", () => {
  test.each(LISTS)("%s", async (list) => {
    const grown: object[] = [];
    for (const { field, text } of questions.filter((question) => question.list === list)) {
      const few = await callsOf(list, text, FEW);
      const many = await callsOf(list, text, ROWS);
      if (String(few) !== String(many)) grown.push({ field, few: few.length, many: many.length });
    }
    expect(grown).toEqual([]);
  });
});

test("and everything is asked for that may be asked", () => {
  const asked = questions.map(({ list, field }) => `${list}.${field}`);
  expect(asked.length).toBeGreaterThan(150);
  expect(asked).toEqual(
    expect.arrayContaining(
      ["customer", "lines", "shipments", "issues", "cases", "receipts", "timeline"].map((name) => `orders.${name}`),
    ),
  );
});
