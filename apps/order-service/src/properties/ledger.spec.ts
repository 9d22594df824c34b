// Over 1,000 random histories of invoices, credit notes, receipts, allocations, refunds and write-offs: what orders, receipts,
// invoices and accounts say are the sums of a plain ledger, and documents say the same of orders. The service's own deciders and reactions, without its engines.
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readPublic } from "@gendan/contracts";
import { quantity, uuidFrom, type AnyAggregate, type Happened } from "@gendan/eventing";
import { accountIdOf } from "../domain/account/account.decider.js";
import { statementOf, type AccountState } from "../domain/account/account.state.js";
import type { InvoiceState } from "../domain/invoice/invoice.state.js";
import type { CreditState } from "../domain/credit/credit.state.js";
import { netShippedOf } from "../domain/order/dimensions.js";
import { returnedOf } from "../domain/order/goods/returns.state.js";
import { invoicedOf } from "../domain/order/money/invoicing.js";
import { openOf, owedFor } from "../domain/order/money/owed.js";
import { openRefunds } from "../domain/order/money/refunds.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import type { OrderState } from "../domain/order/order.state.js";
import { cny, CUSTOMER, li, receive, wang } from "../domain/order/spec.js";
import type { ReceiptState } from "../domain/receipt/receipt.state.js";
import { ruleDefaults } from "../domain/rules/rule-kinds.js";
import { reactions } from "../react/reactions.js";
import { foldOrder } from "../read/fold-order.js";
import type { OrderDocument } from "../read/order.document.js";
import { owedFor as owedOfDocument } from "../read/payment.js";
import { openRefunds as refundsOfDocument } from "../read/refunds.js";
import { orderService } from "../service.js";

const RUNS = 1_000;
const ORDERS = ["1", "2"].map((last) => `1b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f000${last}`);
const RECEIPTS = ["1", "2", "3"].map((last) => `2b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f000${last}`);
const RETURN = "3b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0001";
const ACCOUNT = accountIdOf(CUSTOMER, "CNY");
const invoicing = { version: 0, rules: ruleDefaults.invoicing };
const payment = { version: 0, rules: ruleDefaults.payment };

type Told = readonly { readonly type: string; readonly amount?: { readonly minor: string } }[];

/** Streams, deciders and reactions in memory: what is told is reacted to at once. */
class Memory {
  private readonly streams = new Map<string, { readonly state: unknown; readonly revision: number }>();
  /** Of orders. */
  readonly documents = new Map<string, OrderDocument>();

  state<State>(aggregate: string, id: string): State {
    return (this.streams.get(`${aggregate}/${id}`)?.state ?? aggregateOf(aggregate).decider.initial) as State;
  }

  /** The events; undefined where it is refused. */
  send(name: string, id: string, command: object, at: string, actor = li): Told | undefined {
    const aggregate = aggregateOf(name);
    const key = `${name}/${id}`;
    const before = this.streams.get(key) ?? { state: aggregate.decider.initial as unknown, revision: -1 };
    const decision = aggregate.decider.decide(before.state, command, { actor, at });
    if ("refusals" in decision) return undefined;
    const events = decision.events as Told;
    const state = events.reduce<unknown>((now, event) => aggregate.decider.evolve(now, event) as unknown, before.state);
    this.streams.set(key, { state, revision: before.revision + events.length });
    if (name === "order.order") for (const event of events as readonly OrderEvent[]) this.fold(id, event, at);
    events.forEach((event, index) => this.tell(aggregate, id, event, before.revision + 1 + index, at));
    return events;
  }

  private fold(id: string, event: OrderEvent, at: string): void {
    const happened = { event, meta: { actor: li, occurredAt: at } } as Happened<OrderEvent>;
    this.documents.set(id, foldOrder(this.documents.get(id), event, happened)!);
  }

  private tell(aggregate: AnyAggregate, id: string, event: Told[number], revision: number, at: string): void {
    for (const { type, topic, version, data } of aggregate.publish(id, event)) {
      const told = readPublic(type, version, data);
      const happened = { id: uuidFrom(id, `${revision}`, type), meta: { occurredAt: at, actor: li } } as Happened;
      for (const reaction of reactions.filter((each) => each.topic === topic && each.on === type)) {
        const found = (reaction.reads?.(told) ?? []).map((read) => this.streams.get(`${read.aggregate}/${read.id}`));
        for (const { aggregate: to, target, command } of reaction.react(told, happened, found))
          expect(this.send(to, target, command, at)).toBeDefined();
      }
    }
  }
}

const aggregates = new Map(orderService.aggregates.map((each) => [`${each.service}.${each.name}`, each]));
const aggregateOf = (name: string): AnyAggregate => aggregates.get(name)!;

