// Customers, contacts, interactions and answers as callers find them: through GraphQL, on engines in memory.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startCustomerService, type ServiceUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["service"], departments: ["cn/east"] };
const boss: Identity = { user: "boss", roles: ["manager"] };
const stranger: Identity = { user: "kim", roles: ["service"], departments: ["us"] };
const auditor: Identity = { user: "aud", roles: ["auditor"], departments: ["cn"] };
const importer: Identity = { user: "olist", roles: ["importer"] };

let it: ServiceUnderTest;
beforeAll(async () => {
  it = await startCustomerService();
});
afterAll(async () => {
  expect(it.faults).toEqual([]);
  await it.stop();
});

const codes = ({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }) =>
  userErrors.map(({ code }) => code);
const all = `id revision number kind name localNames { language name } country region postcodePrefix address phone mail
  language terms externalReferences { system number } department assignee registeredAt availableActions`;

async function customer(more: object = {}, as: Identity = li): Promise<string> {
  const told = await it.send(as, "registerCustomer", { kind: "ORGANISATION", name: "Nordwind GmbH", ...more });
  expect(told.userErrors).toEqual([]);
  return (told["customer"] as { readonly id: string }).id;
}

describe("registerCustomer", () => {
  test("gives an organisation as it was registered, under a number and an id of its reference", async () => {
    const input = {
      kind: "ORGANISATION",
      name: "海风有限公司",
      localNames: [{ language: "en", name: "Sea Wind Ltd" }],
      country: "CN",
      region: "Zhejiang",
      postcodePrefix: "310",
      address: "西湖区 1 号",
      phone: "+86 571 1",
      mail: "office@seawind.example",
      language: "zh",
      terms: "NET30",
      externalReferences: [{ system: "erp", number: "4711" }],
      assignee: "li",
    };
    const told = await it.send(li, "registerCustomer", input, all);
    const id = uuidFrom("customer", "erp", "4711");
    expect(told).toMatchObject({
      revision: "0",
      replayed: false,
      userErrors: [],
      settleToken: `gendan.customers/${id}:0`,
    });
    expect(told["customer"]).toEqual({
      ...input,
      id,
      revision: "0",
      number: expect.stringMatching(/^CU-2026-\d{6}$/),
      department: "cn/east",
      registeredAt: "2026-03-02T08:00:00.000Z",
      availableActions: [
        "registerContact",
        "logInteraction",
        "recordSatisfaction",
        "openCase",
        "changeCustomerFields",
        "requestCustomerErasure",
      ],
    });
    const { customerByReference: found } = await it.data<Record<string, unknown>>(
      li,
      `{ customerByReference(system: "erp", number: "4711") { id } }`,
    );
    expect(found).toEqual({ id });
  });

  test("is replayed under its command id, unchanged under another one, refused with other content", async () => {
    const input = { commandId: newId(), kind: "PERSON", name: "Maria Silva", phone: "+55 11 5", id: newId() };
    expect(await it.send(li, "registerCustomer", input)).toMatchObject({ revision: "0", replayed: false });
    expect(await it.send(li, "registerCustomer", input)).toMatchObject({ revision: "0", replayed: true });
    const { commandId: _, ...content } = input;
    expect(await it.send(li, "registerCustomer", content)).toMatchObject({
      revision: "0",
      replayed: false,
      userErrors: [],
    });
    const other = await it.send(li, "registerCustomer", { ...content, name: "Maria Souza" });
    expect(other).toMatchObject({ revision: null, settleToken: null, customer: null });
    expect(codes(other)).toEqual(["CUSTOMER_EXISTS"]);
    expect(codes(await it.send(li, "registerCustomer", { ...input, phone: "1" }))).toEqual(["COMMAND_ID_REUSED"]);
  });

  test("names every fault with its field, in the caller's language", async () => {
    const references = [1, 2].map((number) => ({ system: "erp", number: `${number}` }));
    const told = await it.send(
      li,
      "registerCustomer",
      { kind: "ORGANISATION", externalReferences: references },
      "id",
      "zh",
    );
    expect(told.userErrors).toEqual([
      { code: "NAME_MISSING", field: "name", message: "单位客户必须填写名称。", details: null },
      { code: "REFERENCE_REPEATED", field: "externalReferences", message: expect.stringContaining("erp"), details: { system: "erp" } }, // prettier-ignore
    ]);
  });

  test("keeps values of the company's own kinds, and customers are found by them", async () => {
    const fields = (shade: string, seats: number) => [
      { name: "shade", value: shade },
      { name: "seats", value: seats },
      { name: "audited", value: true },
    ];
    const input = { kind: "ORGANISATION", name: "A" };
    const told = await it.send(li, "registerCustomer", { ...input, customFields: fields("Blau", 12) }, "id customFields { name value }"); // prettier-ignore
    const { id, customFields } = told["customer"] as { id: string; customFields: object[] };
    expect(customFields).toEqual(fields("Blau", 12));
    await customer({ customFields: fields("Blau", 13) });
    const found = (asked: object[], as = li) => {
      const text = "query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } } }";
      return it.ask(as, text, { filter: { customFields: asked } });
    };
    const both = fields("blau", 12).slice(0, 2);
    expect(await found(both)).toMatchObject({ data: { customers: { nodes: [{ id }] } } });
    const { data } = await found([{ name: "audited", value: true }]);
    expect((data as { customers: { nodes: object[] } }).customers.nodes).toHaveLength(2);
    expect(await found(fields("rot", 12))).toMatchObject({ data: { customers: { nodes: [] } } });
    const buyer: Identity = { user: "buyer", roles: ["customer"] };
    expect((await found(both, buyer)).errors?.[0]).toMatchObject({ extensions: { code: "FIELD_MASKED" } });
    const { errors } = await found([{ name: "shade", value: "x".repeat(201) }]);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  test("takes each custom field once, with a short plain value", async () => {
    const input = { kind: "ORGANISATION", name: "A" };
    const twice = ["1", "2"].map((value) => ({ name: "class", value }));
    expect((await it.send(li, "registerCustomer", { ...input, customFields: twice })).userErrors).toMatchObject([
      { code: "FIELD_REPEATED", field: "customFields", details: { name: "class" } },
    ]);
    const text = "mutation ($input: RegisterCustomerInput!) { registerCustomer(input: $input) { revision } }";
    const faulty = (customFields: object[]) =>
      it.ask(li, text, { input: { commandId: newId(), ...input, customFields } });
    for (const value of [{}, ["A"], null, "", "x".repeat(201)]) {
      expect((await faulty([{ name: "class", value }])).errors).toBeDefined();
    }
    const many = Array.from({ length: 51 }, (_, index) => ({ name: `f${index}`, value: index }));
    expect((await faulty(many)).errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    expect((await faulty(many.slice(1))).errors).toBeUndefined();
  });

  test("gives nobody a customer in a department that is not theirs", async () => {
    const input = { kind: "ORGANISATION", name: "A" };
    const told = await it.send(li, "registerCustomer", { ...input, department: "cn/west" });
    expect(told.userErrors).toMatchObject([{ code: "DEPARTMENT_OUT_OF_SCOPE", field: "department" }]);
    expect(codes(await it.send(li, "registerCustomer", { ...input, department: "cn/east/sales" }))).toEqual([]);
    expect(codes(await it.send(boss, "registerCustomer", { ...input, department: "us" }))).toEqual([]);
  });

  test("tells of the past for those who may", async () => {
    const input = { kind: "ORGANISATION", name: "A", occurredAt: "2018-05-01T10:00:00Z" };
    expect((await it.send(li, "registerCustomer", input)).userErrors).toMatchObject([
      { code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" },
    ]);
    const told = await it.send(importer, "registerCustomer", { ...input, historical: true }, "number registeredAt");
    expect(told["customer"]).toEqual({
      number: expect.stringMatching(/^CU-2018-/),
      registeredAt: "2018-05-01T10:00:00.000Z",
    });
  });

  test("refuses what is no id, no code or no mail address, all at once", async () => {
    const input = { id: "1", kind: "PERSON", mail: "nobody", terms: "thirty days", country: "Germany" };
    const text = "mutation ($input: RegisterCustomerInput!) { registerCustomer(input: $input) { revision } }";
    const { errors } = await it.ask(li, text, { input: { commandId: "c", ...input } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    const { problems } = errors![0]!.extensions as { problems: { field: string }[] };
    expect(problems.map(({ field }) => field).sort()).toEqual(["country", "id", "mail", "terms"]);
  });
});

describe("personal values", () => {
  const opened = "id name phone localNames { name }";
  const id = newId();
  beforeAll(async () => {
    const localNames = [{ language: "zh", name: "玛丽亚" }];
    await it.send(li, "registerCustomer", { id, kind: "PERSON", name: "Maria Lima", phone: "+55 1", localNames });
  });
  const read = (as: Identity) => it.data<Record<string, unknown>>(as, `{ customer(id: "${id}") { ${opened} } }`);

  test("lie sealed in the log and in the documents, and are told to nobody", async () => {
    await it.settle();
    const events = await it.engines.eventStore.read(`customer.customer-${id}`);
    const document = await it.service.documents("customers").get("customers", id);
    for (const stored of [events, document]) expect(JSON.stringify(stored)).not.toMatch(/Maria|55 1|玛丽亚/);
  });
  test("are opened for whom the policy allows, and null for others", async () => {
    expect(await read(li)).toEqual({
      customer: { id, name: "Maria Lima", phone: "+55 1", localNames: [{ name: "玛丽亚" }] },
    });
    expect(await read(auditor)).toEqual({ customer: { id, name: null, phone: null, localNames: [{ name: null }] } });
  });
  test("are found by the exact name, however it is written, and by no part of it", async () => {
    const named = async (name: string, as: Identity = li) =>
      (await it.data<{ customersByName: unknown[] }>(as, "query ($name: String!) { customersByName(name: $name) { id } }", { name })).customersByName; // prettier-ignore
    expect(await named(" maria  LIMA ")).toEqual([{ id }]);
    expect(await named("玛丽亚")).toEqual([{ id }]);
    expect(await named("Maria")).toEqual([]);
    expect(await named("Maria Lima", stranger)).toEqual([]);
    const organisation = await customer({ name: "Lima & Söhne" });
    expect(await named("LIMA & söhne")).toEqual([{ id: organisation }]);
  });
  test("are gone with the person's key", async () => {
    await it.engines.keys.erase(id, "2026-03-02T08:00:00.000Z");
    expect(await read(li)).toEqual({ customer: { id, name: null, phone: null, localNames: [{ name: null }] } });
    const found = await it.data(li, `{ customersByName(name: "Maria Lima") { id } }`);
    expect(found).toEqual({ customersByName: [] });
  });
  test("a person of whom nothing personal is said gets no key", async () => {
    const anonymous = await customer({ kind: "PERSON", name: null, country: "BR" });
    expect((await it.engines.keys.getMany([anonymous])).size).toBe(0);
  });
});

describe("customers", () => {
  type Page = { customers: { nodes: { number: string }[]; totalCount: number; pageInfo: { endCursor: string; hasNextPage: boolean } } }; // prettier-ignore
  const text = `query ($first: Int, $after: String, $filter: CustomerFilter, $orderBy: CustomerOrder) {
    customers(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes { number } edges { cursor node { id } } totalCount totalIsExact pageInfo { endCursor hasNextPage } } }`;
  const list = async (variables: object, as: Identity = li) => (await it.data<Page>(as, text, variables)).customers;

  test("are listed page by page, filtered, counted, and only those that the caller sees", async () => {
    for (const index of [1, 2, 3]) {
      await customer({ name: `Kranich ${index} 白鹤`, country: "AT", assignee: index === 2 ? "wang" : null });
      it.clock.advance(1_000);
    }
    await it.settle();
    const filter = { text: "白鹤" };
    const first = await list({ first: 2, filter, orderBy: { field: "REGISTERED_AT", direction: "ASC" } });
    expect(first).toMatchObject({
      totalCount: 3,
      totalIsExact: true,
      nodes: { length: 2 },
      pageInfo: { hasNextPage: true },
    });
    const second = await list({ first: 2, after: first.pageInfo.endCursor, filter, orderBy: { direction: "ASC" } });
    expect(second).toMatchObject({ nodes: { length: 1 }, pageInfo: { hasNextPage: false } });
    const numbers = [...first.nodes, ...second.nodes].map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort());
    const latest = await list({ filter });
    expect(latest.nodes.map(({ number }) => number)).toEqual([...numbers].reverse());
    const byNumber = await list({ filter, orderBy: { field: "NUMBER", direction: "DESC" } });
    expect(byNumber.nodes.map(({ number }) => number)).toEqual([...numbers].reverse());
    expect(await list({ filter: { ...filter, assignee: "wang" } })).toMatchObject({ totalCount: 1 });
    expect(await list({ filter: { kinds: ["PERSON"], countries: ["AT"] } })).toMatchObject({ totalCount: 0 });
    expect(await list({ filter }, stranger)).toMatchObject({ nodes: [], totalCount: 0 });
  });
});

describe("what belongs to a customer", () => {
  test("is registered, logged and recorded in its scope, and found on it", async () => {
    const id = await customer({ assignee: "li" });
    const contact = await it.send(li, "registerContact", { customerId: id, name: "Anna Berg", role: "buyer", mail: "a@b.example" }, "name mail role department customer { id }"); // prettier-ignore
    expect(contact["contact"]).toEqual({
      name: "Anna Berg",
      mail: "a@b.example",
      role: "buyer",
      department: "cn/east",
      customer: { id },
    });
    const logged = await it.send(
      boss,
      "logInteraction",
      { customerId: id, channel: "CALL", direction: "INBOUND", summary: "asks for a date", occurredAt: "2026-03-01T10:00:00Z" }, // prettier-ignore
      "channel direction summary loggedAt department assignee",
    );
    expect(logged["interaction"]).toEqual({
      channel: "CALL",
      direction: "INBOUND",
      summary: "asks for a date",
      loggedAt: "2026-03-01T10:00:00.000Z",
      department: "cn/east",
      assignee: "li",
    });
    const answer = await it.send(li, "recordSatisfaction", { customerId: id, score: 4, comment: "fine", zone: "Asia/Tokyo", occurredAt: "2026-03-01T20:00:00Z" }, "score comment recordedOn"); // prettier-ignore
    expect(answer["satisfaction"]).toEqual({ score: 4, comment: "fine", recordedOn: "2026-03-02" });
    await it.settle();
    const { customer: found } = await it.data<Record<string, object>>(
      li,
      `{ customer(id: "${id}") { contacts { name } interactions { totalCount nodes { summary } }
         satisfaction { totalCount nodes { score } } cases { totalCount } issues { totalCount } } }`,
    );
    expect(found).toEqual({
      contacts: [{ name: "Anna Berg" }],
      interactions: { totalCount: 1, nodes: [{ summary: "asks for a date" }] },
      satisfaction: { totalCount: 1, nodes: [{ score: 4 }] },
      cases: { totalCount: 0 },
      issues: { totalCount: 0 },
    });
  });

  test("an answer has one id in the system that it comes from", async () => {
    const id = await customer();
    const input = { customerId: id, score: 1, externalReference: { system: "olist", number: "r1" } };
    await it.send(li, "recordSatisfaction", input);
    expect(await it.send(li, "recordSatisfaction", input, "id")).toMatchObject({
      revision: "0",
      satisfaction: { id: uuidFrom("satisfaction", "olist", "r1") },
    });
    expect(codes(await it.send(li, "recordSatisfaction", { ...input, score: 5 }))).toEqual(["SATISFACTION_EXISTS"]);
    expect((await it.send(li, "recordSatisfaction", { customerId: id, score: 6 })).userErrors).toMatchObject([
      { code: "SCORE_OUT_OF_RANGE", field: "score" },
    ]);
  });

  test("a fact that claims the future is recorded as disputed; history is told by holders alone", async () => {
    const id = await customer();
    const input = { customerId: id, score: 3, occurredAt: "2199-01-01T00:00:00Z" };
    const told = await it.send(li, "recordSatisfaction", input, "claimedAt recordedOn");
    expect(told["satisfaction"]).toEqual({ claimedAt: "2199-01-01T00:00:00.000Z", recordedOn: "2026-03-02" });
    const historical = { ...input, occurredAt: "2018-01-01T00:00:00Z", historical: true };
    expect(codes(await it.send(li, "recordSatisfaction", historical))).toEqual(["BACKDATE_RIGHT_NEEDED"]);
    expect(codes(await it.send(importer, "recordSatisfaction", historical))).toEqual([]);
  });

  test("what does not exist and what the caller does not see answer the same", async () => {
    const id = await customer();
    const absent = newId();
    for (const mutation of ["registerContact", "logInteraction", "recordSatisfaction"]) {
      const own = { registerContact: { name: "A" }, logInteraction: { channel: "CHAT", direction: "OUTBOUND" }, recordSatisfaction: { score: 5 } }[mutation]!; // prettier-ignore
      const [hidden, missing] = await Promise.all([
        it.send(stranger, mutation, { customerId: id, ...own }),
        it.send(stranger, mutation, { customerId: absent, ...own }),
      ]);
      const told = JSON.stringify(hidden).replaceAll(id, absent);
      expect(JSON.parse(told)).toEqual(missing);
      expect(codes(missing)).toEqual(["CUSTOMER_NOT_FOUND"]);
    }
    expect(await it.data(stranger, `{ customer(id: "${id}") { id } }`)).toEqual({ customer: null });
    const unknownOrder = { customerId: id, score: 5, orderId: newId() };
    expect((await it.send(li, "recordSatisfaction", unknownOrder)).userErrors).toMatchObject([
      { code: "ORDER_UNKNOWN", field: "orderId" },
    ]);
  });
});
