// The tables that come back as commands: which columns may be edited, and the mutation that an edited one becomes.
import type { Text } from "@gendan/service-kit";
import { exportedLists } from "../export/lists.js";
import { changePaths } from "./order-change.js";

export interface Sheet {
  /** The exported list that it is. */
  readonly list: string;
  /** The query that gives a row's order as it is now. */
  readonly now: string;
  /** Columns that tell the rows of one order apart. */
  readonly parts: readonly string[];
  /** In the order in which they are carried out. */
  readonly edits: readonly Edit[];
  /** Columns whose edited values of all rows of an order become one command (order-change.ts). */
  readonly together: readonly string[];
  /** Columns of which a table that was exported has none; a parameter of the request stands for all rows. */
  readonly extra: readonly { readonly name: string; readonly label: Text }[];
}

export interface Edit {
  readonly path: string;
  readonly mutation: string;
  /** `values`: the row's fields by the columns' paths and extra names. */
  readonly input: (value: string, values: Readonly<Record<string, string>>) => object;
}

const REASON = { name: "reason", label: { en: "Reason", zh: "原因" } };
const ASKED_BY = { name: "askedBy", label: { en: "Asked by", zh: "提出方" } };

export const sheets: Readonly<Record<string, Sheet>> = {
  orders: {
    list: "orders",
    now: "order",
    parts: [],
    together: [],
    edits: [
      { path: "paymentTerms", mutation: "correctOrder", input: (paymentTerms) => ({ paymentTerms }) },
      { path: "assignee", mutation: "assignOrder", input: (assignee) => ({ assignee }) },
      // Last, because who gives an order away may see it no more.
      {
        path: "department",
        mutation: "moveOrder",
        input: (department, { reason = "" }) => ({ department, reason }),
      },
    ],
    extra: [REASON],
  },
  "order-lines": {
    list: "order-lines",
    now: "order",
    parts: ["lines.lineId", "lines.schedules.scheduleId"],
    together: changePaths,
    edits: [
      {
        path: "lines.schedules.promisedOn",
        mutation: "repromiseSchedule",
        input: (promisedOn, values) => ({
          lineId: values["lines.lineId"],
          scheduleId: values["lines.schedules.scheduleId"],
          promisedOn,
          reason: values["reason"] ?? "",
          askedBy: values["askedBy"] || "US",
        }),
      },
    ],
    extra: [REASON, ASKED_BY],
  },
};

export const tableOf = ({ list }: Sheet) => exportedLists[list]!;
