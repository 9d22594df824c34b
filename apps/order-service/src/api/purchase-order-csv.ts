// The customer's purchase order as a table: a heading row, then a row for each line. What is no such table is BAD_USER_INPUT.
import { Fault, toMinor } from "@gendan/eventing";
import { parse } from "csv-parse/sync";
import type { GivenPurchaseOrderLine } from "../domain/order/comparison/record-purchase.js";

/** By what a column may be called, in both languages; letters and digits count alone. */
const COLUMNS: Readonly<Record<string, string>> = {
  line: "lineId",
  行号: "lineId",
  item: "sku",
  sku: "sku",
  物料号: "sku",
  customeritem: "customerSku",
  customersku: "customerSku",
  客户物料号: "customerSku",
  revision: "revision",
  版本: "revision",
  quantity: "quantity",
  数量: "quantity",
  unit: "unit",
  单位: "unit",
  price: "price",
  unitprice: "price",
  单价: "price",
  currency: "currency",
  币种: "currency",
  date: "requestedOn",
  requested: "requestedOn",
  requestedon: "requestedOn",
  要求交期: "requestedOn",
  packaging: "packaging",
  包装: "packaging",
  mark: "shippingMark",
  shippingmark: "shippingMark",
  唛头: "shippingMark",
};

const nameOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The lines of a table. Throws BAD_USER_INPUT that names the row and the column. */
export function purchaseOrderLines(csv: string): GivenPurchaseOrderLine[] {
  const [headings, ...rows] = rowsOf(csv);
  if (!headings) throw broken("there is no heading row");
  const columns = headings.map((heading) => COLUMNS[nameOf(heading)]);
  const unknown = headings.find((_, index) => columns[index] === undefined);
  if (unknown !== undefined)
    throw broken(`there is no column "${unknown}"; there are ${Object.keys(COLUMNS).join(", ")}`);
  return rows.map((row, index) => {
    if (row.length !== columns.length) throw broken(`row ${index + 2} has ${row.length} cells, not ${columns.length}`);
    const cells = row.flatMap((cell, at) => (cell.trim() === "" ? [] : [[columns[at]!, cell.trim()] as const]));
    const { price, currency, ...line } = Object.fromEntries(cells) as Readonly<Record<string, string | undefined>>;
    if (price === undefined) return line as GivenPurchaseOrderLine;
    if (currency === undefined) throw broken(`row ${index + 2} has a price without a currency`);
    return { ...line, unitPrice: { minor: minorOf(price, currency, index + 2), currency } } as GivenPurchaseOrderLine;
  });
}

function rowsOf(csv: string): readonly (readonly string[])[] {
  const heading = /^[^\n]*/.exec(csv)![0];
  const delimiter = [";", "\t"].find((each) => heading.includes(each)) ?? ",";
  try {
    return parse(csv, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw broken((error as Error).message);
  }
}

/** An amount in the currency's own unit, exactly: "2.5" of EUR is 250. */
function minorOf(price: string, currency: string, row: number): string {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:\.(\d+))?$/.exec(price) ?? [];
  const isNamed = whole !== undefined && /^[A-Z]{3}$/.test(currency);
  const minor = isNamed ? toMinor(`${whole}.${fraction.replace(/0+$/, "")}`, currency) : undefined;
  if (minor === undefined) throw broken(`row ${row}: "${price} ${currency}" is no amount such as 2.50 EUR`);
  return minor;
}

const broken = (what: string): Fault => new Fault("BAD_USER_INPUT", `csv: ${what}.`, { field: "csv" });
