// Facts of an order that contradict each other: imported as far as the rules allow, and listed.
import type { Row } from "../source/read-table.js";

export const CONTRADICTIONS = [
  "VERIFIED_BEFORE_RECEIVED",
  "DISPATCHED_BEFORE_VERIFIED",
  "DISPATCHED_AFTER_DELIVERED",
  "CANCELLED_AFTER_DISPATCH",
  "REVIEWED_BEFORE_DELIVERY",
] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

export interface Contradiction {
  readonly kind: ContradictionKind;
  readonly row: Row;
  readonly key: string;
  /** The two times, as far as there are two. */
  readonly detail: string;
}

/** When things happened to an order, by its files. */
export interface Times {
  readonly receivedAt: string;
  readonly verifiedAt: string | undefined;
  readonly shipments: readonly {
    readonly dispatchedAt: string | undefined;
    readonly deliveredAt: string | undefined;
  }[];
  readonly cancelled: boolean;
  readonly answers: readonly { readonly at: string; readonly row: Row }[];
}

/** Each kind at most once for the order, and once for each answer. */
export function contradictionsOf(key: string, row: Row, times: Times): Contradiction[] {
  const { receivedAt, verifiedAt, shipments, cancelled, answers } = times;
  const found = (kind: ContradictionKind, detail: string, at: Row = row): Contradiction => ({
    kind,
    row: at,
    key,
    detail,
  });
  const dispatchedAt = least(shipments.map((shipment) => shipment.dispatchedAt));
  const delivered = shipments.length > 0 && shipments.every((shipment) => shipment.deliveredAt !== undefined);
  const deliveredAt = delivered ? greatest(shipments.map((shipment) => shipment.deliveredAt)) : undefined;
  const backwards = shipments.find((shipment) => isBefore(shipment.deliveredAt, shipment.dispatchedAt));
  return [
    ...(isBefore(verifiedAt, receivedAt) ? [found("VERIFIED_BEFORE_RECEIVED", `${verifiedAt} < ${receivedAt}`)] : []),
    ...(isBefore(dispatchedAt, verifiedAt)
      ? [found("DISPATCHED_BEFORE_VERIFIED", `${dispatchedAt} < ${verifiedAt}`)]
      : []),
    ...(backwards ? [found("DISPATCHED_AFTER_DELIVERED", `${backwards.dispatchedAt} > ${backwards.deliveredAt}`)] : []),
    ...(cancelled && dispatchedAt !== undefined ? [found("CANCELLED_AFTER_DISPATCH", dispatchedAt)] : []),
    ...answers
      .filter((answer) => isBefore(answer.at, deliveredAt))
      .map((answer) => found("REVIEWED_BEFORE_DELIVERY", `${answer.at} < ${deliveredAt}`, answer.row)),
  ];
}

const isBefore = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one < other;
const sorted = (times: readonly (string | undefined)[]) => times.filter((time) => time !== undefined).sort();
const least = (times: readonly (string | undefined)[]): string | undefined => sorted(times)[0];
const greatest = (times: readonly (string | undefined)[]): string | undefined => sorted(times).at(-1);
