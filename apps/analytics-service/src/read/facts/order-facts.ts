// How order facts are kept, and what each counts for in the roll-ups.
import type { CollectionSpec, Contribution, DocumentFold } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import { ALL, NOW, deliveries, orders, sales } from "../rollups.js";
import { personTokens } from "../scope.js";
import { foldOrder, type OrderBasics, type OrderFact } from "./order-fact.js";

const collection: CollectionSpec<OrderFact> = {
  name: "orders",
  columns: {
    receivedOn: { type: "text", of: ({ basics }) => basics?.receivedOn },
    deliveredOn: { type: "text", of: ({ delivery, arrived }) => (delivery === "full" ? arrived?.on : undefined) },
    department: { type: "text", of: ({ basics }) => basics?.department },
  },
  // Lists are read for the sake of those who see an order by assignment or share alone; departments read the cells.
  tokens: ({ basics }) => personTokens(basics?.visibleTo ?? []),
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

/** Everything that one order counts for: in the counts of now, in sales, and in deliveries once it is delivered in full. */
export function contributionsOfOrder(fact: OrderFact): readonly Contribution[] {
  const { basics } = fact;
  if (!basics) return [];
  return [...inOrders(fact, basics), ...inSales(fact, basics), ...inDeliveries(fact, basics)];
}

function inOrders(fact: OrderFact, basics: OrderBasics): Contribution[] {
  const count = { rollup: orders.name, day: NOW, department: basics.department, currency: "", add: { orders: 1n } };
  return [
    { ...count, ...ALL },
    { ...count, dimension: "lifecycle", value: fact.lifecycle },
    { ...count, dimension: "channel", value: basics.channel },
    { ...count, dimension: "assignee", value: basics.assignee ?? "" },
    { ...count, dimension: "shipping", value: fact.shipping },
    { ...count, dimension: "delivery", value: fact.delivery },
    ...fact.holds.map((hold) => ({ ...count, dimension: "hold", value: hold })),
  ];
}

function inSales({ paid }: OrderFact, basics: OrderBasics): Contribution[] {
  const { department, currency, receivedOn, channel, assignee } = basics;
  const cell = { rollup: sales.name, day: receivedOn, department, currency };
  const samePaid = paid?.currency === currency ? BigInt(paid.minor) : 0n;
  const whole = { ...cell, add: { orders: 1n, ...measuresOf(basics), paid: samePaid } };
  const dimensions = [ALL, { dimension: "channel", value: channel }, { dimension: "assignee", value: assignee ?? "" }];
  return [
    ...dimensions.map((dimension) => ({ ...whole, ...dimension })),
    // Money belongs to the order, not to one of its families: families carry none of `paid`.
    ...basics.families.map((share) => ({
      ...cell,
      dimension: "family",
      value: share.family,
      add: { orders: 1n, ...measuresOf(share) },
    })),
    ...(paid && paid.currency !== currency
      ? dimensions.map((dimension) => ({
          ...cell,
          ...dimension,
          currency: paid.currency,
          add: { paid: BigInt(paid.minor) },
        }))
      : []),
  ];
}

const measuresOf = ({ lines, amount, freight }: { lines: number; amount: string; freight: string }) => ({
  lines: BigInt(lines),
  amount: BigInt(amount),
  freight: BigInt(freight),
});

/** 0.01 day in milliseconds. */
const HUNDREDTH = 864_000;

function inDeliveries({ delivery, arrived }: OrderFact, basics: OrderBasics): Contribution[] {
  if (delivery !== "full" || !arrived) return [];
  const ms = Date.parse(arrived.at) - Date.parse(basics.receivedAt);
  const cell = {
    rollup: deliveries.name,
    day: arrived.on,
    department: basics.department,
    currency: "",
    add: { delivered: 1n, late: arrived.late ? 1n : 0n, ms: BigInt(ms) },
    sample: Math.round(ms / HUNDREDTH),
  };
  return [
    { ...cell, ...ALL },
    { ...cell, dimension: "channel", value: basics.channel },
    { ...cell, dimension: "assignee", value: basics.assignee ?? "" },
  ];
}
