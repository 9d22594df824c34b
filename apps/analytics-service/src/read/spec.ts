// For the specs of read/: public events as folds get them, checked by their contracts.
import type { Contribution, Happened, HappenedMeta } from "@gendan/eventing";
import { contractOf, readPublic, type OrderReceived, type PublicEvent, type PublicEventOf } from "@gendan/contracts";

type Type = PublicEvent["type"];
type Data<T extends Type> = Omit<PublicEventOf<T>, "type">;

/** The n-th id of a kind: `id("order", 1)`. */
export const id = (kind: string, n = 1): string =>
  `${Buffer.from(kind.slice(0, 4).padEnd(4)).toString("hex")}-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** A public event; data that its contract does not take is an error. */
export const event = <T extends Type>(type: T, data: Data<T>): PublicEventOf<T> =>
  readPublic(type, contractOf(type)!.newest, data) as PublicEventOf<T>;

/** The event as it happened to an aggregate. */
export const happened = (
  what: PublicEvent,
  {
    aggregateId = "a",
    sequence = 0,
    ...meta
  }: Partial<HappenedMeta> & { aggregateId?: string; sequence?: number } = {},
): Happened<PublicEvent> => ({
  id: `${what.type}#${aggregateId}#${sequence}`,
  source: contractOf(what.type)!.topic,
  aggregateId,
  sequence,
  event: what,
  meta: {
    actor: { kind: "person", id: "li" },
    occurredAt: "2026-03-02T08:00:00.000Z",
    recordedAt: "2026-03-02T08:00:01.000Z",
    ...meta,
  },
});

/** Folds events from nothing. */
export const folded = <Doc>(
  fold: (doc: Doc | undefined, event: PublicEvent, happened: Happened<PublicEvent>) => Doc | undefined,
  events: readonly (PublicEvent | Happened<PublicEvent>)[],
): Doc | undefined =>
  events.reduce<Doc | undefined>((doc, each) => {
    const one = "event" in each ? each : happened(each);
    return fold(doc, one.event, one);
  }, undefined);

export const scope = (department: string, assignee?: string) => ({
  department,
  ...(assignee === undefined ? {} : { assignee }),
  visibleTo: [
    "d:",
    ...department
      .split("/")
      .filter(Boolean)
      .map((_, depth, names) => `d:${names.slice(0, depth + 1).join("/")}`),
    ...(assignee === undefined ? [] : [`u:${assignee}`]),
  ],
});

export const cents = (minor: number | bigint, currency = "CNY") => ({ minor: minor.toString(), currency });

interface OrderGiven {
  readonly order?: number;
  readonly channel?: string;
  readonly currency?: string;
  readonly owner?: ReturnType<typeof scope>;
  readonly at?: string;
  readonly on?: string;
  /** Family, amount and freight of each line. */
  readonly lines?: readonly (readonly [family: string | undefined, amount: number, freight: number])[];
}

/** Lines of an order with their sums. */
function goods(
  lines: NonNullable<OrderGiven["lines"]>,
  currency: string,
): Pick<OrderReceived, "lines" | "amount" | "freight"> {
  const sum = (part: 1 | 2): number => lines.reduce((all, line) => all + line[part], 0);
  return {
    lines: lines.map(([family, amount, freight], index) => ({
      lineId: String(index + 1),
      kind: "goods",
      sku: `SKU-${index}`,
      ...(family === undefined ? {} : { family }),
      unit: "pcs",
      quantity: "1",
      unitPrice: cents(amount, currency),
      amount: cents(amount, currency),
      freight: cents(freight, currency),
      schedules: [{ scheduleId: "1", quantity: "1" }],
    })),
    amount: cents(sum(1), currency),
    freight: cents(sum(2), currency),
  };
}

export const received = ({
  order = 1,
  channel = "sales",
  currency = "CNY",
  owner = scope("cn/east", "li"),
  at = "2026-03-02T02:00:00.000Z",
  on = at.slice(0, 10),
  lines = [["shoes", 1000, 100]],
}: OrderGiven = {}): PublicEventOf<"order.received"> =>
  event("order.received", {
    orderId: id("order", order),
    number: `SO-2026-${order}`,
    channel,
    customerId: id("customer"),
    currency,
    zone: "Asia/Shanghai",
    receivedAt: at,
    receivedOn: on,
    ...goods(lines, currency),
    ...owner,
  });

export const corrected = (lines: NonNullable<OrderGiven["lines"]>, order = 1): PublicEventOf<"order.corrected"> =>
  event("order.corrected", { orderId: id("order", order), ...goods(lines, "CNY") });

export const confirmed = (order = 1, owner = scope("cn/east", "li"), holds: string[] = []) =>
  event("order.confirmed", {
    orderId: id("order", order),
    number: `SO-2026-${order}`,
    version: 1,
    customerId: id("customer"),
    zone: "Asia/Shanghai",
    currency: "CNY",
    schedules: [],
    holds,
    ...owner,
  });

export const shipped = (order = 1, shipping: "Partial" | "Full" = "Full") =>
  event("order.shipped", {
    orderId: id("order", order),
    shipmentId: id("shipment"),
    lines: [{ lineId: "1", scheduleId: "1", quantity: "1" }],
    shippedAt: "2026-03-05T02:00:00.000Z",
    zone: "Asia/Shanghai",
    shipping,
    breaches: [],
    ...scope("cn/east", "li"),
  });

export const delivered = (
  at: string,
  { order = 1, delivery = "Full" as "Partial" | "Full", late = false, on = at.slice(0, 10) } = {},
) =>
  event("order.delivered", {
    orderId: id("order", order),
    shipmentId: id("shipment"),
    lines: [{ lineId: "1", scheduleId: "1", quantity: "1", lateDays: late ? 1 : 0 }],
    deliveredAt: at,
    deliveredOn: on,
    delivery,
    late,
    breaches: [],
    ...scope("cn/east", "li"),
  });

export const paid = (received: number, currency = "CNY", order = 1) =>
  event("order.payment.recorded", {
    orderId: id("order", order),
    receiptId: id("receipt"),
    amount: cents(received, currency),
    received: cents(received, currency),
  });

export const issueOpened = (issue = 1, on = "2026-03-02", rule?: string, owner = scope("cn/east", "li")) =>
  event("issue.opened", {
    issueId: id("issue", issue),
    orderId: id("order"),
    orderIds: [id("order")],
    number: `IS-2026-${issue}`,
    ...(rule === undefined ? {} : { rule }),
    severity: "minor",
    title: "late",
    openedAt: `${on}T08:00:00.000Z`,
    openedOn: on,
    ...owner,
  });

export const answered = (score: number, on = "2026-03-02", owner = scope("cn/east", "li"), answer = 1) =>
  event("satisfaction.recorded", {
    satisfactionId: id("answer", answer),
    customerId: id("customer"),
    orderId: id("order"),
    score,
    recordedOn: on,
    ...owner,
  });

/** `rollup/day/dimension=value@department currency` → its measures, for a look at what counts where. */
export const cellsOf = (contributions: readonly Contribution[]): Record<string, Record<string, string>> =>
  Object.fromEntries(
    contributions.map(({ rollup, day, dimension, value, department, currency, add, sample }) => [
      `${rollup}/${day}/${dimension}=${value}@${department}${currency === "" ? "" : ` ${currency}`}`,
      {
        ...Object.fromEntries(Object.entries(add).map(([measure, amount]) => [measure, amount.toString()])),
        ...(sample === undefined ? {} : { sample: String(sample) }),
      },
    ]),
  );
