// Orders by mail, through the graph: proposed without a trace, and taken in as any other order.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["sales"], departments: ["cn/east"] };
const auditor: Identity = { user: "aud", roles: ["auditor"], departments: ["cn"] };

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

const customerId = uuidFrom("customer", newId());
const message = (text: string, csv?: string): string => {
  const file =
    csv === undefined
      ? ""
      : `--b\r\nContent-Type: text/csv; name=order.csv\r\nContent-Disposition: attachment; filename=order.csv\r\n\r\n${csv}\r\n`;
  const raw = `From: Erika <e@example.com>\r\nSubject: Order\r\nMessage-ID: <${newId()}@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${file}--b--\r\n`;
  return Buffer.from(raw).toString("base64");
};
const text = "Reference: PO-1\r\nCurrency: EUR\r\nCountry: DE\r\nAddress: Hauptstr. 1\r\nRequested: 2030-01-31";
const csv = "item,quantity,price\r\nA-1,10,19.99";

interface Received {
  readonly order: Record<string, unknown> | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
}
async function receive(mail: object, commandId = newId()): Promise<Received> {
  const mutation = `mutation ($input: ReceiveOrderByMailInput!) { receiveOrderByMail(input: $input) {
    order { id channel sourceReference deliveryPoint { country address } original { sha256 bytes mediaType text }
      lines { sku quantity unitPrice { minor currency } schedules { requestedOn } } } replayed userErrors { code field } } }`;
  const { receiveOrderByMail } = await orders.data<{ receiveOrderByMail: Received }>(li, mutation, {
    input: { commandId, mail },
  });
  return receiveOrderByMail;
}
async function propose(mail: object): Promise<Record<string, unknown>> {
  const query = `query ($mail: OrderMailInput!) { proposedOrder(mail: $mail) {
    from subject order attachments { name mediaType bytes taken } faults { code field } } }`;
  return (await orders.data<{ proposedOrder: Record<string, unknown> }>(li, query, { mail })).proposedOrder;
}

test("a mail is proposed with everything that is wrong with it, and nothing is kept", async () => {
  const proposal = await propose({ message: message(text, "item,quantity,price\r\nA-1,ten,19.999") });
  expect(proposal).toMatchObject({
    from: "e@example.com",
    subject: "Order",
    attachments: [{ name: "order.csv", mediaType: "text/csv", taken: true }],
    order: {
      channel: "MAIL",
      sourceReference: "PO-1",
      currency: "EUR",
      deliveryPoint: { country: "DE", address: "Hauptstr. 1" },
      lines: [{ sku: "A-1", quantity: "ten", requestedOn: "2030-01-31" }],
    },
    faults: [
      { code: "CUSTOMER_MISSING", field: "customerId" },
      { code: "QUANTITY_NOT_POSITIVE", field: "lines.0.quantity" },
      { code: "PRICE_INVALID", field: "lines.0.unitPrice" },
    ],
  });
  expect(await propose({ message: "%" })).toEqual({
    from: null,
    subject: null,
    order: null,
    attachments: [],
    faults: [{ code: "MAIL_UNREADABLE", field: "message" }],
  });
  const complete = { message: message(text, csv), customerId };
  expect((await propose(complete))["faults"]).toEqual([]);
  expect((await propose(complete))["faults"]).toEqual([]);
  const { data } = await orders.ask(li, "{ orders { nodes { id } } }");
  expect(data).toEqual({ orders: { nodes: [] } });
  expect(await orders.keys.find(customerId)).toBeUndefined();
});

test("a mail is received as any order, once, and its original stays with it, sealed", async () => {
  const mail = { message: message(text, csv), customerId };
  const commandId = newId();
  const { order, userErrors } = await receive(mail, commandId);
  expect(userErrors).toEqual([]);
  expect(order).toMatchObject({
    id: uuidFrom("order", "mail", customerId, "PO-1"),
    channel: "MAIL",
    sourceReference: "PO-1",
    deliveryPoint: { country: "DE", address: "Hauptstr. 1" },
    original: {
      mediaType: "message/rfc822",
      bytes: Buffer.from(mail.message, "base64").length,
      text: expect.stringContaining("Reference: PO-1"),
    },
    lines: [{ sku: "A-1", quantity: "10", unitPrice: { minor: "1999", currency: "EUR" } }],
  });
  expect(await receive(mail, commandId)).toMatchObject({ order: { id: order!["id"] }, replayed: true });
  // The same order in another mail is the same order; another one under its reference is told by what differs.
  expect(await receive({ message: message(text, csv), customerId })).toMatchObject({ order: { id: order!["id"] } });
  const other = await receive({ message: message(text, "item,quantity,price\r\nA-1,11,19.99"), customerId });
  expect(other.userErrors.map(({ code }) => code)).toEqual(expect.arrayContaining(["ORDER_EXISTS", "ORDER_DIFFERS"]));
  const { doc } = (await orders.service.documents("orders").get<object>("orders", order!["id"] as string))!;
  expect(JSON.stringify(doc)).not.toContain("Hauptstr.");
  const asked = "query ($id: ID!) { order(id: $id) { original { bytes text } } }";
  expect(await orders.data(auditor, asked, { id: order!["id"] }).catch(String)).toMatchObject({
    order: { original: { bytes: expect.any(Number), text: null } },
  });
});

test("what portals and programs have received stays with the order too", async () => {
  const mutation = `mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) {
    order { original { sha256 bytes mediaType text } } userErrors { code } } }`;
  const input = {
    commandId: newId(),
    channel: "PORTAL",
    customerId,
    currency: "EUR",
    lines: [{ sku: "A", quantity: "1", unitPrice: { minor: "1", currency: "EUR" } }],
    original: { mediaType: "application/json", text: '{"sku":"€"}' },
  };
  const { receiveOrder } = await orders.data<{ receiveOrder: Received }>(li, mutation, { input });
  expect(receiveOrder).toEqual({
    order: {
      original: {
        sha256: "88ef4d4fb654ef18cf928416cf73401558c363feef6c38816dd5d9758ec800c5",
        bytes: 13,
        mediaType: "application/json",
        text: '{"sku":"€"}',
      },
    },
    userErrors: [],
  });
});
