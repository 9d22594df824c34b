import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { mailOrder } from "./mail-order.js";
import { readMail, type Mail } from "./read-mail.js";

const mail = (text: string, ...files: { name?: string; mediaType?: string; content: string | Uint8Array }[]): Mail => ({
  messageId: "<1@example.com>",
  text,
  attachments: files.map(({ name = "order.csv", mediaType = "text/csv", content }) => ({
    name,
    mediaType,
    content: typeof content === "string" ? Buffer.from(content) : content,
  })),
  sha256: "",
  bytes: 0,
});
const order = (...of: Parameters<typeof mail>) => mailOrder(mail(...of)).order;

test("the lines of a text say what the order is, in either language, until the signature", () =>
  expect(
    order(
      [
        "Dear Ms. Li,",
        "please take our order as follows:",
        "Reference: PO-4711",
        "币种：EUR",
        "Payment terms: NET30",
        "Incoterm: FOB Shanghai, Yangshan",
        "Country: DE",
        "Address: Hauptstr. 1",
        "Number erp: 4500017",
        "Field season: S27",
        "Requested: 2027-01-31",
        "Item: A-1; 10 pcs; 19.99",
        "货号：B-2；2；5；2027-02-01",
        "Reference: said twice",
        "> Currency: quoted",
        "constructor: nothing",
        "-- ",
        "Phone: of the signature",
      ].join("\r\n"),
    ),
  ).toEqual({
    sourceReference: "PO-4711",
    currency: "EUR",
    paymentTerms: "NET30",
    incoterm: { code: "FOB", place: "Shanghai, Yangshan" },
    deliveryPoint: { country: "DE", address: "Hauptstr. 1" },
    references: [{ system: "erp", number: "4500017" }],
    customFields: [{ name: "season", value: "S27" }],
    lines: [
      {
        sku: "A-1",
        unit: "pcs",
        quantity: "10",
        unitPrice: { minor: "1999", currency: "EUR" },
        requestedOn: "2027-01-31",
      },
      { sku: "B-2", quantity: "2", unitPrice: { minor: "500", currency: "EUR" }, requestedOn: "2027-02-01" },
    ],
  }));

test("a message without a reference of its own is known by its id", () =>
  expect(order("Currency: EUR")).toEqual({
    sourceReference: "<1@example.com>",
    currency: "EUR",
    references: [],
    customFields: [],
    lines: [],
  }));

test("what is known of the currency otherwise goes before what the text says", () => {
  const { unitPrice } = mailOrder(mail("Currency: EUR\nItem: A; 1; 100"), "JPY").order.lines[0]!;
  expect(unitPrice).toEqual({ minor: "100", currency: "JPY" });
});

