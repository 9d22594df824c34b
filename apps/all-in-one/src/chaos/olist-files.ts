// The first orders of the Olist files, with what belongs to them.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files of rows that belong to an order, and the column that says so. */
const OF_AN_ORDER = ["order_items.csv", "order_payments.csv", "order_reviews.csv"];
const SHARED = ["customers.csv", "products.csv", "sellers.csv"];

/** Copies the first so many orders, or all, into a folder that is made; gives how many there are. */
export function firstOrders(from: string, to: string, count = Infinity): number {
  mkdirSync(to, { recursive: true });
  for (const file of SHARED) copyFileSync(join(from, file), join(to, file));
  const [head = "", ...orders] = records(readFileSync(join(from, "orders.csv"), "utf8"));
  const taken = orders.slice(0, count);
  writeFileSync(join(to, "orders.csv"), [head, ...taken].join(""));
  const ids = new Set(taken.map((record) => valueAt(record, columnOf(head))));
  for (const file of OF_AN_ORDER) {
    const [header = "", ...rows] = records(readFileSync(join(from, file), "utf8"));
    const column = columnOf(header);
    writeFileSync(join(to, file), [header, ...rows.filter((record) => ids.has(valueAt(record, column)))].join(""));
  }
  return taken.length;
}

const columnOf = (header: string): number => header.trim().split(",").indexOf("order_id");

/** The value of one of the first columns, in which nothing is quoted that has a comma. */
const valueAt = (record: string, column: number): string => record.split(",")[column]!.trim().replaceAll('"', "");

/** Each with its line end; a quoted text may have some of its own. */
const records = (text: string): string[] =>
  text.match(/(?:[^"\n]|"(?:[^"]|"")*")*(?:\n|$)/g)!.filter((each) => each !== "");
