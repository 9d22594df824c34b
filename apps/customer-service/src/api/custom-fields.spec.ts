// Custom fields of customers under what the company has defined: told by the order desk, decided under, shown, found, erased.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PublicEventOf } from "@gendan/contracts";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startCustomerService, type ServiceUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["service"], departments: ["cn/east"] };
const boss: Identity = { user: "boss", roles: ["manager"] };
const stranger: Identity = { user: "kim", roles: ["service"], departments: ["us"] };
const auditor: Identity = { user: "aud", roles: ["auditor"], departments: ["cn"] };

let it: ServiceUnderTest;
beforeAll(async () => {
  it = await startCustomerService();
});
afterAll(async () => {
  expect(it.faults).toEqual([]);
  await it.stop();
});

type Definition = Partial<PublicEventOf<"custom.fields.defined">["fields"][number]>;
const rulesId = newId();
let version = 0;
/** The order desk tells what is defined from now on. */
const define = async (fields: readonly Definition[], definedOnly = false) => {
  const defaults = { of: "customer", type: "text", required: false, personal: false, name: "" };
  await it.told(rulesId, {
    type: "custom.fields.defined",
    rulesId,
    version: ++version,
    fields: fields.map((field) => ({ ...defaults, ...field })),
    definedOnly,
  });
};
const field = (name: string, value: unknown) => ({ name, value });
const register = (customFields: object[], more: object = {}, as = li, language?: string) => {
  const input = { kind: "ORGANISATION", name: "Nordwind GmbH", customFields, ...more };
  return it.send(as, "registerCustomer", input, "id customFields { name value personal }", language);
};
const idOf = ({ customer }: Awaited<ReturnType<typeof register>>) => (customer as { readonly id: string }).id;
const shown = async (id: string, as = li) => {
  const text =
    "query ($id: ID!) { customer(id: $id) { customFields { name value personal } customFieldFaults { name code } } }";
  return (await it.data<Record<string, object>>(as, text, { id }))["customer"];
};
const find = (customFields: object[]) => {
  const text = "query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } } }";
  return it.ask(li, text, { filter: { customFields } });
};
const foundBy = async (...fields: object[]) => {
  await it.settle();
  const { data, errors } = await find(fields);
  expect(errors).toBeUndefined();
  return (data as { customers: { nodes: { id: string }[] } }).customers.nodes.map(({ id }) => id);
};

