// A person is erased by two others: then everything about them reads null, and nothing new is taken.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startCustomerService, type ServiceUnderTest, type Told } from "./spec.js";

const li: Identity = { user: "li", roles: ["service"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["manager"], departments: ["cn"] };
const stranger: Identity = { user: "kim", roles: ["manager"], departments: ["us"] };

let it: ServiceUnderTest;
beforeAll(async () => {
  it = await startCustomerService();
});
afterAll(async () => {
  expect(it.faults).toEqual([]);
  await it.stop();
});

const codes = ({ userErrors }: Told) => userErrors.map(({ code }) => code);

/** A person with a name, a phone and a conversation. */
async function maria(): Promise<string> {
  const id = newId();
  const registered = { id, kind: "PERSON", name: `Maria ${id}`, phone: "+55 11 5555" };
  expect(codes(await it.send(li, "registerCustomer", registered))).toEqual([]);
  const said = { customerId: id, channel: "CALL", direction: "INBOUND", summary: "she moves to Recife" };
  expect(codes(await it.send(li, "logInteraction", said))).toEqual([]);
  return id;
}
const request = (customerId: string, as = li) =>
  it.send(as, "requestCustomerErasure", { customerId, reason: "on-request" }, "availableActions");
const erase = (customerId: string, as = wang, commandId: string = newId()) =>
  it.send(as, "eraseCustomer", { customerId, commandId }, "availableActions");

const about = `query($id: ID!) { customer(id: $id) { name phone number interactions { nodes { channel summary } }
  erasure { state reason requestedBy requestedAt erasedBy erasedAt } } }`;

describe("a customer", () => {
  test("is erased by another person than the one who asked", async () => {
    const customerId = await maria();
    expect((await request(customerId))["customer"]).toEqual({
      availableActions: ["registerContact", "logInteraction", "recordSatisfaction", "openCase", "changeCustomerFields", "withdrawCustomerErasure"], // prettier-ignore
    });
    const told = await erase(customerId);
    expect(told).toMatchObject({
      revision: "2",
      replayed: false,
      userErrors: [],
      settleToken: `gendan.customers/${customerId}:32`,
    });
    await it.settle();
    expect(await it.data(li, about, { id: customerId })).toEqual({
      customer: {
        name: null,
        phone: null,
        number: expect.stringMatching(/^CU-/),
        interactions: { nodes: [{ channel: "CALL", summary: null }] },
        erasure: {
          state: "ERASED",
          reason: "on-request",
          requestedBy: "li",
          requestedAt: "2026-03-02T08:00:00.000Z",
          erasedBy: "wang",
          erasedAt: "2026-03-02T08:00:00.000Z",
        },
      },
    });
    expect(await it.engines.keys.obtain(customerId)).toBe("erased");
    const byName = `query($name: String!) { customersByName(name: $name) { id } }`;
    expect(await it.data(li, byName, { name: `Maria ${customerId}` })).toEqual({ customersByName: [] });
  });

  test("is not erased by whoever asked, by a role that may not, unasked, or out of scope", async () => {
    const customerId = await maria();
    expect(codes(await erase(customerId))).toEqual(["ERASURE_NOT_REQUESTED"]);
    await request(customerId, wang);
    expect(codes(await erase(customerId, wang))).toEqual(["SAME_PERSON"]);
    expect(codes(await erase(customerId, li))).toEqual(["COMMAND_NOT_GRANTED"]);
    expect(codes(await erase(customerId, stranger))).toEqual(["NOT_FOUND"]);
    expect(codes(await request(customerId, li))).toEqual(["ERASURE_REQUESTED"]);
    const { customer } = await it.data<{ readonly customer: { readonly name: string } }>(li, about, { id: customerId });
    expect(customer.name).toBe(`Maria ${customerId}`);
  });

  test("whose erasure was withdrawn stays as it was", async () => {
    const customerId = await maria();
    await request(customerId);
    expect(codes(await it.send(wang, "withdrawCustomerErasure", { customerId }))).toEqual([]);
    expect(codes(await erase(customerId))).toEqual(["ERASURE_NOT_REQUESTED"]);
    expect(await it.data(li, about, { id: customerId })).toMatchObject({
      customer: { phone: "+55 11 5555", erasure: null },
    });
  });

  test("is erased once: the same command again is the answer of the first one", async () => {
    const [customerId, commandId] = [await maria(), newId()];
    await request(customerId);
    const first = await erase(customerId, wang, commandId);
    expect(await erase(customerId, wang, commandId)).toEqual({ ...first, replayed: true });
    expect(codes(await erase(customerId))).toEqual(["SUBJECT_ERASED"]);
  });
});

describe("of an erased customer nothing personal is taken", () => {
  let customerId: string;
  beforeAll(async () => {
    customerId = await maria();
    await request(customerId);
    await erase(customerId);
  });

  test.each([
    ["logInteraction", { channel: "CALL", direction: "INBOUND", summary: "she calls again" }],
    ["recordSatisfaction", { score: 5, comment: "kind people" }],
    ["openCase", { kind: "INQUIRY", subject: "delivery", text: "where is it" }],
  ])("by %s, while what says nothing about them is", async (mutation, input) => {
    const told = await it.send(li, mutation, { ...input, customerId }, "id", "zh");
    expect(told.userErrors).toEqual([
      {
        code: "SUBJECT_ERASED",
        field: null,
        message: "当事人的个人数据已永久抹除，请去掉个人信息后重试。",
        details: { subject: customerId },
      },
    ]);
    const { summary: _, comment: __, text: ___, ...plain } = input as Record<string, unknown>;
    expect(codes(await it.send(li, mutation, { ...plain, customerId }))).toEqual([]);
  });

  test("by registering them again, personal or not", async () => {
    const again = { id: customerId, kind: "PERSON" };
    expect(codes(await it.send(li, "registerCustomer", { ...again, name: "Maria" }))).toEqual(["SUBJECT_ERASED"]);
    expect(codes(await it.send(li, "registerCustomer", again))).toEqual(["SUBJECT_ERASED"]);
  });
});

test("a contact is erased for itself; its customer stays", async () => {
  const nordwind = { id: newId(), kind: "ORGANISATION", name: "Nordwind", phone: "+49 40 1" };
  await it.send(li, "registerCustomer", nordwind);
  const contact = { id: newId(), customerId: nordwind.id, name: "Anna Berg", mail: "anna@nordwind.example" };
  expect(codes(await it.send(li, "registerContact", contact))).toEqual([]);
  const contactId = contact.id;
  const asked = await it.send(li, "requestContactErasure", { contactId, reason: "on-request" }, "availableActions");
  expect(asked["contact"]).toEqual({ availableActions: ["withdrawContactErasure"] });
  expect(codes(await it.send(wang, "eraseContact", { contactId }))).toEqual([]);
  const text = `query($id: ID!) { customer(id: $id) { phone contacts { name mail role erasure { state } } } }`;
  expect(await it.data(li, text, { id: nordwind.id })).toEqual({
    customer: { phone: "+49 40 1", contacts: [{ name: null, mail: null, role: null, erasure: { state: "ERASED" } }] },
  });
  expect(codes(await it.send(li, "registerContact", contact))).toEqual(["SUBJECT_ERASED"]);
});
