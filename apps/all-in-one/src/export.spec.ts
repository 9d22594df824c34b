// GET /export of a whole company: page by page as who asks sees the lists, in both languages and forms.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readXlsx } from "@gendan/gateway/sheets/read-xlsx";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { baseConfig, readConfig } from "@gendan/service-kit";
import type { Company } from "./company.js";
import { askAs, bearerOf, companyInMemory, mutationText } from "./spec.js";

const li: Identity = { user: "li", roles: ["manager"], departments: ["cn"] };
const ORDERS = 7;

let company: Company;
beforeAll(async () => {
  const config = { ...readConfig(baseConfig, {}), exportRows: 5, pageRows: 2 };
  company = await companyInMemory({ config });
  const send = async (mutation: string, input: object) => {
    const query = mutationText(mutation, "revision");
    const { told } = await askAs(company, li, query, { input: { commandId: newId(), ...input } });
    expect(told.userErrors).toEqual([]);
  };
  const customerId = newId();
  const customFields = [
    { name: "class", value: "A" },
    { name: "audited", value: true },
  ];
  const customer = { id: customerId, kind: "ORGANISATION", name: "=Blauberg", department: "cn", customFields };
  await send("registerCustomer", customer);
  for (let index = 0; index < ORDERS; index += 1) {
    const line = {
      sku: `A-${index}`,
      quantity: "2.5",
      unitPrice: { minor: "199", currency: "EUR" },
      requestedOn: "2027-03-01",
    };
    await send("receiveOrder", {
      customerId,
      channel: "SALES",
      currency: "EUR",
      sourceReference: `00${index}`,
      department: index < 4 ? "cn/east" : "cn/west",
      deliveryPoint: { name: "Lager", country: "DE" },
      customFields: customFields.slice(0, 1),
      lines: [line, { ...line, sku: "B", customFields: customFields.slice(1) }],
    });
  }
  await company.settled();
}, 60_000);
afterAll(() => company.stop());

async function get(url: string, who: Identity = li, headers: object = {}) {
  const authorization = await bearerOf(company, who);
  return company.server.inject({ method: "GET", url, headers: { authorization, ...headers } });
}

/** The fields of a CSV file that has no quotes in it. */
const rowsOf = (body: string): string[][] =>
  body
    .replace("\ufeff", "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));

const east = { department: "cn/east" };
const filtered = (filter: object, more = "") =>
  `/export/orders.csv?filter=${encodeURIComponent(JSON.stringify(filter))}${more}`;

describe("CSV", () => {
  test("has a row for each order that the filter finds, over several pages", async () => {
    const answer = await get(filtered(east));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/);
    const [heading, ...rows] = rowsOf(answer.body);
    expect(heading!.slice(0, 4)).toEqual(["Order", "Customer number", "Customer", "Source reference"]);
    const column = (name: string) => rows.map((row) => row[heading!.indexOf(name)]);
    expect(column("Source reference")).toEqual(["003", "002", "001", "000"]);
    expect(column("Customer")).toEqual(Array(4).fill("'=Blauberg"));
    expect(column("Amount")).toEqual(Array(4).fill("9.96")); // 2 × half up of 2.5 × 1.99
    expect(column("Due")).toEqual(Array(4).fill("2027-03-01"));
    expect(column("Revision")).toEqual(Array(4).fill("0"));
  });

  test("is told in Chinese to who asks for it", async () => {
    for (const answer of [
      await get(filtered(east, "&lang=zh")),
      await get(filtered(east), li, { "accept-language": "zh-CN" }),
    ]) {
      expect(answer.headers["content-language"]).toBe("zh");
      expect(rowsOf(answer.body)[0]!.slice(0, 3)).toEqual(["订单号", "客户编号", "客户"]);
    }
  });

  test("ends where it is bounded, and says so", async () => {
    const rows = rowsOf((await get(filtered({}))).body);
    expect(rows).toHaveLength(1 + 5 + 1);
    expect(rows.at(-1)!.join(",")).toContain("The export ends here, after 5 rows");
  });

  test("has a row for each schedule of each line", async () => {
    const url = `/export/order-lines.csv?filter=${encodeURIComponent(JSON.stringify(east))}`;
    const [heading, ...rows] = rowsOf((await get(url)).body);
    expect(rows).toHaveLength(8);
    expect(rows[0]!.slice(1, 3)).toEqual(["1", "1"]);
    expect(rows.map((row) => row[heading!.indexOf("Item")]).slice(0, 2)).toEqual(["A-3", "B"]);
    expect(rows[0]![heading!.indexOf("Quantity")]).toBe("2.5");
  });
});

test("custom fields are one column, of customers, orders and lines", async () => {
  const cellsOf = async (list: string) => {
    const url = `/export/${list}.csv${list === "customers" ? "" : `?filter=${encodeURIComponent(JSON.stringify(east))}`}`;
    const [heading, ...rows] = rowsOf((await get(url)).body);
    return rows.slice(0, 2).map((row) => row[heading!.indexOf("Custom fields")]);
  };
  expect(await cellsOf("customers")).toEqual(["class=A; audited=true"]);
  expect(await cellsOf("orders")).toEqual(["class=A", "class=A"]);
  expect(await cellsOf("order-lines")).toEqual(["", "audited=true"]);
});

test("XLSX has the same rows", async () => {
  const answer = await get(filtered(east).replace(".csv", ".xlsx"));
  const rows = await readXlsx(answer.rawPayload, { rows: 100, columns: 100, unfoldedBytes: 1_000_000 });
  const headings = rows[0]!.map(({ text }) => text);
  expect(rows).toHaveLength(5);
  expect(rows[1]![headings.indexOf("Customer")]).toEqual({ text: "=Blauberg" });
  expect(rows[1]![headings.indexOf("Amount")]).toEqual({ text: "9.96", isNumber: true });
  expect(rows[1]![headings.indexOf("Source reference")]).toEqual({ text: "003" });
});

describe("who asks", () => {
  test("gets what they see, and nothing beyond", async () => {
    const elsewhere = { ...li, user: "chen", departments: ["cn/west"] };
    const [, ...rows] = rowsOf((await get(filtered({}), elsewhere)).body);
    expect(rows.map((row) => row[3])).toEqual(["006", "005", "004"]);
    expect(rowsOf((await get(filtered({}), { ...li, user: "wu", departments: ["us"] })).body)).toHaveLength(1);
  });

  test("gets no price where their roles see none", async () => {
    const [heading, ...rows] = rowsOf((await get(filtered(east), { ...li, user: "zhao", roles: ["logistics"] })).body);
    expect(rows.map((row) => row[heading!.indexOf("Amount")])).toEqual(["", "", "", ""]);
  });

  test("is refused in the form of the graph", async () => {
    const nobody = await company.server.inject({ method: "GET", url: "/export/orders.csv" });
    expect([nobody.statusCode, nobody.json().errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    const refused = async (url: string) => {
      const answer = await get(url);
      return [answer.statusCode, answer.json().errors[0].extensions.code];
    };
    expect(await refused("/export/secrets.csv")).toEqual([404, "NOT_FOUND"]);
    expect(await refused("/export/orders.pdf")).toEqual([404, "NOT_FOUND"]);
    expect(await refused("/export/orders.csv?first=9")).toEqual([400, "BAD_REQUEST"]);
    expect(await refused(filtered({ nonsense: 1 }))).toEqual([400, "BAD_USER_INPUT"]);
    const masked = await get("/export/receipts.csv", { ...li, user: "zhao", roles: ["logistics"] });
    expect(masked.statusCode).toBe(403);
  });
});
