// What is open of the schedules of binding orders, a line each, and what they count for on the days on which they are due.
import {
  millionths,
  money,
  quantity,
  shareOf,
  type AccessPath,
  type CollectionSpec,
  type Contribution,
  type Entry,
  type Money,
  type Quantity,
  type RollupSpec,
} from "@gendan/eventing";
import { departmentColumn } from "./department-column.js";
import { isMet } from "./fold-dates.js";
import type { LineDocument, OrderDocument, ScheduleDocument } from "./order.document.js";

/** Which day of a schedule is looked at: what the customer asked for, or the latest promise. */
export type DueBy = "requested" | "promised";

export interface OpenSchedule {
  readonly orderId: string;
  readonly customerId: string;
  readonly department: string;
  readonly visibleTo: readonly string[];
  readonly lineId: string;
  readonly scheduleId: string;
  readonly sku: string;
  readonly unit: string;
  /** Owed, and not yet delivered where delivery counts. */
  readonly open: Quantity;
  /** The open quantity at the line's price, rounded half up. */
  readonly amount: Money;
  readonly requestedOn?: string;
  readonly promisedOn?: string;
}

/** Before the confirmation nothing is owed, and after the end nothing any more. */
export const openSchedulesOf = (doc: OrderDocument, orderId: string): Entry<OpenSchedule>[] =>
  doc.lifecycle !== "confirmed" && doc.lifecycle !== "inExecution"
    ? []
    : doc.lines.flatMap((line) =>
        line.schedules
          .filter((schedule) => !isMet(schedule))
          .map((schedule) => ({
            id: `${orderId}/${line.lineId}/${schedule.scheduleId}`,
            doc: openSchedule(doc, orderId, line, schedule),
          })),
      );

const ONE = 1_000_000n;

function openSchedule(
  { customerId, department, visibleTo }: OrderDocument,
  orderId: string,
  { lineId, sku, unit, unitPrice }: LineDocument,
  schedule: ScheduleDocument,
): OpenSchedule {
  const { scheduleId, requestedOn, promises } = schedule;
  const open = openOf(schedule);
  const promisedOn = promises.at(-1)?.on;
  return {
    orderId,
    customerId,
    department,
    visibleTo,
    lineId,
    scheduleId,
    sku,
    unit,
    open: quantity(open),
    amount: money(shareOf(BigInt(unitPrice.minor), open, ONE), unitPrice.currency),
    ...(requestedOn === undefined ? {} : { requestedOn }),
    ...(promisedOn === undefined ? {} : { promisedOn }),
  };
}

/** Where the hand-over is the delivery, what has left is not open, whatever became of it. */
function openOf({
  quantity: ordered,
  cancelled = "0",
  shortClosed,
  met,
  shipped,
  delivered,
}: ScheduleDocument): bigint {
  const owed = millionths(ordered) - millionths(cancelled) - millionths(shortClosed?.quantity ?? "0");
  const open = owed - millionths(met === undefined ? delivered : shipped);
  return open > 0n ? open : 0n;
}

/** By the day on which they are due, so that what is open past it is a sum over days. */
const rollupOf = { requested: "openByRequested", promised: "openByPromised" } as const;
export const rollupBy = (by: DueBy): string => rollupOf[by];

/** Quantities count in whole units and in the millionths beyond them, because their sum in millionths would leave 64 bits. */
export const backorderRollups: readonly RollupSpec[] = Object.values(rollupOf).map((name) => ({
  name,
  dimensions: ["all", "customer", "product"],
  measures: ["schedules", "units", "millionths", "amount"],
}));

/** An item in a unit: quantities of different units have no sum. */
export const productOf = ({ sku, unit }: Pick<OpenSchedule, "sku" | "unit">): string => `${sku}\u0000${unit}`;

export const backorderContributions = (doc: OrderDocument): Contribution[] =>
  openSchedulesOf(doc, "").flatMap((each) => contributionsOf(each.doc));

export function contributionsOf(each: OpenSchedule): Contribution[] {
  const { department, customerId, amount, requestedOn, promisedOn } = each;
  const units = millionths(each.open);
  const add = { schedules: 1n, units: units / ONE, millionths: units % ONE, amount: BigInt(amount.minor) };
  const days = { requested: requestedOn, promised: promisedOn };
  return (["requested", "promised"] as const).flatMap((by) => {
    const day = days[by];
    if (day === undefined) return [];
    const common = { rollup: rollupBy(by), day, department, currency: amount.currency, add };
    return [
      { ...common, dimension: "all", value: "" },
      { ...common, dimension: "customer", value: customerId },
      { ...common, dimension: "product", value: productOf(each) },
    ];
  });
}

const filters = ["requestedOn", "promisedOn", "department", "customerId", "sku", "currency"] as const;
const paths: readonly AccessPath[] = [
  { name: "byRequested", sort: "requestedOn", filters: filters.filter((column) => column !== "requestedOn") },
  { name: "byPromised", sort: "promisedOn", filters: filters.filter((column) => column !== "promisedOn") },
];

const text = (of: (doc: OpenSchedule) => string | undefined) => ({ type: "text", of }) as const;

export const openScheduleCollection: CollectionSpec<OpenSchedule> = {
  name: "openSchedules",
  columns: {
    requestedOn: text(({ requestedOn }) => requestedOn),
    promisedOn: text(({ promisedOn }) => promisedOn),
    department: text(({ department }) => departmentColumn(department)),
    customerId: text(({ customerId }) => customerId),
    sku: text(({ sku }) => sku),
    currency: text(({ amount }) => amount.currency),
  },
  tokens: ({ visibleTo }) => visibleTo,
  paths,
};
