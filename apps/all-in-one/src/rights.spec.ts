// The rights of persons, looked for where they would be broken: in every file that the company keeps, in its log, in backups.
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId, type PersonKey } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { eventually, temporaryDirectory, VirtualClock } from "@gendan/testing";
import { openCompany, type Company } from "./company.js";
import { askAs, mutationText, type Data } from "./spec.js";

const LONG_MS = 120_000;
const li: Identity = { user: "li", roles: ["service", "merchandiser"], departments: ["cn"] };
const wang: Identity = { user: "wang", roles: ["manager"] };
const chen: Identity = { user: "chen", roles: ["admin"] };

/** What is personal, so written that it occurs nowhere else; its digits and words alone are looked for as well. */
const planted = {
  name: "Zquixa Nandrivel",
  localName: "钦霄·楠荻",
  phone: "+55 11 90417-8823",
  mail: "zquixa@nandrivel.example",
  address: "Rua Quermidas 7781, Vilarejo",
  contactName: "Ulfbert Grondahl",
  contactMail: "ulfbert@grondahl.example",
  summary: "her knee was operated on",
  comment: "the courier was rude to her son",
  question: "she waits at the hospice",
  answer: "we wish her well, Zquixa",
  description: "the dog of the family bit him",
  orderNote: "ring at grandmother Odilia",
  deliveryContact: "Odilia Nandrivel",
  quotedContact: "Yolanta Querquist",
  declineNote: "her brother Obadiah sells cheaper",
  checkpointNote: "handed to neighbour Festerholm",
  remark: "her nephew Wendolin pays",
  laterRemark: "Wendolin Ostrander pays no more",
};
const needles = [
  ...Object.values(planted),
  "Zquixa",
  "Nandrivel",
  "90417",
  "Odilia",
  "Festerholm",
  "hospice",
  "Querquist",
  "Obadiah",
  "Wendolin",
  "Ostrander",
];
/** Not personal, and so found: the search would find the others as well. */
const open = "PLAIN-SKU-5521";

const directory = temporaryDirectory();
const backups = temporaryDirectory();
const logged: string[] = [];
let company: Company;
const [customerId, contactId] = [newId(), newId()];
let orderId: string;
let key: PersonKey;

const opened = () =>
  openCompany({
    where: { directory },
    clock: new VirtualClock("2026-11-23T09:00:00.000Z"),
    log: createLog({ level: "debug", service: "test" }, { write: (line) => void logged.push(line) }),
  });

const ask = (who: Identity, query: string, variables?: object) => askAs(company, who, query, variables);
async function send(who: Identity, mutation: string, selected: string, input: object): Promise<Data> {
  const query = mutationText(mutation, selected);
  const { told } = await ask(who, query, { input: { commandId: newId(), ...input } });
  expect(told.userErrors).toEqual([]);
  await company.settled();
  return told;
}

/** Every file below a folder with what lies in it. */
const filesIn = (folder: string): [string, Buffer][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name))]);

/** Which needle lies where, as text or in base64. */
const found = (folder: string, wanted: readonly (string | Uint8Array)[]): string[] =>
  filesIn(folder).flatMap(([file, bytes]) =>
    wanted.filter((each) => bytes.includes(Buffer.from(each as string))).map((each) => `${String(each)} in ${file}`),
  );
const personal = needles.flatMap((text) => [
  text,
  Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1),
]);

/** Every database of the company as its backup tool copies it; a lock holds no data. */
async function backUp(to: string): Promise<void> {
  for (const [file] of filesIn(directory).filter(([name]) => name.endsWith(".db") && !name.endsWith("lock.db"))) {
    const source = new DatabaseSync(file, { readOnly: true });
    await backup(source, join(to, file.slice(directory.length + 1).replaceAll("/", "_")));
    source.close();
  }
}

const reports = `{ orderCounts(by: LIFECYCLE) { key count } satisfaction(from: "2026-01-01", to: "2026-12-31") { answers mean } }`;
const about = `query ($id: ID!, $order: ID!) {
  customer(id: $id) { name phone mail address localNames { name } customFields { value } contacts { name mail } erasure { state }
    interactions { nodes { summary } } satisfaction { nodes { comment } } cases { nodes { text answers { text } } } }
  order(id: $order) { deliveryPoint { contactName address } shipments { packages { checkpoints { note } } } } }`;

