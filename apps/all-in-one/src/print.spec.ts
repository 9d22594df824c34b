// GET /print of a whole company: set by the gateway's own thread, as who asks sees what is printed.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pagesOf } from "@gendan/gateway/print/spec";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import type { Company } from "./company.js";
import { askAs, bearerOf, Client, companyInMemory } from "./spec.js";

const li: Identity = { user: "li", roles: ["manager"] };
let company: Company;
let orderId: string;
let shipmentId: string;
let invoiceId: string;
beforeAll(async () => {
  company = await companyInMemory();
  const client = new Client(company, await company.listen({ port: 0, host: "127.0.0.1" }));
  orderId = await client.order({ customer: { name: "布劳贝格" } });
  await client.confirm(orderId);
  shipmentId = ((await client.plan(orderId)).told["shipment"] as { id: string }).id;
  await client.send("li", "bookShipment", "revision", { shipmentId, carrier: "DHL" });
  await client.send("li", "dispatchShipment", "revision", { shipmentId });
  const { told } = await client.send("li", "issueInvoice", "order { invoices { invoiceId lines { quantity } } }", {
    orderId,
  });
  [{ invoiceId }] = (told["order"] as { invoices: [{ invoiceId: string }] }).invoices;
}, 60_000);
afterAll(() => company.stop());

async function get(path: string, who: Identity = li) {
  const authorization = await bearerOf(company, who);
  return company.server.inject({ method: "GET", url: path, headers: { authorization } });
}

test("papers of an order and of a shipment, side by side", async () => {
  const answers = await Promise.all([
    get(`/print/order-confirmation/${orderId}.pdf`),
    get(`/print/proforma-invoice/${orderId}.pdf?lang=zh`),
    get(`/print/packing-list/${shipmentId}.pdf?lang=zh`),
    get(`/print/commercial-invoice/${invoiceId}.pdf`),
  ]);
  for (const answer of answers) {
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/pdf"]);
  }
  const [confirmation, proforma, packing, invoice] = await Promise.all(
    answers.map(({ rawPayload }) => pagesOf(rawPayload)),
  );
  expect(confirmation![0]).toContain("ORDER CONFIRMATION");
  expect(confirmation![0]).toContain("EUR 2.00");
  expect(confirmation![0]).toContain("布劳贝格");
  expect(proforma![0]).toContain("形式发票");
  expect(packing![0]).toContain("装箱单");
  for (const part of ["COMMERCIAL INVOICE", "IN-", "EUR 2.00"]) expect(invoice![0]).toContain(part);
  expect(answers[0]!.headers["content-disposition"]).toMatch(/filename="order-confirmation-SO-\d{4}-\d{6}\.pdf"/);
}, 30_000);

test("a statement of the month in which the invoice was issued", async () => {
  const query = "query ($id: ID!) { invoice(id: $id) { issuedOn customer { id } } }";
  const { invoice } = await askAs(company, li, query, { id: invoiceId });
  const name = `${invoice.customer.id}_EUR_${(invoice.issuedOn as string).slice(0, 7)}`;
  const answer = await get(`/print/statement/${name}.pdf`);
  expect(answer.statusCode).toBe(200);
  const [page] = await pagesOf(answer.rawPayload);
  for (const part of ["STATEMENT OF ACCOUNT (PRELIMINARY)", "Invoice", "IN-", "EUR 2.00"]) expect(page).toContain(part);
  expect((await get(`/print/statement/${invoice.customer.id}.pdf`)).statusCode).toBe(404);
  expect((await get(`/print/statement/${name.replace("EUR", "CNY")}.pdf`)).statusCode).toBe(404);
});

test("out of scope is what never was; prices are printed for who sees them", async () => {
  const code = async (path: string, who?: Identity) => {
    const answer = await get(path, who);
    return [answer.statusCode, answer.json().errors[0].extensions.code];
  };
  const elsewhere: Identity = { user: "wu", roles: ["manager"], departments: ["us"] };
  expect(await code(`/print/order-confirmation/${orderId}.pdf`, elsewhere)).toEqual([404, "NOT_FOUND"]);
  expect(await code(`/print/order-confirmation/${newId()}.pdf`)).toEqual([404, "NOT_FOUND"]);
  expect(
    await code(`/print/order-confirmation/${orderId}.pdf`, {
      ...li,
      user: "zhao",
      roles: ["logistics"],
      departments: ["cn"],
    }),
  ).toEqual([403, "FIELD_MASKED"]);
  expect(await code(`/print/toString/${orderId}.pdf`)).toEqual([404, "NOT_FOUND"]);
  expect(await code(`/print/packing-list/${shipmentId}`)).toEqual([404, "NOT_FOUND"]);
});
