// What the policy grants, looked for from outside: each role asks a whole company for everything, and for ways around it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { defaultPolicy, FIELD_CLASSES, ROLES, type FieldClass, type Role } from "@gendan/security";
import { baseConfig, readConfig, type MaskedField } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing";
import type { Company } from "./company.js";
import { bearerOf, companyInMemory } from "./spec.js";

const opened: Company[] = [];
async function open(variables: Readonly<Record<string, string>> = {}): Promise<Company> {
  const company = await companyInMemory({ config: readConfig(baseConfig, variables) });
  opened.push(company);
  return company;
}
afterAll(() => Promise.all(opened.map((company) => company.stop())));

type Data = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
interface Answer {
  readonly data: Data | null;
  readonly errors?: readonly { readonly extensions: Data }[];
  readonly extensions?: { readonly masked?: readonly MaskedField[] };
}
/** Whoever has the role, under the role's own name. */
async function ask(of: Company, role: Role, query: string, variables: object = {}): Promise<Answer> {
  const identity = { user: role, roles: [role], departments: ["cn/east"] };
  return (await of.request(await bearerOf(of, identity), { query, variables })) as Answer;
}
async function send(of: Company, role: Role, mutation: string, input: object, selected = ""): Promise<Data> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { ${selected} userErrors { code message details } } }`;
  const { data, errors } = await ask(of, role, query, { input: { commandId: newId(), ...input } });
  expect(errors).toBeUndefined();
  await of.settled();
  return data!["told"] as Data;
}
const done = async (...args: Parameters<typeof send>): Promise<Data> => {
  const told = await send(...args);
  expect(told["userErrors"]).toEqual([]);
  return told;
};

/** What is of each class, so written that it occurs nowhere else. */
const planted: Readonly<Record<FieldClass, readonly string[]>> = {
  price: ["9876543", "8765432", "5432109"],
  contact: ["Lane 4711", "90417-8823"],
  personal: ["Zquixa"],
  internal: ["they have not paid for May"],
};
const money = (minor: string) => ({ minor, currency: "CNY" });
const [customerId, unknownId] = [newId(), newId()];
let company: Company;
let orderId: string;

beforeAll(async () => {
  company = await open();
  const person = { kind: "PERSON", name: "Zquixa Nandrivel", phone: "+55 90417-8823", terms: "NET30" };
  await done(company, "manager", "registerCustomer", { id: customerId, ...person });
  const order = {
    channel: "SALES",
    customerId,
    currency: "CNY",
    paymentTerms: "NET30",
    deliveryPoint: { name: "North gate", country: "CN", address: "Lane 4711", phone: "+55 90417-8823" },
    lines: [{ sku: "A-1", quantity: "1", unitPrice: money("5432109"), requestedOn: "2027-01-31" }],
  };
  orderId = ((await done(company, "manager", "receiveOrder", order, "order { id }"))["order"] as Data)["id"] as string;
  for (const who of ["customer", "supplier"]) await done(company, "manager", "shareOrder", { orderId, person: who });
  const price = { aspect: "PRICE", ours: "5432109", theirs: "9876543" };
  await done(company, "manager", "recordDiscrepancy", { orderId, ...price });
  await done(company, "manager", "recordDiscrepancy", { orderId, aspect: "ITEM", ours: "A-1", theirs: "B-7" });
  const lines = [{ sku: "A-1", quantity: "1", unitPrice: money("9876543"), requestedOn: "2027-01-31" }];
  await done(company, "manager", "correctOrder", { orderId, lines });
  await done(company, "manager", "placeHold", { orderId, hold: "CREDIT", note: "they have not paid for May" });
  const came = { customerId, amount: money("8765432"), method: "transfer" };
  const { receipt } = await done(company, "manager", "recordReceipt", came, "receipt { id }");
  const allocations = [{ orderId, amount: money("8765432") }];
  await done(company, "manager", "allocateReceipt", { receiptId: (receipt as Data)["id"] as string, allocations });
}, 60_000);

const everything = `query ($id: ID!) {
  order(id: $id) {
    number amount { minor } freight { minor } total { minor } received { minor } payment paymentTerms paymentDueOn
    lines { sku unitPrice { minor } amount { minor } freight { minor } }
    discrepancies { aspect ours theirs note } corrections { changes { path from to } note } holds { hold note }
    receipts { number amount { minor } unallocated { minor } } deliveryPoint { name address phone contactName }
    customFields { name } shares { person }
    customer { name phone terms } timeline(first: 100) { nodes { type data } }
  }
  receipts { nodes { amount { minor } allocations { amount { minor } } } }
  sales(from: "2000-01-01", to: "2009-12-31") { orders }
}`;
const report = `{ sales(from: "${new Date().toISOString().slice(0, 10)}", to: "2030-12-31") { orders amount { minor } received { minor } } }`;

describe.each(ROLES)("%s", (role) => {
  const seen = defaultPolicy.grantsOf([role]).fields;
  const unseen = FIELD_CLASSES.filter((each) => !seen.has(each));

  test("is answered with the fields of the classes that it sees, and told of the others", async () => {
    const { data, errors, extensions } = await ask(company, role, everything, { id: orderId });
    expect(errors).toBeUndefined();
    expect(data!["order"]).toMatchObject({ lines: [{ sku: "A-1" }], holds: [{ hold: "CREDIT" }] });
    const text = JSON.stringify(data);
    for (const [of, values] of Object.entries(planted) as [FieldClass, readonly string[]][]) {
      for (const value of values) {
        // A contact is a personal value too, and what is told among ourselves is sealed.
        const takes = of === "price" ? [of] : [of, "personal" as const];
        const isOfScope = value === "Zquixa" && defaultPolicy.rowsOf([role]) === "assigned";
        expect([value, text.includes(value)]).toEqual([value, takes.every((each) => seen.has(each)) && !isOfScope]);
      }
    }
    const masked = extensions?.masked ?? [];
    expect([...new Set(masked.map((each) => each.class))].sort()).toEqual([...unseen].sort());
    expect(new Set(masked.map(({ field }) => field)).size).toBe(masked.length);
    expect(text.includes('"theirs":"B-7"')).toBe(true);
  });

  test("finds out no price by sorting, by a page's cursor, by a report or by a refusal", async () => {
    const sorted = 'query ($after: String) { orders(first: 1, after: $after, filter: { currency: "CNY" }, orderBy: { field: AMOUNT }) { edges { cursor } } }'; // prettier-ignore
    const { data } = await ask(company, "manager", sorted);
    const { cursor } = (data!["orders"] as Data)["edges"][0] as Data;
    for (const after of [undefined, cursor as string]) {
      const { errors } = await ask(company, role, sorted, { after });
      const refused = [{ code: "FIELD_MASKED", field: "OrderField.AMOUNT", class: "price" }];
      expect(errors?.map(({ extensions }) => extensions)).toEqual(seen.has("price") ? undefined : refused);
    }
    const { data: sums, extensions } = await ask(company, role, report);
    const [sum] = sums!["sales"] as [Data];
    expect(sum["amount"] === null).toBe(!seen.has("price"));
    if (!seen.has("price")) expect(extensions!.masked).toMatchObject([{ field: "SalesFigures.amount" }, { field: "SalesFigures.received" }]); // prettier-ignore
  });

  test("lists only the actions that it may send, and is refused the others alike, whether there is such an order or not", async () => {
    const { data } = await ask(company, role, "query ($id: ID!) { order(id: $id) { availableActions } }", {
      id: orderId,
    });
    const { commands } = defaultPolicy.grantsOf([role]);
    const listed = (data!["order"] as Data)["availableActions"] as readonly string[];
    const { data: all } = await ask(company, "admin", "query ($id: ID!) { order(id: $id) { availableActions } }", {
      id: orderId,
    });
    const possible = (all!["order"] as Data)["availableActions"] as readonly string[];
    expect(possible).toContain("correctOrder");
    // Who has entered an order waives nothing of it.
    const own = role === "manager" ? ["waiveDiscrepancy"] : [];
    expect(listed).toEqual(possible.filter((each) => commands.has(each) && !own.includes(each)));
    if (commands.has("closeOrder")) return;
    const refusals = await Promise.all(
      [orderId, unknownId].map((id) => send(company, role, "closeOrder", { orderId: id })),
    );
    expect(refusals[0]).toEqual(refusals[1]);
    expect(refusals[0]).toMatchObject({ userErrors: [{ code: "COMMAND_NOT_GRANTED" }] });
  });
});

test("who may not see personal values finds nobody by their name", async () => {
  const named = '{ customersByName(name: "Zquixa Nandrivel") { id } }';
  expect((await ask(company, "service", named)).errors).toBeUndefined();
  expect((await ask(company, "auditor", named)).errors).toMatchObject([{ extensions: { code: "FIELD_MASKED" } }]);
});

test("a file grants something else, without any code", async () => {
  const file = join(temporaryDirectory(), "policy.json");
  const departments = [
    { path: "cn", en: "China", zh: "中国" },
    { path: "cn/east", en: "East China", zh: "华东" },
  ];
  const warehouse = { commands: ["receiveOrder", "closeOrder"], fields: ["contact", "personal"] };
  writeFileSync(file, JSON.stringify({ version: 1, roles: { warehouse, sales: { fields: ["price"] } }, departments }));
  const other = await open({ GENDAN_POLICY_FILE: file });
  const order = {
    channel: "SALES",
    customerId,
    currency: "CNY",
    lines: [{ sku: "A-1", quantity: "1", unitPrice: money("9876543"), requestedOn: "2027-01-31" }],
  };
  const selected = "order { id amount { minor } availableActions }";
  const told = await done(other, "warehouse", "receiveOrder", order, selected);
  expect(told["order"]).toMatchObject({ amount: null, availableActions: [] });
  expect((await send(other, "sales", "receiveOrder", order))["userErrors"]).toMatchObject([
    { code: "COMMAND_NOT_GRANTED", details: { command: "receiveOrder", roles: ["warehouse"] } },
  ]);
  const { data } = await ask(other, "sales", "{ orders { nodes { amount { minor } } } }");
  expect(data).toEqual({ orders: { nodes: [{ amount: { minor: "9876543" } }] } });
  const elsewhere = await send(other, "warehouse", "receiveOrder", { ...order, department: "cn/esat" });
  expect(elsewhere["userErrors"]).toMatchObject([
    { code: "DEPARTMENT_UNKNOWN", details: { department: "cn/esat", nearest: "cn/east" } },
  ]);
  expect((await ask(other, "manager", "{ orders { totalCount } }")).data).toEqual({ orders: { totalCount: 1 } });
});

test("a wrong file ends the start with its fault", async () => {
  const file = join(temporaryDirectory(), "policy.json");
  writeFileSync(file, '{ "version": 1, "roles": { "sales": { "rows": "all" } } }');
  await expect(open({ GENDAN_POLICY_FILE: file })).rejects.toMatchObject({
    code: "CONFIGURATION",
    message: expect.stringContaining('roles.sales.rows is "all", accepted: departments, company, assigned'),
  });
});
