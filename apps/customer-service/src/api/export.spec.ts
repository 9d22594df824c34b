// All that is held of a customer, opened for whoever carries out the right to have it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startCustomerService, type ServiceUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["service"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["manager"] };

const text = `query($id: ID!) { exportCustomer(id: $id) {
  id exportedAt customer contacts interactions satisfaction cases issues } }`;

let it: ServiceUnderTest;
const id = newId();
const contact = { id: newId(), customerId: id, name: "Anna Berg", mail: "anna@silva.example" };

beforeAll(async () => {
  it = await startCustomerService();
  const localNames = [{ language: "zh", name: "玛丽亚" }];
  await it.send(li, "registerCustomer", { id, kind: "PERSON", name: "Maria Silva", localNames, phone: "+55 11 5" });
  await it.send(li, "registerContact", contact);
  await it.send(li, "logInteraction", { customerId: id, channel: "CALL", direction: "INBOUND", summary: "moves away" });
  await it.send(li, "recordSatisfaction", { customerId: id, score: 4, comment: "kind people" });
  const opened = await it.send(li, "openCase", { customerId: id, kind: "COMPLAINT", subject: "late", text: "where" });
  const caseId = (opened["case"] as { readonly id: string }).id;
  await it.send(li, "answerCase", { caseId, text: "tomorrow" });
  await it.send(li, "openIssue", { caseId, severity: "MINOR", title: "late", description: "the dog bites" });
});
afterAll(async () => {
  expect(it.faults).toEqual([]);
  await it.stop();
});

type Held = { readonly exportCustomer: Readonly<Record<string, unknown>> };

test("it is whole, and plain", async () => {
  await it.settle();
  const { exportCustomer: held } = await it.data<Held>(wang, text, { id });
  expect(held).toMatchObject({
    id,
    exportedAt: "2026-03-02T08:00:00.000Z",
    customer: { id, name: "Maria Silva", localNames: [{ language: "zh", name: "玛丽亚" }], phone: "+55 11 5" },
    contacts: [{ id: contact.id, name: "Anna Berg", mail: "anna@silva.example" }],
    interactions: [{ channel: "call", summary: "moves away" }],
    satisfaction: [{ score: 4, comment: "kind people" }],
    cases: [{ text: "where", answers: [{ text: "tomorrow", answeredBy: "li" }] }],
    issues: [{ description: "the dog bites" }],
  });
  expect(JSON.stringify(held)).not.toMatch(/ciphertext|"mac"/);
});

test("it is refused to whoever does not see the whole company or has not the right", async () => {
  for (const who of [li, { ...wang, departments: ["cn"] }, { ...wang, roles: ["importer"] }]) {
    const { errors } = await it.ask(who, text, { id });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
});

test("there is none of somebody who is not there", async () =>
  expect(await it.data(wang, text, { id: newId() })).toEqual({ exportCustomer: null }));

test("of an erased customer it has what is left; the contact is there", async () => {
  await it.send(li, "requestCustomerErasure", { customerId: id, reason: "on-request" });
  await it.send(wang, "eraseCustomer", { customerId: id });
  await it.settle();
  const { exportCustomer: held } = await it.data<Held>(wang, text, { id });
  expect(held).toMatchObject({
    customer: { name: null, phone: null, erasure: { state: "erased", requestedBy: "li", erasedBy: "wang" } },
    contacts: [{ name: "Anna Berg" }],
    interactions: [{ channel: "call", summary: null }],
    cases: [{ text: null, answers: [{ text: null }] }],
  });
});
