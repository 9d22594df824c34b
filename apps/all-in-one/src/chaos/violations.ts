// What is wrong with a company after its kills: the ledger of its clients compared with what is in its folder. Pure.
import type { Evidence, LoggedEvent, OrderSeen, Quantities } from "./evidence.js";
import { acknowledgedIn, amountOf, totalOf, type Journey, type Ledger } from "./ledger.js";

/** Everything that contradicts the ledger, one line each; empty when nothing was lost and nothing doubled. */
export function violationsOf(ledger: Ledger, evidence: Evidence): string[] {
  return [
    ...ledger.violations,
    ...ledger.journeys.filter(({ done }) => !done).map(({ orderId }) => `order ${orderId} was not carried through`),
    ...logFaults(evidence.events),
    ...commandFaults(ledger, evidence.events),
    ...effectFaults(ledger, evidence.events),
    ...documentFaults(ledger, evidence),
    ...reportFaults(ledger, evidence),
    ...evidence.differences.map((each) => `a document is not its refold: ${JSON.stringify(each)}`),
    ...evidence.parked.map((each) => `an event is parked: ${JSON.stringify(each)}`),
    ...evidence.notReady,
  ];
}

/** Streams without gaps, ids and numbers without repetition, each command's events in one piece. */
function logFaults(events: readonly LoggedEvent[]): string[] {
  const numbers = events.flatMap(({ number }) => number ?? []);
  return [
    ...repeated(events.map(({ id }) => id)).map((id) => `event ${id} is stored twice`),
    ...repeated(numbers).map((number) => `number ${number} was given twice`),
    ...[...byKey(events, ({ stream }) => stream)].flatMap(([stream, own]) => [
      ...own
        .filter(({ revision }, index) => revision !== index)
        .slice(0, 1)
        .map(({ revision }) => `${stream} has a gap or a repetition before revision ${revision}`),
      ...repeated(runs(own.map(({ commandId }) => commandId))).map(
        (commandId) => `${stream} has the command ${commandId} twice`,
      ),
    ]),
  ];
}

/** Acknowledged is stored once, at its revision; refused is not stored; stored was sent by somebody. */
function commandFaults(ledger: Ledger, events: readonly LoggedEvent[]): string[] {
  const stored = byKey(events, ({ commandId }) => commandId);
  const acknowledged = acknowledgedIn(ledger).flatMap(({ commandId, mutation, stream, revision }) => {
    const own = stored.get(commandId) ?? [];
    const what = `${mutation} ${commandId}`;
    if (own.length === 0) return [`${what} was acknowledged and is lost`];
    if (own.some((event) => event.stream !== stream)) return [`${what} is stored in another stream than ${stream}`];
    const last = own.at(-1)!.revision;
    return last === revision ? [] : [`${what} was acknowledged at revision ${revision} and is at ${last}`];
  });
  const refused = [...ledger.commands.values()]
    .filter(({ refused: codes, commandId }) => codes && stored.has(commandId))
    .map(({ mutation, commandId }) => `${mutation} ${commandId} was refused and is stored`);
  const unknown = events
    .filter(({ caused, stream, commandId }) => !caused && !isNumbers(stream) && !ledger.commands.has(commandId))
    .map(({ type, commandId }) => `${type} of ${commandId} was sent by nobody`);
  return [...acknowledged, ...refused, ...unknown];
}

const isNumbers = (stream: string): boolean => /^\w+\.numbers-/.test(stream);

/** Everything that a journey does to a stream, once. */
const effects = {
  order: ["received", "verified", "confirmed", "allocated", "shipped", "payment.recorded"],
  receipt: ["recorded", "allocated"],
  shipment: ["planned", "allocation.recorded", "booked", "dispatched"],
  case: ["opened", "answered"],
};

function effectFaults({ journeys, customers }: Ledger, events: readonly LoggedEvent[]): string[] {
  const found = byKey(events, ({ stream }) => stream);
  const expected = new Map<string, readonly string[]>();
  const expect = (service: string, kind: keyof typeof effects | "customer", id: string, names: readonly string[]) =>
    expected.set(
      `${service}.${kind}-${id}`,
      names.map((name) => `${kind}.${name}`),
    );
  for (const { orderId, receiptId, shipmentId, caseId, outcome } of journeys) {
    const issue = outcome === "lost" ? ["issue.noted"] : [];
    expect("order", "order", orderId, [...effects.order, outcome, ...issue]);
    expect("order", "receipt", receiptId, effects.receipt);
    expect("logistics", "shipment", shipmentId, [...effects.shipment, outcome]);
    expect("customer", "case", caseId, effects.case);
  }
  for (const id of customers.keys()) expect("customer", "customer", id, ["registered"]);
  const faults = [...expected].flatMap(([stream, names]) =>
    differ(
      stream,
      names,
      (found.get(stream) ?? []).map(({ type }) => type),
    ),
  );
  const own = /^(order\.(order|receipt)|logistics\.shipment|customer\.(case|customer))-/;
  const surplus = [...found.keys()].filter((stream) => own.test(stream) && !expected.has(stream));
  const lost = journeys.filter(({ outcome }) => outcome === "lost").length;
  const opened = events.filter(({ type }) => type === "issue.opened").length;
  return [
    ...faults,
    ...surplus.map((stream) => `${stream} belongs to no journey`),
    ...(opened === lost ? [] : [`${lost} shipments were lost, ${opened} issues opened`]),
  ];
}

