// What a caller asks for in the order list, as a query along one of its access paths.
import { between, equals, fieldFilters, oneOf, wordsToFind, type Filter, type ListQuery } from "@gendan/eventing";
import type { CustomField } from "../domain/order/content.events.js";
import { departmentColumn } from "./department-column.js";
import type { Extent, Lifecycle } from "../domain/order/order.events.js";

export interface OrdersAsked {
  readonly sort: "received" | "due" | "amount";
  readonly descending: boolean;
  readonly lifecycle?: readonly Lifecycle[];
  readonly shipping?: readonly Extent[];
  readonly delivery?: readonly Extent[];
  /** With everything below it. */
  readonly department?: string;
  readonly assignee?: string;
  readonly customerId?: string;
  readonly dueFrom?: string;
  readonly dueTo?: string;
  readonly late?: boolean;
  /** Not verified yet, and due to be. */
  readonly verifyOverdue?: boolean;
  /** Verified after its target; false: until then. */
  readonly verifiedLate?: boolean;
  readonly held?: boolean;
  /** A schedule was delivered in part, and nobody has said yet what becomes of the rest. */
  readonly openTail?: boolean;
  /** Something is to be paid back for a return. */
  readonly refundOpen?: boolean;
  readonly currency?: string;
  readonly customFields?: readonly CustomField[];
  readonly text?: string;
}

type Definitions = Parameters<typeof fieldFilters>[1];
export type OrdersQuery = Omit<ListQuery, "tokens" | "after" | "limit">;

/**
 * The query, undefined where amounts are to be compared over currencies. `now` decides what is late; custom fields are looked for as
 * their definitions write them.
 */
export function ordersQuery(asked: OrdersAsked, now: string, definitions: Definitions = []): OrdersQuery | undefined {
  const { sort, descending, currency } = asked;
  const common = { collection: "orders", descending };
  if (sort !== "amount") {
    const ofCurrency = equals("currency", currency);
    return {
      ...common,
      path: sort === "due" ? "byDue" : "byReceived",
      where: [...filtersOf(asked, now, definitions), ...ofCurrency],
    };
  }
  return currency === undefined
    ? undefined
    : { ...common, path: "byAmount", within: currency, where: filtersOf(asked, now, definitions) };
}

export interface NotInvoicedAsked {
  readonly customerId?: string;
  /** With everything below it. */
  readonly department?: string;
  readonly currency?: string;
}

/** The orders with goods that left and are not charged yet, the longest first. */
export const notInvoicedQuery = ({ customerId, department, currency }: NotInvoicedAsked): OrdersQuery => ({
  collection: "orders",
  path: "byNotInvoiced",
  descending: false,
  where: [
    { column: "notInvoicedSince", op: "not null" },
    ...equals("customerId", customerId),
    ...below(department),
    ...equals("currency", currency),
  ],
});

/** The customer's orders with something due, the oldest first. */
export const paymentDueQuery = (customerId: string, currency: string): OrdersQuery => ({
  collection: "orders",
  path: "byPaymentDue",
  descending: false,
  where: [
    { column: "paymentDueOn", op: "not null" },
    ...equals("customerId", customerId),
    ...equals("currency", currency),
  ],
});

function filtersOf(asked: OrdersAsked, now: string, definitions: Definitions): Filter[] {
  const {
    lifecycle,
    shipping,
    delivery,
    department,
    assignee,
    customerId,
    dueFrom,
    dueTo,
    late,
    verifyOverdue,
    verifiedLate,
    held,
    customFields,
    openTail,
    refundOpen,
    text,
  } = asked;
  return [
    ...oneOf("lifecycle", lifecycle),
    ...oneOf("shipping", shipping),
    ...oneOf("delivery", delivery),
    ...below(department),
    ...equals("assignee", assignee),
    ...equals("customerId", customerId),
    ...between("dueOn", dueFrom, dueTo),
    ...(late === undefined ? [] : [isPast("lateFrom", now, late)]),
    ...(verifyOverdue === undefined ? [] : [isPast("toVerifyBy", now, verifyOverdue)]),
    ...(verifiedLate === undefined ? [] : [{ column: "verifiedLate", op: "=", value: verifiedLate ? 1 : 0 } as const]),
    ...(held === undefined ? [] : [{ column: "held", op: "=", value: held ? 1 : 0 } as const]),
    ...fieldFilters(customFields ?? [], definitions),
    ...(refundOpen === undefined ? [] : [{ column: "refundOpen", op: "=", value: refundOpen ? 1 : 0 } as const]),
    ...(openTail === undefined ? [] : [{ column: "tail", op: "=", value: openTail ? 1 : 0 } as const]),
    ...containing(text),
  ];
}

export function below(department: string | undefined): Filter[] {
  if (department === undefined || department === "") return [];
  const first = departmentColumn(department);
  // "0" is the character after "/".
  return [
    { column: "department", op: ">=", value: first },
    { column: "department", op: "<", value: `${department}0` },
  ];
}

/** A text without a single word, such as a dash, asks for nothing. */
export function containing(text: string | undefined): Filter[] {
  const words = wordsToFind(text ?? "");
  return words.length === 0 ? [] : [{ words }];
}

/** What changes with time alone compares a stored instant with now. */
const isPast = (column: string, now: string, past: boolean): Filter =>
  past
    ? { column, op: "<=", value: now }
    : {
        any: [
          { column, op: "null" },
          { column, op: ">", value: now },
        ],
      };
