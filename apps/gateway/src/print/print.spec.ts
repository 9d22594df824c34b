// Papers, from the graph's answer to the text that stands on the pages.
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { partsBeside } from "../compose.js";
import { fileTexts } from "../files/file-texts.js";
import { publicSchemaOf } from "../schema/schema-files.js";
import type { Paper } from "./paper.js";
import { renderPaper } from "./render.js";
import { pagesOf } from "./spec.js";
import { templates } from "./templates.js";
import { paperOf } from "./templates/template.js";
import type { PrintedLine, PrintedOrder } from "./templates/order-papers.js";
import { Words } from "./words.js";

const schema = buildSchema(publicSchemaOf(partsBeside(join(import.meta.dirname, "../../.."), "src")));

const eur = (minor: number) => ({ minor: String(minor), currency: "EUR" });

const line = (index: number): PrintedLine => ({
  lineId: String(index + 1),
  sku: `A-${index + 1}`,
  customerSku: index === 0 ? "KD-7" : null,
  revision: index === 0 ? "C" : null,
  description: `不锈钢法兰 stainless flange ${index + 1}`,
  quantity: "2.5",
  unit: "PCS",
  unitPrice: eur(10_001),
  amount: eur(25_003),
  schedules: [{ quantity: "2.5", requestedOn: "2027-02-01", promisedOn: "2027-03-01" }],
});

function order(lines: number, more: Partial<PrintedOrder> = {}): PrintedOrder {
  const goods = lines * 25_003;
  return {
    number: "SO-2026-000123",
    sourceReference: "PO-77",
    receivedOn: "2026-11-20",
    confirmedAt: "2026-11-23T22:30:00.000Z",
    zone: "Asia/Shanghai",
    currency: "EUR",
    paymentTerms: "30D",
    incoterm: { code: "FOB", place: "宁波" },
    assignee: "li",
    customer: { number: "C-2026-000001", name: "布劳贝格有限公司", address: "Am Hafen 4" },
    deliveryPoint: { name: "Lager Nord", address: null, postcodePrefix: "26", region: null, country: "DE" },
    amount: eur(goods),
    freight: eur(1_250),
    total: eur(goods + 1_250),
    lines: Array.from({ length: lines }, (_, index) => line(index)),
    ...more,
  };
}

const letterhead = ["跟单有限公司", "Ningbo 1"];
const paperFor = (name: string, subject: object, language: "en" | "zh" = "en"): Paper => {
  const paper = paperOf(templates[name]!, subject, new Words(language), letterhead);
  if ("code" in paper) throw new Error(paper.code);
  return paper;
};
const printed = async (name: string, subject: object, language?: "en" | "zh") =>
  pagesOf(await renderPaper(paperFor(name, subject, language)));

describe("an order confirmation", () => {
  test("says what was agreed, in English", async () => {
    const [page, ...more] = await printed("order-confirmation", order(2));
    expect(more).toEqual([]);
    for (const part of [
      "跟单有限公司",
      "ORDER CONFIRMATION",
      "SO-2026-000123",
      "PO-77",
      "2026-11-24", // the day in Shanghai
      "FOB 宁波",
      "布劳贝格有限公司",
      "Lager Nord",
      "KD-7",
      "A-1 / C",
      "不锈钢法兰 stainless flange 2",
      "2027-03-01",
      "EUR 500.06",
      "EUR 12.50",
      "EUR 512.56",
      "For the buyer",
      "Page 1 of 1",
    ]) {
      expect(page).toContain(part);
    }
  });

  test("says the same in Chinese", async () => {
    const [page] = await printed("order-confirmation", order(1), "zh");
    for (const part of ["订单确认书", "单价", "合计", "EUR 262.53", "买方签章", "第 1 页，共 1 页"])
      expect(page).toContain(part);
    expect(page).not.toContain("ORDER CONFIRMATION");
  });

  test("goes on over pages under its heading: 200 lines, each once, and their sum", async () => {
    const pages = await printed("order-confirmation", order(200));
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, index) => {
      expect(page).toContain("Unit price");
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    const text = pages.join("\n");
    const items = [...text.matchAll(/stainless flange (\d+)/g)].map(([, number]) => Number(number));
    expect(items).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const amounts = [...text.matchAll(/ 250\.03/g)];
    expect(amounts).toHaveLength(200);
    expect(pages.at(-1)).toContain("EUR 50,018.50"); // 200 × 250.03 + 12.50
  });

  test("has a day for each schedule where there are several", () => {
    const [
      {
        schedules: [schedule],
      },
    ] = [line(0)];
    const two = {
      ...line(0),
      schedules: [
        { ...schedule!, quantity: "1" },
        { ...schedule!, quantity: "1.5", promisedOn: null },
      ],
    };
    const { table } = paperFor("order-confirmation", order(1, { lines: [two] }));
    expect(table.rows[0]![3]).toBe("2027-03-01 (1)\n— (1.5)");
  });

  test("is not printed of an order that is not confirmed; a proforma invoice is", async () => {
    const draft = order(1, { confirmedAt: null });
    expect(() => paperFor("order-confirmation", draft)).toThrow("NOT_CONFIRMED");
    const [page] = await printed("proforma-invoice", draft, "zh");
    for (const part of ["形式发票", "2026-11-20", "仅供报价"]) expect(page).toContain(part);
  });

  test("is not printed for who sees no prices", () => {
    const masked = order(1, { amount: null, total: null, freight: null });
    for (const name of ["order-confirmation", "proforma-invoice"])
      expect(() => paperFor(name, masked)).toThrow("FIELD_MASKED");
  });
});