function differ(what: string, expected: readonly string[], actual: readonly string[]): string[] {
  const [one, other] = [expected.toSorted().join(" "), actual.toSorted().join(" ")];
  return one === other ? [] : [`${what} should have had ${one}, and has had ${other || "nothing"}`];
}

function documentFaults({ journeys, customers }: Ledger, { orders, ...evidence }: Evidence): string[] {
  const seen = new Map(orders.map((order) => [order.id, order]));
  const names = [...customers].filter(([id, name]) => evidence.customers.get(id) !== name);
  return [
    ...journeys.flatMap((journey) => {
      const order = seen.get(journey.orderId);
      return order
        ? differ(`order ${order.id}`, shouldBe(journey), is(order))
        : [`order ${journey.orderId} is not listed`];
    }),
    ...(orders.length === journeys.length
      ? []
      : [`${orders.length} orders are listed, ${journeys.length} were entered`]),
    ...(evidence.customers.size === customers.size
      ? []
      : [`${evidence.customers.size} customers are listed, ${customers.size} were entered`]),
    ...names.map(([id, name]) => `customer ${id} should be ${name} and is ${evidence.customers.get(id) ?? "nobody"}`),
  ];
}

/** An order as one list of words, by what the ledger says. */
function shouldBe(journey: Journey): string[] {
  const { currency, lines, outcome, shipmentId, receiptId, caseId } = journey;
  const total = `${totalOf(journey)} ${currency}`;
  const lost = outcome === "lost";
  return [
    "lifecycle:IN_EXECUTION",
    `delivery:${lost ? "NONE" : "FULL"}`,
    `shipping:${lost ? "NONE" : "FULL"}`,
    "payment:PAID",
    `total:${total}`,
    `received:${total}`,
    ...lines.map(({ quantity }, index) =>
      quantities(index, {
        quantity: `${quantity}`,
        allocated: `${quantity}`,
        shipped: `${quantity}`,
        delivered: lost ? "0" : `${quantity}`,
        lost: lost ? `${quantity}` : "0",
      }),
    ),
    `shipment:${shipmentId}:${lost ? "LOST" : "DELIVERED"}`,
    `receipt:${receiptId}`,
    `case:${caseId}:1`,
    ...(lost ? ["issue"] : []),
  ];
}

/** The same by what its documents say. */
const is = (order: OrderSeen): string[] => [
  `lifecycle:${order.lifecycle}`,
  `delivery:${order.delivery}`,
  `shipping:${order.shipping}`,
  `payment:${order.payment}`,
  `total:${order.total.minor} ${order.total.currency}`,
  `received:${order.received.minor} ${order.received.currency}`,
  ...order.lines.flatMap(({ schedules }, index) => schedules.map((schedule) => quantities(index, schedule))),
  ...order.shipments.map(({ id, state }) => `shipment:${id}:${state}`),
  ...order.receipts.map(({ id }) => `receipt:${id}`),
  ...order.cases.map(({ id, answers }) => `case:${id}:${answers.length}`),
  ...order.issues.map(() => "issue"),
];

const quantities = (line: number, { quantity, allocated, shipped, delivered, lost }: Quantities): string =>
  `line${line}:${[quantity, allocated, shipped, delivered, lost].join("/")}`;

function reportFaults({ journeys }: Ledger, { sales, delivered, counted }: Evidence): string[] {
  const sums = (of: (journey: Journey) => number): string[] =>
    [...byKey(journeys, ({ currency }) => currency)].map(
      ([currency, own]) => `${own.reduce((sum, journey) => sum + of(journey), 0)} ${currency}`,
    );
  const told = (amounts: Evidence["sales"]["amount"]) => amounts.map(({ minor, currency }) => `${minor} ${currency}`);
  const count = (what: string, expected: number, actual: number) => differ(what, [`${expected}`], [`${actual}`]);
  const arrived = journeys.filter(({ outcome }) => outcome === "delivered").length;
  return [
    ...count("sales: orders", journeys.length, sales.orders),
    ...count("sales: lines", journeys.flatMap(({ lines }) => lines).length, sales.lines),
    ...differ("sales: amount", sums(amountOf), told(sales.amount)),
    ...differ(
      "sales: freight",
      sums(({ freight }) => freight),
      told(sales.freight),
    ),
    ...differ("sales: received", sums(totalOf), told(sales.received)),
    ...count("deliveryPerformance", arrived, delivered),
    ...count("orderCounts", journeys.length, counted),
  ];
}

function byKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** One of each run of equal words. */
const runs = (words: readonly string[]): string[] => words.filter((word, index) => word !== words[index - 1]);

function repeated(words: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const word of words) (seen.has(word) ? again : seen).add(word);
  return [...again];
}