beforeAll(async () => {
  company = await opened();
  const { name, phone, mail, address } = planted;
  const localNames = [{ language: "zh", name: planted.localName }];
  const fields = ["remark", "laterRemark"].map((each) => ({
    name: each,
    of: "customer",
    type: "text",
    personal: true,
  }));
  await send(wang, "setOrderRules", "revision", { kind: "customFields", rules: { fields } });
  const remark = { name: "remark", value: planted.remark };
  const person = { id: customerId, kind: "PERSON", name, localNames, phone, mail, address, customFields: [remark] };
  await send(li, "registerCustomer", "revision", person);
  const later = { name: "laterRemark", value: planted.laterRemark };
  await send(li, "changeCustomerFields", "revision", { customerId, set: [later] });
  const contact = { id: contactId, customerId, name: planted.contactName, mail: planted.contactMail };
  await send(li, "registerContact", "revision", contact);
  const order = {
    channel: "MAIL",
    sourceReference: "PO-1",
    customerId,
    currency: "EUR",
    deliveryPoint: { address, contactName: planted.deliveryContact, country: "BR" },
    lines: [{ sku: open, quantity: "1", unitPrice: { minor: "100", currency: "EUR" }, requestedOn: "2027-01-31" }],
  };
  orderId = (await send(li, "receiveOrder", "order { id }", order)).order.id;
  await send(chen, "verifyOrder", "revision", { orderId });
  await send(li, "confirmOrder", "revision", { orderId, promiseRequested: true });
  await send(li, "placeHold", "revision", { orderId, hold: "CUSTOMER", note: planted.orderNote });
  const plan = { orders: [{ orderId }], mode: "PARCEL", carrier: "SF", packages: [{ trackingNumber: "SF1" }] };
  const shipmentId = (await send(li, "planShipment", "shipment { id }", plan)).shipment.id;
  const seen = { shipmentId, trackingNumber: "SF1", code: "IN_TRANSIT", note: planted.checkpointNote };
  await send(li, "recordCheckpoint", "revision", seen);
  const offer = {
    customerId,
    currency: "EUR",
    deliveryPoint: { contactName: planted.quotedContact, country: "BR" },
    lines: order.lines,
    validUntil: "2027-01-31",
  };
  const quotationId = (await send(li, "draftQuotation", "quotation { id }", offer)).quotation.id;
  await send(li, "sendQuotation", "revision", { quotationId });
  await send(li, "declineQuotation", "revision", { quotationId, reason: "price", note: planted.declineNote });
  const told = { customerId, orderId };
  const call = { ...told, channel: "CALL", direction: "INBOUND", summary: planted.summary };
  await send(li, "logInteraction", "revision", call);
  await send(li, "recordSatisfaction", "revision", { ...told, score: 2, comment: planted.comment });
  const inquiry = { ...told, kind: "INQUIRY", subject: "delivery", text: planted.question };
  const caseId = (await send(li, "openCase", "case { id }", inquiry)).case.id;
  await send(li, "answerCase", "revision", { caseId, text: planted.answer });
  const issue = { caseId, severity: "MINOR", title: "delivery", description: planted.description };
  await send(li, "openIssue", "revision", issue);
  key = (await company.keys.obtain(customerId)) as PersonKey;
}, LONG_MS);
afterAll(() => company.stop());

const exported = `query ($id: ID!) { exportCustomer(id: $id) { customer contacts interactions satisfaction cases issues quotations orders receipts shipments } }`;

