// The figures that the Olist files hold, counted by plain functions of their own: nothing here knows mappings or commands.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface OlistFigures {
  readonly orders: number;
  readonly withoutLine: number;
  readonly lines: number;
  readonly priceCents: bigint;
  readonly freightCents: bigint;
  readonly receipts: number;
  readonly receiptCents: bigint;
  readonly emptyReceipts: number;
  readonly shipments: number;
  readonly delivered: number;
  readonly late: number;
  readonly meanDays: number;
  readonly p50Days: number;
  readonly p90Days: number;
  readonly cancelled: number;
  readonly cancellationsRefused: number;
  readonly stockHolds: number;
  readonly reviews: number;
  readonly stars: readonly number[];
  readonly complaints: number;
  readonly inExecution: number;
  readonly confirmed: number;
  readonly dispatchedBeforeApproved: number;
  readonly dispatchedAfterDelivered: number;
  readonly reviewedBeforeDelivery: number;
}

type Record_ = Readonly<Record<string, string>>;

/** Counts an Olist folder. */
export function olistFigures(folder: string): OlistFigures {
  const read = (file: string): Record_[] => records(readFileSync(join(folder, file), "utf8"));
  const items = Map.groupBy(read("order_items.csv"), (item) => item["order_id"]!);
  const all = read("orders.csv");
  const orders = all.filter((order) => items.has(order["order_id"]!));
  const byId = new Map(orders.map((order) => [order["order_id"]!, order]));
  const ofThese = (file: string) => read(file).filter((row) => byId.has(row["order_id"]!));
  const lines = orders.flatMap((order) => items.get(order["order_id"]!)!);
  const payments = ofThese("order_payments.csv");
  const reviews = ofThese("order_reviews.csv");
  const left = orders.filter(({ order_delivered_carrier_date: at }) => at !== "");
  const arrived = left.filter(({ order_delivered_customer_date: at }) => at !== "");
  const days = arrived.map(daysToDeliver).sort((a, b) => a - b);
  const nearestRank = (share: number) => days[Math.ceil(share * days.length) - 1]!;
  const canceled = orders.filter(({ order_status: status }) => status === "canceled");
  const confirmed = orders.filter(
    (order) => order["order_delivered_carrier_date"] === "" && order["order_status"] !== "canceled",
  );
  const sellers = (order: Record_) => new Set(items.get(order["order_id"]!)!.map((item) => item["seller_id"])).size;
  return {
    orders: orders.length,
    withoutLine: all.length - orders.length,
    lines: lines.length,
    priceCents: sum(lines.map((line) => cents(line["price"]!))),
    freightCents: sum(lines.map((line) => cents(line["freight_value"]!))),
    receipts: payments.length,
    receiptCents: sum(payments.map((payment) => cents(payment["payment_value"]!))),
    emptyReceipts: payments.filter((payment) => cents(payment["payment_value"]!) === 0n).length,
    shipments: left.reduce((count, order) => count + sellers(order), 0),
    delivered: arrived.length,
    late: arrived.filter(
      (order) =>
        order["order_delivered_customer_date"]!.slice(0, 10) > order["order_estimated_delivery_date"]!.slice(0, 10),
    ).length,
    meanDays: days.reduce((total, each) => total + each, 0) / days.length,
    p50Days: nearestRank(0.5),
    p90Days: nearestRank(0.9),
    cancelled: canceled.filter((order) => order["order_delivered_carrier_date"] === "").length,
    cancellationsRefused: canceled.filter((order) => order["order_delivered_carrier_date"] !== "").length,
    stockHolds: confirmed.filter((order) => order["order_status"] === "unavailable").length,
    reviews: reviews.length,
    stars: ["1", "2", "3", "4", "5"].map(
      (score) => reviews.filter((review) => review["review_score"] === score).length,
    ),
    complaints: reviews.filter(
      (review) => Number(review["review_score"]) <= 2 && review["review_comment_message"]!.trim() !== "",
    ).length,
    inExecution: left.length,
    confirmed: confirmed.length,
    dispatchedBeforeApproved: left.filter(
      (order) => order["order_delivered_carrier_date"]! < order["order_approved_at"]!,
    ).length,
    dispatchedAfterDelivered: arrived.filter(
      (order) => order["order_delivered_carrier_date"]! > order["order_delivered_customer_date"]!,
    ).length,
    reviewedBeforeDelivery: reviews.filter((review) => {
      const arrivedAt = byId.get(review["order_id"]!)!["order_delivered_customer_date"]!;
      return arrivedAt !== "" && review["review_answer_timestamp"]! < arrivedAt;
    }).length,
  };
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, each) => total + each, 0n);

/** "99.9" is 9990 cents. */
function cents(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0"));
}

const DAY_MS = 86_400_000;

/** Elapsed days from purchase to delivery, to 0.01 day. */
function daysToDeliver(order: Record_): number {
  const elapsed = instant(order["order_delivered_customer_date"]!) - instant(order["order_purchase_timestamp"]!);
  return Math.round((elapsed / DAY_MS) * 100) / 100;
}

const HOUR_MS = 3_600_000;

/**
 * São Paulo's summer times of these years, by their decrees (from the third Sunday of October, from 2018 on the first of
 * November, to the third of February), as local times: three hours behind UTC, two within them.
 */
const SUMMERS = [
  ["2015-10-18 00:00:00", "2016-02-21 00:00:00"],
  ["2016-10-16 00:00:00", "2017-02-19 00:00:00"],
  ["2017-10-15 00:00:00", "2018-02-18 00:00:00"],
  ["2018-11-04 00:00:00", "2019-02-17 00:00:00"],
] as const;

/** The hour that a summer's end repeats counts as its first pass, the one that its beginning skips as winter's. */
function instant(local: string): number {
  const time = Date.parse(`${local.replace(" ", "T")}Z`);
  const isSummer = SUMMERS.some(([from, to]) => local >= plusHour(from) && local < to);
  return time + (isSummer ? 2 : 3) * HOUR_MS;
}

const plusHour = (local: string): string => local.replace(" 00:", " 01:");

/** RFC 4180, character by character. */
function records(text: string): Record_[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    [row, cell] = [[], ""];
  };
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ",") {
      row.push(cell);
      cell = "";
    } else if (character === "\n") endRow();
    else if (character !== "\r") cell += character;
  }
  if (cell !== "" || row.length > 0) endRow();
  const [header = [], ...body] = rows;
  return body.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])));
}