describe("a packing list", () => {
  const order = (number: string) => ({
    id: number,
    number,
    sourceReference: null,
    customer: { number: "C-1", name: "Blauberg" },
    deliveryPoint: null,
    lines: [
      { ...line(0), packaging: "纸箱 10/ctn", shippingMark: "BB/HAMBURG" },
      { ...line(1), packaging: null, shippingMark: null, unit: "KG" },
    ],
  });
  const shipment = {
    number: "SH-2026-000009",
    mode: "SEA",
    carrier: "COSCO",
    dispatchedAt: null,
    plannedShipOn: "2027-02-20",
    orders: [
      {
        order: order("SO-1"),
        lines: [
          { lineId: "1", quantity: "2.5" },
          { lineId: "2", quantity: "7" },
        ],
      },
      { order: null, lines: [{ lineId: "1", quantity: "99" }] }, // another department's
      { order: order("SO-2"), lines: [{ lineId: "1", quantity: "0.5" }] },
    ],
    packages: [
      {
        packageId: "1",
        trackingNumber: "T1",
        weight: "10.25",
        contents: [{ order: { id: "SO-1" }, lines: [{ lineId: "2", quantity: "7" }] }],
      },
      { packageId: "2", trackingNumber: null, weight: "0.5", contents: null },
    ],
  };

  test("says what is in it, order by order, and no more than its reader sees", async () => {
    const [page] = await printed("packing-list", shipment);
    for (const part of ["PACKING LIST", "SH-2026-000009", "2027-02-20", "COSCO", "T1", "10.75", "SO-2", "BB/HAMBURG"]) {
      expect(page).toContain(part);
    }
    const { table, totals } = paperFor("packing-list", shipment);
    expect(table.rows.map((row) => [row[0], row[5], row[6], row[7]])).toEqual([
      ["SO-1", "", "2.5", "PCS"],
      ["SO-1", "1", "7", "KG"],
      ["SO-2", "", "0.5", "PCS"],
    ]);
    expect(totals).toEqual([
      ["Total", "3 PCS"],
      ["Total", "7 KG"],
    ]);
    expect(page).not.toMatch(/EUR|100\.01/);
  });
  test("says so in Chinese", async () => {
    const [page] = await printed("packing-list", shipment, "zh");
    for (const part of ["装箱单", "唛头", "毛重", "复核人"]) expect(page).toContain(part);
  });
});