const step = fc.record({
  what: fc.constantFrom(
    "ship",
    "ship",
    "deliver",
    "authorise",
    "return",
    "return",
    "inspect",
    "invoice",
    "invoice",
    "credit",
    "record",
    "allocate",
    "allocate",
    "free",
    "refund",
    "writeOff",
    "confirm",
  ),
  order: fc.constantFrom(...ORDERS),
  receipt: fc.constantFrom(...RECEIPTS),
  minor: fc.constantFrom(1, 99, 333, 900, 2500),
  quantity: fc.constantFrom<string>("0.333333", "1", "3", "4"),
  days: fc.integer({ min: 0, max: 20 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Some histories begin with goods that were paid and come back, so that refunds are due. */
const begun = (["deliver", "invoice", "record", "allocate", "authorise", "return", "inspect"] as const).map(
  (what, index): Step => {
    const quantity = index === 0 ? "10" : "4";
    return { what, order: ORDERS[0]!, receipt: RECEIPTS[0]!, minor: 2500, quantity, days: 0 };
  },
);
const history = fc
  .tuple(fc.constantFrom(0, 0, 4, begun.length), fc.array(step, { minLength: 10, maxLength: 30 }))
  .map(([usual, more]) => [...begun.slice(0, usual), ...more]);

/** The command of a step: aggregate, id, command. */
function commandOf(
  { what, order, receipt, minor, quantity }: Step,
  index: number,
  month: string,
): [string, string, object] {
  const id = uuidFrom("ledger", `${index}`);
  const parts = [{ lineId: "1", scheduleId: "1", quantity }];
  switch (what) {
    case "ship":
      return [
        "order.order",
        order,
        { type: "RecordShipped", shipmentId: id, lines: parts, shippedAt: "2026-03-02T00:00:00.000Z" },
      ];
    case "deliver":
      return [
        "order.order",
        order,
        { type: "RecordDelivered", shipmentId: id, lines: parts, deliveredAt: "2026-03-02T00:00:00.000Z" },
      ];
    case "return":
      return ["order.order", order, { type: "ReceiveReturn", returnId: RETURN, lines: parts }];
    case "authorise": {
      const returns = { version: 0, rules: {} };
      const authorise = { type: "AuthoriseReturn", returnId: RETURN, lines: parts, reason: "x", remedy: "refund" };
      return ["order.order", order, { ...authorise, rules: returns }];
    }
    case "inspect": {
      const [restock, backToCustomer] = minor > 99 ? [quantity, "0"] : ["0", quantity];
      const lines = [{ lineId: "1", scheduleId: "1", restock, scrap: "0", backToCustomer }];
      return ["order.order", order, { type: "InspectReturn", returnId: RETURN, lines }];
    }
    case "invoice":
      return ["order.order", order, { type: "IssueInvoice", invoiceId: id, number: `IN-${index}`, rules: invoicing }];
    case "credit":
      return [
        "order.order",
        order,
        {
          type: "IssueCreditNote",
          invoiceId: id,
          number: `CN-${index}`,
          cause: "return",
          lines: [{ lineId: "1", quantity }],
          rules: invoicing,
        },
      ];
    case "writeOff":
      return [
        "order.order",
        order,
        { type: "WriteOff", writeOffId: id, amount: cny(minor), reason: "small", rules: payment },
      ];
    case "record":
      return [
        "order.receipt",
        receipt,
        {
          type: "RecordReceipt",
          receiptId: receipt,
          number: `RC-${index}`,
          customerId: CUSTOMER,
          amount: cny(minor),
          method: "transfer",
          department: "cn",
          departmentInScope: true,
        },
      ];
    case "allocate": {
      const orders = [{ orderId: order, currency: "CNY", visibleTo: ["d:"] }];
      return [
        "order.receipt",
        receipt,
        { type: "AllocateReceipt", allocations: [{ orderId: order, amount: cny(minor) }], orders },
      ];
    }
    case "free":
      return ["order.receipt", receipt, { type: "DeallocateReceipt", orderId: order, reason: "mistake" }];
    case "refund":
      return [
        "order.receipt",
        receipt,
        {
          type: "RefundReceipt",
          refundId: id,
          amount: cny(minor),
          reason: "return",
          ...(minor > 500 ? { orderId: order } : {}),
        },
      ];
    case "confirm":
      return ["order.account", ACCOUNT, { type: "ConfirmStatement", month }];
  }
}

/** What an event moves in a plain ledger: what the customer owes, and what came in and went back. */
const owes: Readonly<Record<string, bigint>> = {
  "order.invoiced": 1n,
  "order.credited": -1n,
  "order.written.off": -1n,
  "receipt.recorded": -1n,
  "receipt.refunded": 1n,
};

/**
 * Sends and charges what is left: nothing of that changes what is owed, because it was owed before; and then all of it is charged.
 * Not asked of what came over the quantity, and of what credit notes took back and would be charged again.
 */
function completed(memory: Memory, orderId: string): boolean {
  const before = memory.state<OrderState>("order.order", orderId);
  const at = { lineId: "1", scheduleId: "1" };
  const left = 10_000_000n - netShippedOf(before);
  const { takenBack } = invoicedOf(before, "1");
  if (left < 0n || takenBack > returnedOf(before, at)) return false;
  const lines = [{ ...at, quantity: quantity(left) }];
  const rest = { type: "RecordShipped", shipmentId: uuidFrom("rest"), lines, shippedAt: "2027-01-01T00:00:00.000Z" };
  const now = "2028-01-01T00:00:00.000Z";
  if (left > 0n) memory.send("order.order", orderId, rest, now);
  const invoice = { type: "IssueInvoice", invoiceId: uuidFrom("rest", orderId), number: "IN", rules: invoicing };
  memory.send("order.order", orderId, invoice, now);
  const after = memory.state<OrderState>("order.order", orderId);
  const { invoiced, credited, writtenOff } = after.money;
  expect([owedFor(after), invoiced - credited - writtenOff]).toEqual([owedFor(before), owedFor(before)]);
  return true;
}

test(`sums over ${RUNS} random histories are those of a plain ledger`, () => {
  const seen = new Set<string>();
  let wholly = 0;
  let refundable = 0;
  fc.assert(
    fc.property(history, (steps) => {
      const memory = new Memory();
      for (const orderId of ORDERS) {
        memory.send("order.order", orderId, { ...receive, orderId }, "2026-03-01T02:00:00.000Z");
        memory.send("order.order", orderId, { type: "VerifyOrder" }, "2026-03-01T02:00:00.000Z", wang);
        memory.send(
          "order.order",
          orderId,
          { type: "ConfirmOrder", promises: [], promiseRequested: true },
          "2026-03-01T02:00:00.000Z",
        );
      }
      let balance = 0n;
      let time = Date.parse("2026-03-02T02:00:00.000Z");
      const frozen = new Map<string, string>();
      steps.forEach((each, index) => {
        time += each.days * 86_400_000;
        const at = new Date(time).toISOString();
        const last = new Date(time - 31 * 86_400_000).toISOString().slice(0, 7);
        const [name, id, command] = commandOf(each, index, last);
        const told = memory.send(name, id, command, at) ?? [];
        for (const { type, amount } of told) {
          seen.add(type);
          balance += (owes[type] ?? 0n) * BigInt(amount?.minor ?? "0");
        }
        const account = memory.state<AccountState>("order.account", ACCOUNT);
        if (told.some(({ type }) => type === "account.statement.confirmed"))
          frozen.set(last, JSON.stringify(statementOf(account, last)));
      });
      const account = memory.state<AccountState>("order.account", ACCOUNT);
      const months = [...account.months.keys()].toSorted();
      const statements = months.map((month) => statementOf({ ...account, currency: "CNY" }, month));
      // Every month opens as the one before has closed, the last one closes with the ledger's balance, and none that was confirmed has changed.
      statements.forEach(({ opening }, index) =>
        expect(opening.minor).toBe(statements[index - 1]?.closing.minor ?? "0"),
      );
      expect(BigInt(statements.at(-1)?.closing.minor ?? "0")).toBe(balance);
      for (const [month, statement] of frozen) expect(JSON.stringify(statementOf(account, month))).toBe(statement);
      const receipts = RECEIPTS.map((id) => memory.state<ReceiptState>("order.receipt", id));
      for (const orderId of ORDERS) {
        const order = memory.state<OrderState>("order.order", orderId);
        const allocated = receipts.reduce((sum, receipt) => sum + (receipt.allocated.get(orderId)?.amount ?? 0n), 0n);
        expect(order.received).toBe(allocated);
        const invoices = order.money.invoices.map(({ invoiceId }) =>
          memory.state<InvoiceState>("order.invoice", invoiceId),
        );
        const settled = invoices.reduce((sum, invoice) => sum + invoice.settled, 0n);
        const covered = order.received + order.money.credited + order.money.writtenOff;
        expect(settled).toBe(covered < order.money.invoiced ? covered : order.money.invoiced);
        const open = openOf(order);
        const exposed = memory.state<CreditState>("order.credit", CUSTOMER).orders.get(orderId)?.open ?? "0";
        expect(exposed).toBe(`${open > 0n ? open : 0n}`);
        const doc = memory.documents.get(orderId)!;
        const refunds = openRefunds(order);
        if (refunds.size > 0) refundable += 1;
        expect([owedOfDocument(doc), [...refundsOfDocument(doc)]]).toEqual([owedFor(order), [...refunds]]);
        if (completed(memory, orderId)) wholly += 1;
      }
    }),
    { numRuns: RUNS, seed: 20_261_126 },
  );
  expect(wholly).toBeGreaterThan(RUNS);
  expect(refundable).toBeGreaterThan(RUNS / 50);
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(
      [...Object.keys(owes), "account.statement.confirmed", "receipt.deallocated", "order.return.received"].sort(),
    ),
  );
}, 120_000);
