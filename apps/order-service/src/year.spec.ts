// A year of deadlines on a virtual clock, with fifty restarts: each fires once, at its time, whether the service was there or not.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import {
  newId,
  startOfDay,
  startService,
  addDays,
  dayIn,
  type Actor,
  type Envelope,
  type Service,
} from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventBus } from "@gendan/adapters/sqlite/event-bus";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { VirtualClock } from "@gendan/testing/virtual-clock";
import { eventually } from "@gendan/testing/wait";
import type { OrderCommand } from "./domain/order/order.decider.js";
import type { InvoiceCommand } from "./domain/invoice/invoice.decider.js";
import type { QuotationCommand } from "./domain/quotation/quotation.decider.js";
import { li, receive, wang } from "./domain/order/spec.js";
import { invoiceAggregate, orderAggregate, orderService, quotationAggregate } from "./service.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Asia/Shanghai";
const ORDERS = 80;
const RESTARTS = 50;

/** Numbers from 0 to below `most`, the same in every run (a linear congruence of Numerical Recipes). */
function randomOf(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** What somebody does at an hour of the year. */
interface Step {
  readonly hour: number;
  readonly orderId: string;
  readonly actor: Actor;
  readonly command: Given | ((clock: VirtualClock) => Given);
}
type Given = OrderCommand | QuotationCommand | InvoiceCommand;

const isOfQuotation = (given: Given): given is QuotationCommand => given.type.endsWith("Quotation");

/** A deadline that has to fire: which event, of which order, at what time. */
type Due = `${string} ${string} ${string}`;

function lifeOf(orderId: string, random: (most: number) => number, begins: number): Step[] {
  const parts = [{ lineId: "1", scheduleId: "1", quantity: "10" }];
  const shipmentId = newId();
  const goods = { shipmentId, lines: parts };
  const at = (hour: number, actor: Actor, command: Step["command"]): Step => ({
    hour: begins + hour,
    orderId,
    actor,
    command,
  });
  const requestedOn = "2028-01-01";
  const line = { ...receive.lines![0]!, requestedOn };
  const arrives = 60 + random(2_000);
  return [
    at(0, li, { ...receive, orderId, zone: ZONE, acceptanceDays: random(20), lines: [line] }),
    at(1 + random(5), li, (clock) => {
      const until = addDays(dayIn(ZONE, new Date(clock.now()).toISOString()), random(30));
      return { type: "ShareOrder", person: "qian", until };
    }),
    at(1 + random(5), li, (clock) => {
      const until = addDays(dayIn(ZONE, new Date(clock.now()).toISOString()), random(30));
      return { type: "ShareOrder", department: "us/west", until };
    }),
    at(10, wang, { type: "VerifyOrder" }),
    at(11, li, { type: "ConfirmOrder", promises: [], promiseRequested: true }),
    at(12 + random(5), li, (clock) => {
      const until = addDays(dayIn(ZONE, new Date(clock.now()).toISOString()), random(40));
      return { type: "PlaceHold", hold: "stock", until };
    }),
    at(12 + random(5), li, (clock) => {
      const until = addDays(dayIn(ZONE, new Date(clock.now()).toISOString()), random(40));
      return { type: "PlaceHold", hold: "quality", source: "lot-1", until };
    }),
    at(arrives, li, (clock) => ({
      type: "RecordDelivered",
      ...goods,
      deliveredAt: new Date(clock.now()).toISOString(),
    })),
    // Some customers answer by themselves, before or after the clock has, and never in the same moment.
    ...(random(3) === 0 ? [at(arrives + 1.5 + random(400), li, { type: "AcceptDelivery" } as OrderCommand)] : []),
  ];
}

/** An order that nobody answers for in time: departments are reminded, and its approval goes to somebody else. */
function waiting(orderId: string, random: (most: number) => number, begins: number): Step[] {
  const line = { ...receive.lines![0]!, requestedOn: "2028-01-01" };
  const departments = ["cn/production", "cn/quality"].map((department) => ({ department, hours: 20 + random(100) }));
  const level = { level: "management", need: "any", of: [{ role: "manager" }], hours: 10 + random(100) } as const;
  const levels = [{ ...level, subjects: ["order"] as const, escalateTo: [{ role: "admin" }] }];
  const steps: readonly (readonly [number, Actor, OrderCommand])[] = [
    [0, li, { ...receive, orderId, zone: ZONE, lines: [line] }],
    [10, wang, { type: "VerifyOrder" }],
    [11, li, { type: "OpenReview", review: { version: 1, rules: { departments, countersigned: [] } } }],
    [12, li, { type: "SubmitForApproval", subject: "order", approval: { version: 1, rules: { levels } } }],
    [500, li, { type: "CancelOrder", reason: "too-late", cancelledBy: "us" }],
  ];
  return steps.map(([hour, actor, command]) => ({ hour: begins + hour, orderId, actor, command }));
}

/** An offer that nobody answers: the clock ends it, after it was revised and sent for a later day. */
function offered(quotationId: string, random: (most: number) => number, begins: number): Step[] {
  const line = { ...receive.lines![0]!, requestedOn: "2028-01-01" };
  const until = (clock: VirtualClock) => addDays(dayIn(ZONE, new Date(clock.now()).toISOString()), 1 + random(30));
  const at = (hour: number, command: Step["command"]): Step => ({
    hour: begins + hour,
    orderId: quotationId,
    actor: li,
    command,
  });
  const { customerId, currency, department, departmentInScope } = receive;
  return [
    at(0, (clock) => ({
      ...{ type: "DraftQuotation", quotationId, number: "QU-1", customerId: customerId!, currency: currency! },
      ...{ zone: ZONE, department, departmentInScope, lines: [line], validUntil: until(clock) },
    })),
    at(1, { type: "SendQuotation" }),
    at(1_000, (clock) => ({ type: "ReviseQuotation", validUntil: until(clock) })),
    at(1_001, { type: "SendQuotation" }),
  ];
}

/** An invoice that nobody pays: each step of the ladder, a promise that is broken between two of them. */
function dunned(invoiceId: string, random: (most: number) => number, begins: number): Step[] {
  const levels = [1 + random(5), 10 + random(5), 20 + random(10)].map((days, index) => ({ level: index + 1, days }));
  const day = (clock: VirtualClock, days: number) => addDays(dayIn(ZONE, new Date(clock.now()).toISOString()), days);
  const at = (hour: number, command: Step["command"]): Step => ({
    hour: begins + hour,
    orderId: invoiceId,
    actor: li,
    command,
  });
  const { customerId, department } = receive;
  const dueIn = random(20);
  return [
    at(0, (clock) => ({
      ...{
        type: "OpenInvoice",
        number: "IN-1",
        orderId: newId(),
        orderNumber: "SO-1",
        customerId: customerId!,
        zone: ZONE,
      },
      ...{ amount: { minor: "1000", currency: "CNY" }, issuedOn: day(clock, 0), dueOn: day(clock, dueIn) },
      overdueFrom: startOfDay(ZONE, day(clock, dueIn + 1)),
      ...{ department, visibleTo: ["d:"], rules: { version: 1, rules: { levels } } },
    })),
    at(24 * (dueIn + 8), (clock) => ({ type: "PromisePayment", until: day(clock, 4) })),
  ];
}

const isOfInvoice = (given: Given): given is InvoiceCommand => ["OpenInvoice", "PromisePayment"].includes(given.type);

const lives = [lifeOf, waiting, lifeOf, offered, dunned];

/** What is to fire for one order, reckoned from what its log says was decided, and not from what fired. */
function dueOf(
  orderId: string,
  events: readonly { readonly type: string; readonly data: unknown; readonly meta: { readonly occurredAt: string } }[],
): Due[] {
  const due = new Set<Due>();
  let accepted = "9999";
  for (const [index, { type, data, meta }] of events.entries()) {
    const said = data as Record<string, unknown>;
    if (type === "order.accepted" && said["acceptedBy"] === "customer") accepted = meta.occurredAt;
    if (type === "order.review.opened") {
      for (const { department, dueAt } of said["departments"] as readonly { department: string; dueAt: string }[])
        due.add(`order.review.reminded ${orderId}/${department} ${dueAt}`);
    }
    // What it waits for next, unless the promise has put it off.
    const next = said["next"] as { readonly at: string } | undefined;
    if (type.startsWith("invoice.") && next && events[index + 1]?.type !== "invoice.payment.promised")
      due.add(`invoice.dunned ${orderId} ${next.at}`);
    if (type === "quotation.sent") due.add(`quotation.expired ${orderId} ${said["expiresAt"] as string}`);
    if (type === "order.approval.requested") due.add(`order.approval.escalated ${orderId} ${said["dueAt"] as string}`);
    if (type === "order.hold.placed")
      due.add(`order.hold.released ${orderId}/${said["holdId"] as string} ${said["expiresAt"] as string}`);
    if (type === "order.scope.changed" && said["change"] === "shared") {
      for (const { until } of said["shares"] as readonly { until?: string }[])
        if (until !== undefined) due.add(`order.scope.changed ${orderId} ${startOfDay(ZONE, addDays(until, 1))}`);
    }
  }
  const delivered = events.find(({ type }) => type === "order.delivered");
  const { acceptanceDays } = events[0]!.data as { acceptanceDays: number };
  if (delivered) {
    const at = new Date(Date.parse(delivered.meta.occurredAt) + acceptanceDays * DAY_MS).toISOString();
    if (at <= accepted) due.add(`order.acceptance.elapsed ${orderId} ${at}`);
  }
  return [...due];
}

test("each deadline of a year fires once, at its time, over fifty restarts", async () => {
  const random = randomOf(20_261_126);
  const directory = temporaryDirectory();
  const clock = new VirtualClock("2026-12-01T00:00:00.000Z");
  const begun = clock.now();
  let running: Service | undefined;
  let close: () => Promise<void> = () => Promise.resolve();
  const start = async (): Promise<void> => {
    const engines = {
      eventStore: await SqliteEventStore.open({ file: join(directory, "events.db") }),
      bus: await SqliteEventBus.open({ file: join(directory, "bus.db") }),
      documents: await SqliteDocumentStore.open({ directory: join(directory, "documents") }),
      operational: await SqliteDocumentStore.open({ directory: join(directory, "operational") }),
      keys: await SqliteKeyStore.open({ file: join(directory, "keys.db") }),
      clock,
    };
    const service = await startService(orderService, engines);
    running = service;
    close = async () => {
      await service.stop();
      const { clock: _, ...stores } = engines;
      for (const store of Object.values(stores)) await store.close();
    };
  };
  /** Nothing that is due now is left, and everything is folded. */
  const quiet = () =>
    eventually(async () => {
      for (const projection of ["orders", "quotations", "invoices"]) {
        const query = { collection: "deadlines", path: "due", limit: 1 };
        const { rows } = await running!.documents(projection).list<{ dueAt: string }>(query);
        if (rows.length > 0 && Date.parse(rows[0]!.doc.dueAt) <= clock.now()) return false;
      }
      return running!.caughtUp();
    }, 20_000);

  await start();
  const ids = Array.from({ length: ORDERS }, () => newId());
  const steps = ids
    .flatMap((id, index) => lives[index % lives.length]!(id, random, random(6_000)))
    .sort((a, b) => a.hour - b.hour);
  const hours = 365 * 24;
  const restarts = new Set(
    Array.from({ length: RESTARTS }, (_, index) => Math.floor(((index + 0.5) * steps.length) / RESTARTS)),
  );
  expect(restarts.size).toBe(RESTARTS);
  for (const [index, { hour, orderId, actor, command }] of steps.entries()) {
    if (restarts.has(index)) await close();
    clock.advance(Math.max(0, begun + hour * HOUR_MS - clock.now()));
    if (restarts.has(index)) await start(); // what has fallen due meanwhile is fired
    await quiet();
    const given = typeof command === "function" ? command(clock) : command;
    const envelope: Envelope = { commandId: newId(), actor, body: given };
    const outcome = isOfQuotation(given)
      ? await running!.commands(quotationAggregate).handle(orderId, given, envelope)
      : isOfInvoice(given)
        ? await running!.commands(invoiceAggregate).handle(orderId, given, envelope)
        : await running!.commands(orderAggregate).handle(orderId, given, envelope);
    if (outcome.status === "refused") expect([given.type, outcome.refusals]).toEqual([given.type, []]);
    await quiet();
  }
  clock.advance(Math.max(0, begun + hours * HOUR_MS - clock.now()));
  await quiet();

  const expected: Due[] = [];
  const fired: Due[] = [];
  const wanted = new Set([
    ...["order.acceptance.elapsed", "order.hold.released", "order.scope.changed"],
    ...["order.review.reminded", "order.approval.escalated", "quotation.expired", "invoice.dunned"],
  ]);
  for (const id of ids) {
    const { eventStore } = running!.engines;
    const streams = ["order", "quotation", "invoice"].map((name) => eventStore.read(`order.${name}-${id}`));
    const events = (await Promise.all(streams)).flat();
    expected.push(...dueOf(id, events));
    for (const { type, data, meta } of events) {
      // A deadline's command says when it was due; whatever is caused by one is recorded at or after it.
      if (meta.causedBy !== "deadline" || !wanted.has(type)) continue;
      // Of several that are due at once (holds, departments) each is told.
      const { holdId, department } = data as { readonly holdId?: string; readonly department?: string };
      const what = holdId ?? (type === "order.review.reminded" ? department : undefined);
      fired.push(`${type} ${what === undefined ? id : `${id}/${what}`} ${meta.occurredAt}`);
      expect(meta.recordedAt >= meta.occurredAt).toBe(true);
    }
  }
  expect(fired.toSorted()).toEqual(expected.toSorted());
  expect(fired.length).toBeGreaterThan(ORDERS * 3);
  await close();
}, 120_000);