test("before: what is personal is read by whoever may, and lies nowhere in the clear", async () => {
  const data = await ask(li, about, { id: customerId, order: orderId });
  const shown = JSON.stringify(data);
  for (const text of [
    ...[planted.name, planted.phone, planted.contactMail, planted.comment, planted.checkpointNote],
    ...[planted.remark, planted.laterRemark],
  ]) {
    expect(shown).toContain(text);
  }
  await backUp(backups);
  expect(filesIn(directory).map(([file]) => file.slice(directory.length))).toEqual(
    expect.arrayContaining([
      "/customer/events.db-wal",
      "/bus.db-wal",
      "/keys.db-wal",
      "/order/documents/orders@1.db",
      expect.stringMatching(/^\/audit\/customer-1\/.*\.jsonl$/),
    ]),
  );
  for (const folder of [directory, backups]) {
    expect(found(folder, [open]).length).toBeGreaterThan(2);
    expect(found(folder, personal)).toEqual([]);
    expect(found(folder, [key.cipherKey]).length).toBeGreaterThan(0);
  }
  expect(logged.filter((line) => needles.some((text) => line.includes(text)))).toEqual([]);
});

test("an export has all of it, of every service", async () => {
  const { exportCustomer } = await ask(wang, exported, { id: customerId });
  const text = JSON.stringify(exportCustomer);
  for (const [what, value] of Object.entries(planted)) expect([what, text.includes(value)]).toEqual([what, true]);
  expect(exportCustomer.orders[0]).toMatchObject({ id: orderId, lines: [{ sku: open }] });
  expect(text).not.toContain("ciphertext");
});

describe("after the erasure", () => {
  let before: Data;
  beforeAll(async () => {
    before = await ask(wang, reports);
    for (const [of, id] of [
      ["Customer", customerId],
      ["Contact", contactId],
    ] as const) {
      const subject = { [`${of.toLowerCase()}Id`]: id };
      await send(li, `request${of}Erasure`, "revision", { ...subject, reason: "on-request" });
      await send(wang, `erase${of}`, "revision", subject);
    }
  }, LONG_MS);

  test("the key lies in no file any more, and still nothing in the clear", () => {
    expect(found(directory, [key.cipherKey, key.macKey])).toEqual([]);
    expect(found(directory, personal)).toEqual([]);
    expect(logged.filter((line) => needles.some((text) => line.includes(text)))).toEqual([]);
  });

  test("everything is answered, without the person", async () => {
    const data = await ask(li, about, { id: customerId, order: orderId });
    expect(data).toMatchObject({
      customer: {
        name: null,
        phone: null,
        localNames: [{ name: null }],
        customFields: [{ value: null }, { value: null }],
        contacts: [{ name: null, mail: null }],
        erasure: { state: "ERASED" },
        interactions: { nodes: [{ summary: null }] },
        cases: { nodes: [{ text: null, answers: [{ text: null }] }] },
      },
      order: { deliveryPoint: { contactName: null }, shipments: [{ packages: [{ checkpoints: [{ note: null }] }] }] },
    });
    const { exportCustomer } = await ask(wang, exported, { id: customerId });
    for (const text of needles) expect(JSON.stringify({ data, exportCustomer })).not.toContain(text);
    expect(
      await ask(li, `query ($name: String!) { customersByName(name: $name) { id } }`, { name: planted.name }),
    ).toEqual({
      customersByName: [],
    });
  });

  test("reports say what they said; rebuilding and verifying find nothing amiss", async () => {
    for (const service of company.services.values()) {
      for (const projection of service.projections) await service.rebuild(projection);
      expect(await service.verify()).toMatchObject({ differences: [] });
      expect(await service.parked()).toEqual([]);
    }
    expect(await ask(wang, reports)).toEqual(before);
  });

  test(
    "an older copy of the keys that is put back is told again whom it must forget",
    async () => {
      await company.stop();
      for (const end of ["", "-wal", "-shm"]) rmSync(join(directory, `keys.db${end}`), { force: true });
      cpSync(join(backups, "keys.db"), join(directory, "keys.db"));
      expect(found(directory, [key.cipherKey]).length).toBeGreaterThan(0);
      company = await opened();
      await eventually(async () => (await company.keys.getMany([customerId, contactId])).size === 0);
      expect(await company.keys.obtain(customerId)).toBe("erased");
      expect(await company.keys.obtain(contactId)).toBe("erased");
      expect(found(directory, [key.cipherKey, key.macKey])).toEqual([]);
      expect((await ask(li, about, { id: customerId, order: orderId })).customer).toMatchObject({ name: null });
    },
    LONG_MS,
  );
});
