// Order documents for benchmarks, generated: the same for the same number, spread over departments, people and two years.
import { uuidFrom, visibleTo, type StoredDocument } from "@gendan/eventing";
import type { OrderDocument } from "@gendan/order-service/read/order.document";

const DEPARTMENTS = ["cn/east/sales", "cn/east/export", "cn/west/sales", "de/nord/vertrieb", "de/sued/vertrieb"];
const LIFECYCLES = [
  "received",
  "verified",
  "confirmed",
  "inExecution",
  "inExecution",
  "inExecution",
  "completed",
  "closed",
  "closed",
  "cancelled",
] as const;
const EPOCH = Date.parse("2024-11-01T00:00:00Z");
const DAY_MS = 86_400_000;

/** A well-spread number from 0 to `below` − 1 (Knuth's multiplicative hash). */
const spread = (n: number, salt: number, below: number): number =>
  ((((n + 1) * 2_654_435_761 + salt * 40_503) >>> 0) / 2 ** 32) * below;
const pick = <Value>(from: readonly Value[], n: number, salt: number): Value =>
  from[Math.floor(spread(n, salt, from.length))]!;

export function generatedOrder(n: number): StoredDocument<OrderDocument> {
  const id = uuidFrom("bench", `${n}`);
  const department = pick(DEPARTMENTS, n, 1);
  const assignee = `person-${Math.floor(spread(n, 2, 50))}`;
  const lifecycle = pick(LIFECYCLES, n, 3);
  const receivedAt = new Date(EPOCH + spread(n, 4, 730) * DAY_MS).toISOString();
  const dueOn = new Date(Date.parse(receivedAt) + (10 + spread(n, 5, 40)) * DAY_MS).toISOString().slice(0, 10);
  const done = { at: receivedAt, by: { kind: "person", id: assignee } } as const;
  const quantity = `${1 + Math.floor(spread(n, 6, 100))}`;
  const cents = `${1_000 + Math.floor(spread(n, 7, 900_000))}`;
  const amount = { minor: cents, currency: "CNY" };
  const progress = { allocated: "0", shipped: "0", delivered: "0", lost: "0" };
  const schedule = { scheduleId: "1", quantity, requestedOn: dueOn, promises: [], ...progress };
  const line = {
    lineId: "1",
    kind: "goods",
    sku: `SKU-${n % 5_000}`,
    unit: "pcs",
    quantity,
    unitPrice: amount,
    amount,
    schedules: [schedule],
  };
  const doc = {
    number: `SO-2026-${String(n).padStart(6, "0")}`,
    lifecycle,
    channel: "sales",
    customerId: uuidFrom("bench", "customer", `${n % 2_000}`),
    currency: "CNY",
    zone: "Asia/Shanghai",
    receivedAt,
    receivedOn: receivedAt.slice(0, 10),
    enteredBy: done.by,
    lines: [line],
    references: [],
    customFields: [],
    amount,
    freight: { minor: "0", currency: "CNY" },
    received: { minor: "0", currency: "CNY" },
    acceptanceDays: 7,
    discrepancies: [],
    corrections: [],
    holds: [],
    shipping: "none",
    delivery: "none",
    blockingIssues: [],
    department,
    assignee,
    visibleTo: visibleTo({ department, persons: [assignee] }),
    dueOn,
    lateFrom: `${dueOn}T16:00:00.000Z`,
  };
  return { id, sequence: 5, doc: doc as unknown as OrderDocument };
}