describe("a commercial invoice", () => {
  const invoice = (more: object = {}) => ({
    id: "i-2",
    number: "IN-2027-000002",
    issuedOn: "2027-03-02",
    dueOn: "2027-04-01",
    amount: eur(37_504),
    customer: { number: "C-1", name: "布劳贝格", address: null },
    order: {
      ...order(2),
      invoices: [
        { invoiceId: "i-1", lines: [{ lineId: "1", quantity: "9", amount: eur(1) }] },
        {
          invoiceId: "i-2",
          lines: [
            { lineId: "1", quantity: "1.25", amount: eur(12_501) },
            { lineId: "2", quantity: "2.5", amount: eur(25_003) },
          ],
        },
      ],
    },
    ...more,
  });
  test("says what this one charges, and its sum", async () => {
    const [page] = await printed("commercial-invoice", invoice());
    for (const part of [
      "COMMERCIAL INVOICE",
      "IN-2027-000002",
      "2027-04-01",
      "SO-2026-000123",
      "PO-77",
      "EUR 375.04",
    ]) {
      expect(page).toContain(part);
    }
    expect(page).toContain("Amounts of lines are with their part of the freight.");
    const { table } = paperFor("commercial-invoice", invoice());
    expect(table.rows.map((row) => [row[0], row[3], row[5], row[6]])).toEqual([
      ["1", "1.25", "100.01", "125.01"],
      ["2", "2.5", "100.01", "250.03"],
    ]);
    const [chinese] = await printed("commercial-invoice", invoice(), "zh");
    for (const part of ["商业发票", "付款到期日", "各行金额含分摊的运费"]) expect(chinese).toContain(part);
  });
  test("is not printed for who sees no prices, or not its order", () => {
    for (const masked of [{ amount: null }, { order: null }, { order: { ...order(1), invoices: null } }]) {
      expect(() => paperFor("commercial-invoice", invoice(masked))).toThrow("FIELD_MASKED");
    }
  });
});

describe("a statement", () => {
  const day = (index: number) => `2027-03-${String((index % 28) + 1).padStart(2, "0")}`;
  const movements = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      kind: index % 2 === 0 ? "INVOICE" : "RECEIPT",
      number: `D-${index}`,
      day: day(index),
      amount: eur(index % 2 === 0 ? 1_000 : -400),
    }));
  const given = (count: number, more: object = {}) => ({
    customer: { number: "C-1", name: "布劳贝格", address: null },
    currency: "EUR",
    month: "2027-03",
    confirmedAt: "2027-04-02T08:00:00.000Z",
    opening: eur(5_000),
    invoiced: eur(500 * count),
    credited: eur(0),
    received: eur(200 * count),
    refunded: eur(0),
    writtenOff: eur(0),
    exchanged: eur(0),
    closing: eur(5_000 + 300 * count),
    postings: { nodes: movements(count) },
    ...more,
  });
  test("leads from the opening balance over every movement to the closing one, over pages", async () => {
    const paper = paperFor("statement", given(200));
    expect(paper.table.rows[0]).toEqual(["2027-03-01", "Invoice", "D-0", "10.00", "60.00"]);
    expect(paper.table.rows[1]).toEqual(["2027-03-02", "Receipt", "D-1", "-4.00", "56.00"]);
    expect(paper.table.rows.at(-1)!.at(-1)).toBe("650.00");
    expect(paper.totals).toEqual([
      ["Opening", "EUR 50.00"],
      ["Invoiced", "EUR 1,000.00"],
      ["Received", "EUR -400.00"],
      ["CLOSING", "EUR 650.00"],
    ]);
    const pages = pagesOf(await renderPaper(paper));
    expect((await pages).length).toBeGreaterThan(3);
    expect((await pages).at(-1)).toContain("EUR 650.00");
    const [chinese] = await printed("statement", given(2, { confirmedAt: null }), "zh");
    for (const part of ["对账单（未确认）", "期初余额", "期末余额", "布劳贝格"]) expect(chinese).toContain(part);
  });
  test("is of a customer, a currency and a month", () => {
    const { variables } = templates["statement"]!;
    expect(variables!("0190a1f2-0000-7000-8000-000000000001_EUR_2027-03")).toEqual({
      ...{ customerId: "0190a1f2-0000-7000-8000-000000000001", currency: "EUR", month: "2027-03" },
    });
    expect(variables!("0190a1f2-0000-7000-8000-000000000001")).toBeUndefined();
  });
  test("is not printed for who sees no prices", () =>
    expect(() => paperFor("statement", given(1, { closing: null }))).toThrow("FIELD_MASKED"));
});

/** What each template asks is in the graph, and takes an id alone. */
test.each(Object.entries(templates))("%s asks what there is", (_, { query }) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
});

test("amounts are exact, however large, with the places of their currency", () => {
  const words = new Words("en");
  expect(words.amount({ minor: "123456789012345", currency: "EUR" })).toBe("1,234,567,890,123.45");
  expect(words.sum({ minor: "1999", currency: "JPY" })).toBe("JPY 1,999");
  expect(words.sum({ minor: "123450", currency: "HUF" })).toBe("HUF 1,234.50");
  expect(words.quantity("1234.567891")).toBe("1,234.567891");
});

test("texts of refusals name what there is", () => {
  expect(fileTexts.noSuchPrint("x/y", Object.keys(templates).join(", ")).en).toContain("packing-list");
});
