// The order that a mail asks for: `key: value` lines of its text, and the rows of a CSV file beside it (docs/orders/mail.md). Nothing is
// guessed: what cannot be read is passed on as it stands, so that the order is refused for it at its field.
import { millionths, isQuantity, quantity, toMinor } from "@gendan/eventing";
import { parse } from "csv-parse/sync";
import type { Mail, MailAttachment } from "./read-mail.js";

/** As `receiveOrder` takes it. */
interface MailOrder {
  readonly sourceReference?: string;
  readonly customerId?: string;
  readonly currency?: string;
  readonly paymentTerms?: string;
  readonly incoterm?: { readonly code: string; readonly place?: string };
  readonly deliveryPoint?: Readonly<Record<string, string>>;
  readonly references: readonly { readonly system: string; readonly number: string }[];
  readonly customFields: readonly { readonly name: string; readonly value: string }[];
  readonly lines: readonly MailLine[];
}

interface MailLine {
  readonly lineId?: string;
  readonly sku?: string;
  readonly quantity?: string;
  readonly unitPrice?: { readonly minor: string; readonly currency: string };
  readonly matrix?: readonly { readonly colour?: string; readonly size?: string; readonly quantity: string }[];
  readonly customFields?: readonly { readonly name: string; readonly value: string }[];
  readonly [field: string]: unknown;
}

const MAX_TEXT_LINES = 2_000;
const MAX_ROWS = 1_000;
const MAX_RECORD = 20_000;

/** What a line of the text may begin with. */
const KEYS: Readonly<Record<string, string>> = {
  ...{ reference: "sourceReference", "order number": "sourceReference", 订单号: "sourceReference" },
  ...{ customer: "customerId", 客户: "customerId" },
  ...{ currency: "currency", 币种: "currency" },
  ...{ "payment terms": "paymentTerms", terms: "paymentTerms", 付款条件: "paymentTerms" },
  ...{ incoterm: "incoterm", 贸易术语: "incoterm" },
  ...{ requested: "requestedOn", "requested date": "requestedOn", 交期: "requestedOn" },
  ...{ country: "point.country", 国家: "point.country", region: "point.region", 地区: "point.region" },
  ...{ postcode: "point.postcodePrefix", 邮编: "point.postcodePrefix", "delivery point": "point.name" },
  ...{ address: "point.address", 地址: "point.address", contact: "point.contactName", 联系人: "point.contactName" },
  ...{ phone: "point.phone", 电话: "point.phone", 交货地点: "point.name" },
};

/** What the columns of a file may be called. */
const COLUMNS: Readonly<Record<string, string>> = {
  ...{ line: "lineId", 行号: "lineId", item: "sku", sku: "sku", 料号: "sku", 货号: "sku" },
  ...{ "customer item": "customerSku", 客户料号: "customerSku", revision: "revision", 版本: "revision" },
  ...{ description: "description", 品名: "description", family: "family", 产品系列: "family" },
  ...{ quantity: "quantity", qty: "quantity", 数量: "quantity", unit: "unit", 单位: "unit" },
  ...{ price: "price", "unit price": "price", 单价: "price" },
  ...{ requested: "requestedOn", "requested date": "requestedOn", "delivery date": "requestedOn", 交期: "requestedOn" },
  ...{
    packaging: "packaging",
    包装: "packaging",
    mark: "shippingMark",
    "shipping mark": "shippingMark",
    唛头: "shippingMark",
  },
  ...{ colour: "colour", color: "colour", 颜色: "colour", size: "size", 尺码: "size" },
};

/** The order, and the names of the attachments whose rows are its lines; its currency where that is known otherwise. */
export function mailOrder(
  mail: Mail,
  currencyOfIt?: string,
): { readonly order: MailOrder; readonly taken: readonly string[] } {
  const said = textOf(mail.text);
  const { incoterm, requestedOn, sourceReference = mail.messageId, customerId, paymentTerms } = said.values;
  const currency = currencyOfIt ?? said.values["currency"];
  const files = mail.attachments.filter(isCsv).map((file) => ({ name: file.name, rows: rowsOf(file) }));
  const taken = files.filter(({ rows }) => rows.length > 0);
  const rows = taken.length > 0 ? taken.flatMap((file) => file.rows) : said.items;
  const [code = "", ...place] = (incoterm ?? "").split(/\s+/);
  const point = Object.entries(said.values).flatMap(([key, value]) =>
    key.startsWith("point.") ? [[key.slice("point.".length), value] as const] : [],
  );
  return {
    order: {
      ...given({ sourceReference, customerId, currency, paymentTerms }),
      ...(incoterm === undefined
        ? {}
        : { incoterm: { code, ...(place.length > 0 ? { place: place.join(" ") } : {}) } }),
      ...(point.length > 0 ? { deliveryPoint: Object.fromEntries(point) } : {}),
      references: said.references,
      customFields: said.fields,
      lines: linesOf(rows.slice(0, MAX_ROWS + 1), currency ?? "", requestedOn),
    },
    taken: taken.map(({ name }) => name),
  };
}

