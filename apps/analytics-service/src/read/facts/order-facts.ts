// How order facts are kept, and what each counts for in the roll-ups.
import type { CollectionSpec, Contribution, DocumentFold } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import { ALL, NOW, deliveries, orders, sales, toVerify, verifications } from "../rollups.js";
import { sharedTokens } from "../scope.js";
import { foldOrder, isDelivered, type OrderFact } from "./order-fact.js";

const collection: CollectionSpec<OrderFact> = {
  name: "orders",
  columns: {
    receivedOn: { type: "text", of: (fact) => fact.receivedOn },
    deliveredOn: { type: "text", of: (fact) => (isDelivered(fact) ? fact.arrived?.on : undefined) },
    department: { type: "text", of: (fact) => fact.department },
  },
  // Lists are read for the sake of those who see an order by assignment or share alone; departments read the cells.
  tokens: sharedTokens,
  paths: [
    { name: "byReceived", sort: "receivedOn", filters: ["department"] },
    { name: "byDelivered", sort: "deliveredOn", filters: ["department"] },
  ],
};

export const orderFacts: DocumentFold<OrderFact, PublicEvent> = {
  collection,
  source: "gendan.orders",
  fold: foldOrder,
  contributions: contributionsOfOrder,
};

/** Everything that one order counts for: in the counts of now, in sales, in verifications, and, once it is so far, in deliveries. */
export function contributionsOfOrder(fact: OrderFact): readonly Contribution[] {
  return [...inOrders(fact), ...inSales(fact), ...inVerifications(fact), ...inDeliveries(fact)];
}

function inOrders(fact: OrderFact): Contribution[] {
  const count = { rollup: orders.name, day: NOW, department: fact.department, currency: "", add: { orders: 1n } };
  return [
    { ...count, ...ALL },
    { ...count, dimension: "lifecycle", value: fact.lifecycle },
    { ...count, dimension: "channel", value: fact.channel },
    { ...count, dimension: "assignee", value: fact.assignee ?? "" },
    { ...count, dimension: "delivery", value: fact.delivery },
    ...fact.holds.map((hold) => ({ ...count, dimension: "hold", value: hold })),
  ];
}

function inSales(fact: OrderFact): Contribution[] {
  const { department, currency, receivedOn } = fact;
  const cell = { rollup: sales.name, day: receivedOn, department, currency };
  const add = { orders: 1n, ...measuresOf(fact), paid: BigInt(fact.paid) };
  return [
    ...wholeAndParts({ ...cell, add }, fact),
    // Money belongs to the order, not to one of its families: families carry none of `paid`.
    ...fact.families.map((share) => ({
      ...cell,
      dimension: "family",
      value: share.family,
      add: { orders: 1n, ...measuresOf(share) },
    })),
  ];
}

const wholeAndParts = (
  cell: Omit<Contribution, "dimension" | "value">,
  { channel, assignee = "" }: OrderFact,
): Contribution[] => [
  { ...cell, ...ALL },
  { ...cell, dimension: "channel", value: channel },
  { ...cell, dimension: "assignee", value: assignee },
];

const measuresOf = ({ lines, amount, freight }: { lines: number; amount: string; freight: string }) => ({
  lines: BigInt(lines),
  amount: BigInt(amount),
  freight: BigInt(freight),
});

/** 0.1 hour in milliseconds. */
const TENTH = 360_000;

const MINUTE = 60_000;

/** The target is of the first verification alone: what is corrected after it misses none. */
function inVerifications(fact: OrderFact): Contribution[] {
  const { verified, verifyDueAt: dueAt, receivedAt, receivedOn: day, department, lifecycle } = fact;
  if (!verified) {
    if (dueAt === undefined || (lifecycle !== "received" && lifecycle !== "discrepant")) return [];
    // Rounded up: it is overdue when its minute is over.
    const sample = Math.ceil(Date.parse(dueAt) / MINUTE);
    return wholeAndParts({ rollup: toVerify.name, day, department, currency: "", add: { open: 1n }, sample }, fact);
  }
  const late = dueAt !== undefined && verified.at > dueAt;
  const target = { inTime: dueAt !== undefined && !late ? 1n : 0n, late: late ? 1n : 0n };
  const add = { verified: 1n, firstPass: verified.firstPass ? 1n : 0n, ...target };
  const sample = Math.round((Date.parse(verified.at) - Date.parse(receivedAt)) / TENTH);
  return wholeAndParts({ rollup: verifications.name, day, department, currency: "", add, sample }, fact);
}

/** 0.01 day in milliseconds. */
const HUNDREDTH = 864_000;

function inDeliveries(fact: OrderFact): Contribution[] {
  const { arrived, receivedAt, department } = fact;
  if (!isDelivered(fact) || !arrived) return [];
  const ms = Date.parse(arrived.at) - Date.parse(receivedAt);
  const add = { delivered: 1n, late: arrived.late ? 1n : 0n, ms: BigInt(ms) };
  const cell = { rollup: deliveries.name, day: arrived.on, department, currency: "", add };
  return wholeAndParts({ ...cell, sample: Math.round(ms / HUNDREDTH) }, fact);
}