describe("what the company has defined", () => {
  let before: string;
  beforeAll(async () => {
    before = idOf(await register([field("class", "gold"), field("quota", "12.0"), field("since", "2019")]));
    await define([
      { name: "class", type: "choice", choices: ["A", "B"], required: true },
      { name: "quota", type: "decimal" },
      { name: "audited", type: "boolean" },
      { name: "visited", type: "date" },
      { name: "class", of: "line", type: "integer" },
    ]);
  });

  test("holds for who is registered: every fault at once, with its field, in the caller's language", async () => {
    const fields = [field("class", "C"), field("quota", "much"), field("visited", "2026-02-30"), field("other", 1)];
    expect((await register(fields, { name: "" })).userErrors).toMatchObject([
      { code: "NAME_MISSING", field: "name" },
      { code: "FIELD_TYPE", field: "customFields.0.value", details: { name: "class", choices: ["A", "B"] } },
      { code: "FIELD_TYPE", field: "customFields.1.value" },
      { code: "FIELD_TYPE", field: "customFields.2.value" },
    ]);
    expect((await register([], {}, li, "zh")).userErrors).toMatchObject([
      { code: "FIELD_REQUIRED", field: "customFields.class", message: "按本单位规则，客户自定义字段“class”必填。" },
    ]);
  });
  test("says how values are kept, and they are found as they are asked for", async () => {
    const given = [
      field("class", "A"),
      field("quota", "7.50"),
      field("audited", "true"),
      field("visited", "2026-02-28"),
    ];
    const told = await register([...given, field("other", "x")]);
    expect(told["customer"]).toMatchObject({
      customFields: [
        ...[field("class", "A"), field("quota", "7.5"), field("audited", true), field("visited", "2026-02-28")],
        field("other", "x"),
      ],
    });
    for (const value of ["7.5", "7.500", 7.5]) expect(await foundBy(field("quota", value))).toEqual([idOf(told)]);
    expect(await foundBy(field("class", "a"), field("audited", "true"))).toEqual([idOf(told)]);
    const events = await it.engines.eventStore.read(`customer.customer-${idOf(told)}`);
    expect(events).toMatchObject([{ version: 2, data: { decidedUnder: { customFields: version } } }]);
  });
  test("leaves who was registered before as they are, and shows what is not as it should be", async () => {
    expect(await shown(before)).toEqual({
      customFields: [field("class", "gold"), field("quota", "12.0"), field("since", "2019")].map((each) => ({ ...each, personal: false })), // prettier-ignore
      customFieldFaults: [{ name: "class", code: "FIELD_TYPE" }],
    });
    expect(await foundBy(field("quota", "12.0"))).toEqual([before]);
  });
  test("is minded by who changes that field, and by nobody else", async () => {
    const change = (input: object) => it.send(li, "changeCustomerFields", { customerId: before, ...input }, "id");
    expect((await change({ set: [field("class", "silver"), field("quota", "3.0")] })).userErrors).toMatchObject([
      { code: "FIELD_TYPE", field: "set.0.value" },
    ]);
    expect((await change({ set: [field("quota", 1)], remove: ["quota"] })).userErrors).toMatchObject([
      { code: "FIELD_REPEATED", field: "set" },
    ]);
    expect((await change({ remove: ["class"] })).userErrors).toMatchObject([
      { code: "FIELD_REQUIRED", field: "remove.0" },
    ]);
    const commandId = newId();
    const changing = { commandId, set: [field("class", "gold"), field("quota", "3.0")], remove: ["since"] };
    expect(await change(changing)).toMatchObject({ revision: "1", replayed: false, userErrors: [] });
    expect(await change(changing)).toMatchObject({ revision: "1", replayed: true });
    expect(await change({ set: [field("quota", "3.00")] })).toMatchObject({ revision: "1", userErrors: [] });
    expect(await shown(before)).toMatchObject({
      customFields: [field("class", "gold"), field("quota", "3")],
      customFieldFaults: [{ name: "class", code: "FIELD_TYPE" }],
    });
    expect(await foundBy(field("quota", 3))).toEqual([before]);
    expect(await foundBy(field("since", "2019"))).toEqual([]);
  });
  test("refuses what is not defined where only defined fields are welcome", async () => {
    await define([{ name: "class", type: "choice", choices: ["A"] }], true);
    expect((await register([field("colour", "red")])).userErrors).toMatchObject([
      { code: "FIELD_UNKNOWN", field: "customFields.0.name", details: { name: "colour" } },
    ]);
    expect(await shown(before)).toMatchObject({
      customFieldFaults: [
        { name: "class", code: "FIELD_TYPE" },
        { name: "quota", code: "FIELD_UNKNOWN" },
      ],
    });
  });
  test("is what it was when an older version is heard of later", async () => {
    await it.told(rulesId, { type: "custom.fields.defined", rulesId, version: 1, fields: [], definedOnly: false });
    expect((await register([field("colour", "red")])).userErrors).toMatchObject([{ code: "FIELD_UNKNOWN" }]);
  });
});