type Row = Readonly<Record<string, string>>;

/** Lines of the text until the signature; what is quoted, and what is said twice, is left out. */
function textOf(text: string) {
  const values: Record<string, string> = {};
  const [items, references, fields]: [Row[], { system: string; number: string }[], { name: string; value: string }[]] =
    [[], [], []];
  for (const written of text.split(/\r?\n/).slice(0, MAX_TEXT_LINES)) {
    if (written.trimEnd() === "--") break;
    const [, name = "", value = ""] = /^\s*([^>:：][^:：]{0,60})[:：]\s*(\S.*)$/u.exec(written) ?? [];
    const key = name.trim().toLowerCase();
    const told = value.trim();
    if (told === "") continue;
    const [kind = "", rest = ""] = [key.split(" ", 1)[0], name.trim().replace(/^\S+\s*/u, "")];
    if (key === "item" || key === "货号") items.push(itemOf(told));
    else if (kind === "number" && rest !== "") references.push({ system: rest, number: told });
    else if (kind === "field" && rest !== "") fields.push({ name: rest, value: told });
    else if (Object.hasOwn(KEYS, key) && !Object.hasOwn(values, KEYS[key]!)) values[KEYS[key]!] = told;
  }
  return { values: values as Row, items, references, fields };
}

/** `A-1; 10 pcs; 19.99; 2027-01-31` */
function itemOf(text: string): Row {
  const [sku, amount = "", price, requestedOn] = text.split(/[;；]/u).map((part) => part.trim());
  const [number, unit] = amount.split(/\s+/u);
  return given({ sku, quantity: number, unit, price, requestedOn });
}

const isCsv = ({ name, mediaType }: MailAttachment): boolean => mediaType === "text/csv" || /\.csv$/i.test(name);

/** The rows of a file by what its columns are called; none where it is no table. */
function rowsOf({ content }: MailAttachment): Row[] {
  const text = decoded(content);
  const [head = ""] = text.split(/\r?\n/, 1);
  const delimiter = [",", ";", "\t"].toSorted((one, other) => head.split(other).length - head.split(one).length)[0]!;
  try {
    const [names = [], ...records] = parse(text, {
      bom: true,
      delimiter,
      max_record_size: MAX_RECORD,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
      trim: true,
    });
    const columns = names.map(columnOf);
    if (!columns.includes("sku") && !columns.includes("customerSku")) return [];
    return records.map((cells) =>
      Object.fromEntries(
        columns.flatMap((column, index) => (column === undefined || !cells[index] ? [] : [[column, cells[index]]])),
      ),
    );
  } catch {
    return [];
  }
}

function columnOf(name: string): string | undefined {
  const field = /^field[ :：](.+)$/iu.exec(name.trim())?.[1];
  if (field !== undefined) return `field.${field.trim()}`;
  const key = name.trim().toLowerCase();
  return Object.hasOwn(COLUMNS, key) ? COLUMNS[key] : undefined;
}

/** UTF-8, else what Chinese spreadsheets write. */
function decoded(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return new TextDecoder("gb18030").decode(content);
  }
}

/** A line for each row; rows that name the same line are its colours and sizes. */
function linesOf(rows: readonly Row[], currency: string, requestedOn: string | undefined): MailLine[] {
  const groups = new Map<string, Row[]>();
  for (const [index, row] of rows.entries()) {
    const key = row["lineId"] === undefined ? `#${index}` : `=${row["lineId"]}`;
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((parts) => {
    const { price, colour: _, size: __, quantity: ___, ...first } = parts[0]!;
    const plain = Object.entries(first).filter(([name]) => !name.startsWith("field."));
    const fields = Object.entries(first).flatMap(([name, value]) =>
      name.startsWith("field.") ? [{ name: name.slice("field.".length), value }] : [],
    );
    const cells = parts.some(({ colour, size }) => colour !== undefined || size !== undefined) ? parts.map(cellOf) : [];
    return {
      ...given({ requestedOn }),
      ...Object.fromEntries(plain),
      quantity: sumOf(parts.map(({ quantity: part = "" }) => part)),
      ...(price === undefined ? {} : { unitPrice: { minor: minorOf(price, currency), currency } }),
      ...(cells.length > 0 ? { matrix: cells } : {}),
      ...(fields.length > 0 ? { customFields: fields } : {}),
    };
  });
}

const cellOf = ({ colour, size, quantity: part = "" }: Row) => ({ ...given({ colour, size }), quantity: part });

/** Of what is no quantity the first is passed on. */
function sumOf(parts: readonly string[]): string {
  const faulty = parts.find((part) => !isQuantity(part));
  return faulty ?? quantity(parts.reduce((all, part) => all + millionths(part), 0n));
}

const minorOf = (price: string, currency: string): string =>
  /^\d{1,12}(\.\d{1,6})?$/.test(price) ? (toMinor(price, currency) ?? price) : price;

const given = (values: Readonly<Record<string, string | undefined>>): Row =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