describe("a table beside it", () => {
  const head = "Currency: CNY\nItem: ignored; 1; 1";
  test("is the lines, whatever separates its columns; of others there is nothing", () => {
    const rows = [
      ["Item", "Customer item", "Qty", "Unit", "Unit price", "Requested", "Shipping mark", "Field cartons", "?"],
      ["A-1", "C-9", "10", "pcs", "2.5", "2027-01-31", "HAMBURG; 4711", "7", "x"],
      ["A-2", "", "3", "", "", "", "", "", ""],
    ];
    for (const separator of [",", "\t"]) {
      const content = rows.map((row) => row.map((cell) => `"${cell}"`).join(separator)).join("\r\n");
      expect(mailOrder(mail(head, { content }, { name: "photo.jpg", mediaType: "image/jpeg", content: "x" }))).toEqual({
        order: expect.objectContaining({
          lines: [
            {
              sku: "A-1",
              customerSku: "C-9",
              unit: "pcs",
              quantity: "10",
              unitPrice: { minor: "250", currency: "CNY" },
              requestedOn: "2027-01-31",
              shippingMark: "HAMBURG; 4711",
              customFields: [{ name: "cartons", value: "7" }],
            },
            { sku: "A-2", quantity: "3" },
          ],
        }) as object,
        taken: ["order.csv"],
      });
    }
  });
  test("of a Chinese spreadsheet is read as such", () => {
    // 料号,数量 and A,2 in GB 18030.
    const content = new Uint8Array([0xc1, 0xcf, 0xba, 0xc5, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0a, 0x41, 0x2c, 0x32]);
    expect(order("", { content }).lines).toEqual([{ sku: "A", quantity: "2" }]);
  });
  test("gives one line for rows that name it: its colours and sizes", () =>
    expect(
      order(head, {
        content: "line,item,colour,size,quantity,price\n1,A-1,red,M,6,2.5\n1,A-1,red,L,4.5,2.5\n2,B,,,1,1\n",
      }).lines,
    ).toEqual([
      {
        lineId: "1",
        sku: "A-1",
        quantity: "10.5",
        unitPrice: { minor: "250", currency: "CNY" },
        matrix: [
          { colour: "red", size: "M", quantity: "6" },
          { colour: "red", size: "L", quantity: "4.5" },
        ],
      },
      { lineId: "2", sku: "B", quantity: "1", unitPrice: { minor: "100", currency: "CNY" } },
    ]));
  test("that is none, or too long, is bounded and not guessed", () => {
    expect(order("Item: A; 1; 1", { content: 'no\n"table' }).lines).toHaveLength(1);
    expect(order("Item: A; 1; 1", { content: "colour,size\nred,M" }).lines).toHaveLength(1);
    const rows = Array.from({ length: 3_000 }, () => "A,1");
    expect(order("", { content: ["item,quantity", ...rows].join("\n") }).lines).toHaveLength(1_001);
  });
  test("passes on what is no number as it stands", () =>
    expect(order(head, { content: "item,quantity,price\nA,many,2.505\n" }).lines).toEqual([
      { sku: "A", quantity: "many", unitPrice: { minor: "2.505", currency: "CNY" } },
    ]));
});

describe("a message", () => {
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  const head = "From: Erika <e@example.com>\r\nSubject: =?utf-8?q?Bestellung_=E2=82=AC?=\r\nMessage-ID: <7@x>\r\n";

  test("is taken apart: sender, subject, text and files, with the hash of its bytes", async () => {
    const raw = `${head}Date: Thu, 26 Nov 2026 10:00:00 +0800\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nItem: A; 1; 1\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=o.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded("item,quantity\nA,1")}\r\n--b--\r\n`;
    const read = await readMail(encoded(raw));
    expect(read).toMatchObject({
      from: "e@example.com",
      subject: "Bestellung €",
      messageId: "<7@x>",
      sentAt: "2026-11-26T02:00:00.000Z",
      attachments: [{ name: "o.csv", mediaType: "text/csv" }],
      bytes: raw.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((read as Mail).text.trim()).toBe("Item: A; 1; 1");
    expect(Buffer.from((read as Mail).attachments[0]!.content).toString()).toBe("item,quantity\nA,1");
  });

  const nested = (depth: number): string =>
    depth === 0
      ? "\r\nend"
      : `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested(depth - 1)}\r\n--b${depth}--\r\n`;
  const files = Array.from({ length: 21 }, () => "--b\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n");
  test.each([
    ["NOT_BASE64", "§"],
    ["NOT_BASE64", ""],
    ["TOO_LARGE", "A".repeat(1_000_004)],
    ["NOT_A_MAIL", encoded("hello")],
    ["NOT_A_MAIL", encoded("Subject: nobody\r\n\r\nhello")],
    ["TOO_DEEP", encoded(head + nested(20))],
    ["TOO_DEEP", encoded(`${head}X: ${"x".repeat(70_000)}\r\n\r\n`)],
    ["TOO_MANY_ATTACHMENTS", encoded(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${files.join("")}--b--`)],
  ])("that is hostile or none is refused: %s", async (reason, message) =>
    expect(await readMail(message)).toEqual({ code: "MAIL_UNREADABLE", field: "message", reason }),
  );

  test("of any bytes is an order or none, and no fault", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 400 }), async (bytes, text) => {
        const read = await readMail(Buffer.concat([Buffer.from(`${head}\r\n${text}\r\n`), bytes]).toString("base64"));
        if (!("code" in read)) mailOrder({ ...read, attachments: [{ name: "x.csv", mediaType: "", content: bytes }] });
      }),
      { numRuns: 200, seed: 20_261_126 },
    ));
});
