// What a caller asks of the list of shipments, as the document store answers it.
import {
  equals,
  isWithin,
  oneOf,
  sees,
  withinDepartment,
  type ColumnValue,
  type Filter,
  type ListPage,
  type ListQuery,
  type StoredDocument,
} from "@gendan/eventing";
import type { State } from "../domain/shipment/shipment.events.js";
import type { ShipmentDoc } from "./shipment-doc.js";
import { SHIPMENTS } from "./shipments.js";

export interface ShipmentFilter {
  readonly states?: readonly State[];
  readonly carrier?: string;
  /** With everything below it. */
  readonly department?: string;
  /** Whether an exception is open. */
  readonly exceptionOpen?: boolean;
}

export interface ShipmentOrder {
  readonly by: "planned" | "shipDay";
  readonly descending: boolean;
}

type Query = Omit<ListQuery, "limit" | "after"> & Required<Pick<ListQuery, "descending">>;

/** Through the caller's tokens; newest plan first unless asked otherwise. */
export function listOf(tokens: readonly string[], filter: ShipmentFilter, { by, descending }: ShipmentOrder): Query {
  const { states, carrier, department, exceptionOpen } = filter;
  const where: Filter[] = [
    ...oneOf("state", states),
    ...equals("carrier", carrier),
    ...withinDepartment(department),
    ...(exceptionOpen === undefined
      ? []
      : [{ column: "exceptionsOpen", op: exceptionOpen ? ">" : "=", value: 0 } as const]),
  ];
  return { collection: SHIPMENTS, path: by === "planned" ? "byPlanned" : "byShipDay", tokens, where, descending };
}

/** More shipments of one order than these are too many to look through. */
export const MOST_OF_ORDER = 200;

/**
 * Those of an order's shipments that a caller sees as the order's, in the order of their planning: whoever does not see the
 * order does not see that they are.
 */
export const ofOrder = (
  tokens: readonly string[],
  orderId: string,
  rows: readonly StoredDocument<ShipmentDoc>[],
): readonly StoredDocument<ShipmentDoc>[] =>
  rows
    .filter(({ doc }) => doc.orders.some((order) => order.orderId === orderId && sees(tokens, order.visibleTo)))
    .sort((one, other) => comparePlaces(placeOf(one, "planned"), placeOf(other, "planned")));

/** A page of an order's shipments; an order has few, so they are filtered and sorted here. */
export function pageOfOrder(
  rows: readonly StoredDocument<ShipmentDoc>[],
  filter: ShipmentFilter,
  { by, descending }: ShipmentOrder,
  { limit, after }: { readonly limit: number; readonly after?: Place },
): ListPage<ShipmentDoc> & { readonly count: number } {
  const sign = descending ? -1 : 1;
  const matching = rows
    .filter(({ doc }) => matches(doc, filter))
    .map((row) => ({ ...row, sort: placeOf(row, by).sort }))
    .sort((one, other) => sign * comparePlaces(one, other));
  const rest = after ? matching.filter((row) => sign * comparePlaces(row, after) > 0) : matching;
  return { rows: rest.slice(0, limit), more: rest.length > limit, count: matching.length };
}

interface Place {
  readonly sort: ColumnValue;
  readonly id: string;
}

const placeOf = ({ id, doc }: StoredDocument<ShipmentDoc>, by: ShipmentOrder["by"]): Place => ({
  sort: (by === "planned" ? doc.plannedAt : doc.plannedShipOn) ?? null,
  id,
});

/** By the sort value, nothing before something, then by the id: as the document store sorts. */
function comparePlaces(one: Place, other: Place): number {
  if (one.sort !== other.sort) return (one.sort ?? "") < (other.sort ?? "") ? -1 : 1;
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}

const matches = (doc: ShipmentDoc, { states, carrier, department, exceptionOpen }: ShipmentFilter): boolean =>
  (states?.includes(doc.state) ?? true) &&
  (carrier === undefined || doc.carrier === carrier) &&
  (department === undefined || isWithin(doc.department, department)) &&
  (exceptionOpen === undefined || doc.exceptionsOpen > 0 === exceptionOpen);