describe("a personal field", () => {
  const text = "her knee was operated on";
  const input = { id: newId(), commandId: newId() };
  const personal = { name: "remarks", personal: true };
  beforeAll(() => define([personal]));

  test("lies sealed in the log and in the documents, and is opened for whom the policy allows", async () => {
    const told = await register([field("remarks", text), field("class", "A")], input);
    expect(told["customer"]).toMatchObject({
      customFields: [
        { name: "remarks", value: text, personal: true },
        { name: "class", value: "A", personal: false },
      ],
    });
    await it.settle();
    const events = await it.engines.eventStore.read(`customer.customer-${input.id}`);
    const document = await it.service.documents("customers").get("customers", input.id);
    for (const stored of [events, document]) expect(JSON.stringify(stored)).not.toContain("knee");
    expect(await shown(input.id, auditor)).toMatchObject({
      customFields: [
        { name: "remarks", value: null },
        { name: "class", value: "A" },
      ],
    });
  });
  test("is found by nobody, who is told so", async () => {
    expect((await find([field("class", "A"), field("remarks", text)])).errors?.[0]).toMatchObject({
      message: expect.stringContaining("remarks"),
      extensions: { code: "BAD_USER_INPUT", field: "filter.customFields.1.name" },
    });
  });
  test("takes texts alone", async () =>
    expect((await register([field("remarks", 3)])).userErrors).toMatchObject([{ code: "FIELD_TYPE" }]));
  test("the same command is the same, whatever was defined since", async () => {
    const open = { id: newId(), commandId: newId() };
    const [sealed, plain] = [[field("remarks", text), field("class", "A")], [field("nickname", "Mimi")]];
    await register(plain, open);
    const change = { commandId: newId(), customerId: open.id, set: [field("pet", "Mimi the cat")] };
    await it.send(li, "changeCustomerFields", change);
    await define([
      { name: "nickname", personal: true },
      { name: "pet", personal: true },
    ]);
    expect(await register(plain, open)).toMatchObject({ replayed: true, userErrors: [] });
    expect(await it.send(li, "changeCustomerFields", change)).toMatchObject({ replayed: true, userErrors: [] });
    await it.send(li, "changeCustomerFields", { customerId: open.id, remove: ["pet"] });
    expect(await register(sealed, input)).toMatchObject({ replayed: true, userErrors: [] });
    expect((await register([field("remarks", "another"), field("class", "A")], input)).userErrors).toMatchObject([
      { code: "COMMAND_ID_REUSED" },
    ]);
    expect(await shown(open.id, auditor)).toMatchObject({ customFields: [{ name: "nickname", value: null }] });
    expect(await shown(open.id)).toMatchObject({ customFieldFaults: [{ name: "nickname", code: "FIELD_TYPE" }] });
    await it.send(li, "changeCustomerFields", { customerId: open.id, set: plain });
    expect(await shown(open.id)).toMatchObject({
      customFields: [{ value: "Mimi", personal: true }],
      customFieldFaults: [],
    });
    await define([personal]);
  });
  test("is in the person's export, and gone with the person's key", async () => {
    const exported = async () =>
      (await it.data<Record<string, object>>(boss, `{ exportCustomer(id: "${input.id}") { customer } }`))[
        "exportCustomer"
      ];
    expect(await exported()).toMatchObject({
      customer: { customFields: [field("remarks", text), field("class", "A")] },
    });
    await it.send(li, "requestCustomerErasure", { customerId: input.id, reason: "on-request" });
    await it.send(boss, "eraseCustomer", { customerId: input.id });
    await it.settle();
    expect(await shown(input.id)).toMatchObject({
      customFields: [
        { name: "remarks", value: null, personal: true },
        { name: "class", value: "A" },
      ],
    });
    expect(await exported()).toMatchObject({
      customer: { customFields: [field("remarks", null), field("class", "A")] },
    });
    for (const name of ["remarks", "class"]) {
      const set = [field(name, "B")];
      const told = await it.send(li, "changeCustomerFields", { customerId: input.id, set });
      expect(told.userErrors).toMatchObject([{ code: "SUBJECT_ERASED" }]);
    }
  });
  test("a customer whom the caller does not see answers as one that never was, and gets no key", async () => {
    const [hidden, absent] = [idOf(await register([])), newId()];
    const set = [field("remarks", "x")];
    const [one, other] = await Promise.all(
      [hidden, absent].map((customerId) => it.send(stranger, "changeCustomerFields", { customerId, set })),
    );
    expect(JSON.parse(JSON.stringify(one).replaceAll(hidden, absent))).toEqual(other);
    expect(other!.userErrors).toMatchObject([{ code: "CUSTOMER_NOT_FOUND", field: "customerId" }]);
    expect((await it.engines.keys.getMany([hidden, absent])).size).toBe(0);
  });
});
