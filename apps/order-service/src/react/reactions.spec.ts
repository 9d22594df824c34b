import { describe, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import type { Found, Happened } from "@gendan/eventing";
import {
  after,
  cny,
  confirmed,
  CUSTOMER,
  given,
  ISSUE,
  ORDER,
  part,
  received,
  RECEIPT,
  SHIPMENT,
  ships,
  verified,
} from "../domain/order/spec.js";
import { reactions } from "./reactions.js";

const OTHER = ORDER.replace(/1$/, "9");
const orders = [
  { orderId: ORDER, lines: [part("4")] },
  { orderId: OTHER, lines: [part("6")] },
];
const orderIds = [ORDER, OTHER];
const at = "2026-03-10T02:00:00.000Z";
const shipment = { shipmentId: SHIPMENT, orderIds, orders };
const scope = { department: "cn", visibleTo: ["d:", "d:cn"] };
const issue = { issueId: ISSUE, orderIds };

const react = (event: PublicEvent, ...found: Found[]) =>
  reactions
    .filter(({ on }) => on === event.type)
    .flatMap((reaction) => reaction.react(event, { meta: {} } as Happened, found));
const toEach = (command: (order: (typeof orders)[number]) => object) =>
  orders.map((order) => ({ aggregate: "order.order", target: order.orderId, command: command(order) }));

test("a planned shipment asks each of its orders", () =>
  expect(
    react({ type: "shipment.planned", ...shipment, number: "SH-1", mode: "road", packages: [], ...scope }),
  ).toEqual(toEach(({ lines }) => ({ type: "AnswerAllocation", shipmentId: SHIPMENT, lines }))));
test("a dropped order has its goods back, the others keep theirs", () =>
  expect(react({ type: "shipment.order.dropped", shipmentId: SHIPMENT, orderIds, orderId: OTHER })).toEqual([
    { aggregate: "order.order", target: OTHER, command: { type: "ReleaseAllocation", shipmentId: SHIPMENT } },
  ]));
test("a dispatch is a fact to each", () =>
  expect(react({ type: "shipment.dispatched", ...shipment, dispatchedAt: at, breaches: [], ...scope })).toEqual(
    toEach(({ lines }) => ({ type: "RecordShipped", shipmentId: SHIPMENT, lines, shippedAt: at })),
  ));
test("the rules of kind tolerance go with a delivery, where some were set", () => {
  const delivered = { packageIds: [], deliveredAt: at, complete: true, breaches: [] };
  const state = { version: 2, rules: { shortCloseUpTo: { percent: "1" } } };
  expect(react({ type: "shipment.delivered", ...shipment, ...delivered }, { state, revision: 2 })).toMatchObject(
    toEach(({ lines }) => ({ type: "RecordDelivered", lines, tolerance: state })),
  );
});
test("an order that brings an exchange learns of whose return, where that order is known", () => {
  const linked = { type: "order.exchange.linked", orderId: ORDER, returnId: SHIPMENT, exchangeOrderId: OTHER } as const;
  const exchangeOf = { orderId: ORDER, returnId: SHIPMENT };
  expect(react(linked, { state: given(received).state(), revision: 0 })).toEqual([
    { aggregate: "order.order", target: OTHER, command: { type: "NoteExchange", exchangeOf, customerId: CUSTOMER } },
  ]);
  expect(
    reactions.flatMap(({ on, react }) => (on === linked.type ? react(linked, { meta: {} } as Happened, []) : [])),
  ).toEqual([]);
});
test("so is a delivery", () =>
  expect(
    react({ type: "shipment.delivered", ...shipment, packageIds: [], deliveredAt: at, complete: true, breaches: [] }),
  ).toEqual(toEach(({ lines }) => ({ type: "RecordDelivered", shipmentId: SHIPMENT, lines, deliveredAt: at }))));
test("and a loss", () =>
  expect(react({ type: "shipment.lost", ...shipment, packageIds: [], lostAt: at, ...scope })).toEqual(
    toEach(({ lines }) => ({ type: "RecordLost", shipmentId: SHIPMENT, lines, lostAt: at })),
  ));
test("and goods that come back to the sender", () =>
  expect(react({ type: "shipment.returned", ...shipment, packageIds: [], returnedAt: at })).toEqual(
    toEach(({ lines }) => ({ type: "RecordReturnedToSender", shipmentId: SHIPMENT, lines, returnedAt: at })),
  ));
test("an allocated receipt pays each of its orders", () =>
  expect(
    react({
      type: "receipt.allocated",
      receiptId: RECEIPT,
      allocations: [{ orderId: ORDER, amount: cny(5) }],
      orderIds: [ORDER],
      unallocated: cny(0),
    }),
  ).toEqual([
    { aggregate: "order.order", target: ORDER, command: { type: "RecordPayment", receiptId: RECEIPT, amount: cny(5) } },
  ]));

test("what is free again pays for its order no longer, in the order's currency", () => {
  const eur = { minor: "1", currency: "EUR" };
  const freed = [
    { orderId: ORDER, amount: cny(5) },
    { orderId: OTHER, amount: cny(7), settled: eur },
  ];
  const event = { type: "receipt.deallocated", receiptId: RECEIPT, freed } as const;
  const told = react({ ...event, orderIds: [ORDER, OTHER], unallocated: cny(12), reason: "x", visibleTo: [] });
  expect(told.map(({ command }) => command)).toEqual(
    [cny(5), eur].map((amount) => ({ type: "ReversePayment", receiptId: RECEIPT, amount })),
  );
});
describe("an order is held for what is to be paid before its shipment", () => {
  const terms = { milestoneId: "a", due: "beforeShipment", days: 0 } as const;
  const start = after([received], { type: "AgreePaymentTerms", milestones: [terms] });
  const binding = [...start, verified];
  const confirm = { type: "ConfirmOrder", promises: [], promiseRequested: true } as const;
  const state = given(...after(binding, confirm)).state();
  const reckoned: PublicEvent = { type: "order.milestones.reckoned", orderId: ORDER, milestones: [] };
  const rules = { holdBeforeShipment: true, writeOff: {}, writeOffWithoutLimit: [] };
  const commandOf = (...found: Found[]) => react(reckoned, ...found).map(({ command }) => command)[0];
  test("where the rules say so, under the rules of holds", () =>
    expect(commandOf({ state, revision: 5 }, { state: { version: 1, rules }, revision: 0 }, undefined)).toEqual({
      type: "ImposeHold",
      hold: "payment",
      source: "milestones",
      rules: { version: 0, rules: {} },
    }));
  test("until it has come, and never by rules that there are not", () => {
    const lift = { type: "LiftHold", hold: "payment", source: "milestones" };
    expect(commandOf({ state, revision: 5 }, undefined, undefined)).toEqual(lift);
    const paid = given(
      ...after(after(binding, confirm), { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2500) }),
    );
    expect(
      commandOf({ state: paid.state(), revision: 6 }, { state: { version: 1, rules }, revision: 0 }, undefined),
    ).toEqual(lift);
    expect(react(reckoned)).toEqual([]);
  });
});

describe("an invoice", () => {
  const invoiceId = ISSUE;
  const amounts = [{ lineId: "1", quantity: "4", amount: cny(1000) }];
  const known = { orderId: ORDER, orderNumber: "SO-1", customerId: ORDER, number: "IN-1", amount: cny(1000) };
  const days = { issuedOn: "2026-03-10", dueOn: "2026-04-09", overdueFrom: at, zone: "Asia/Shanghai" };
  const shipped = after([received, verified], { type: "ConfirmOrder", promises: [], promiseRequested: true });
  const sent = after(shipped, { type: "AnswerAllocation", shipmentId: SHIPMENT, lines: [part("4")] }, ships("4"));
  const invoicing = { version: 0, rules: { basis: "shipped", days: 30 } } as const;
  const charged = after(sent, { type: "IssueInvoice", invoiceId, number: "IN-1", rules: invoicing });
  const paid = after(charged, { type: "RecordPayment", receiptId: RECEIPT, amount: cny(600) });
  const found = { state: given(...paid).state(), revision: 9 };
  const sentTo = (event: PublicEvent, ...states: Found[]) =>
    react(event, ...states).filter(({ aggregate }) => aggregate === "order.invoice");
  test("is opened under the ladder as the rules are then", () => {
    const rules = { levels: [{ level: 1, days: 3 }] };
    const event: PublicEvent = {
      type: "order.invoiced",
      invoiceId,
      ...known,
      ...days,
      lines: amounts,
      invoicing: "Partial",
      rules: 0,
      ...scope,
    };
    const opening = reactions.find(({ name }) => name === "open-invoice")!;
    expect(opening.react(event, {} as Happened, [{ state: { version: 2, rules }, revision: 1 }])).toEqual([
      {
        aggregate: "order.invoice",
        target: invoiceId,
        command: { type: "OpenInvoice", ...known, ...days, ...scope, rules: { version: 2, rules } },
      },
    ]);
  });
  test("learns from its order what of it is settled, and who sees it", () => {
    const settled = {
      aggregate: "order.invoice",
      target: invoiceId,
      command: { type: "SettleInvoice", settled: cny(600), revision: 9 },
    };
    expect(
      sentTo(
        { type: "order.payment.recorded", orderId: ORDER, receiptId: RECEIPT, amount: cny(1), received: cny(1) },
        found,
      ),
    ).toEqual([settled]);
    expect(sentTo({ type: "order.scope.changed", orderId: ORDER, change: "moved", ...scope }, found)).toEqual([
      {
        aggregate: "order.invoice",
        target: invoiceId,
        command: { type: "FollowScope", revision: 9, ...found.state.scope },
      },
    ]);
    expect(
      sentTo({ type: "order.payment.reversed", orderId: ORDER, receiptId: RECEIPT, amount: cny(1), received: cny(1) }),
    ).toEqual([]);
  });
  test("holds its order from the level that says so until it is settled", () => {
    const dunned = {
      type: "invoice.dunned",
      invoiceId,
      orderId: ORDER,
      level: 2,
      daysOverdue: 10,
      asked: cny(1),
    } as const;
    const hold = { hold: "overdue", source: invoiceId } as const;
    expect(react({ ...dunned, holds: true })).toEqual([
      {
        aggregate: "order.order",
        target: ORDER,
        command: { type: "ImposeHold", ...hold, rules: { version: 0, rules: {} } },
      },
    ]);
    expect(react({ ...dunned, holds: false })).toEqual([]);
    const settled = { type: "invoice.settled", invoiceId, orderId: ORDER, settled: cny(1) } as const;
    expect(react({ ...settled, open: cny(0) })).toEqual([
      { aggregate: "order.order", target: ORDER, command: { type: "LiftHold", ...hold } },
    ]);
    expect(react({ ...settled, open: cny(1) })).toEqual([]);
  });
});

const opened = {
  type: "issue.opened",
  ...issue,
  number: "IS-1",
  title: "late",
  openedAt: at,
  openedOn: "2026-03-10",
  ...scope,
} as const;
test("a severe issue is noted with each order, a minor one with none", () => {
  expect(react({ ...opened, severity: "severe", orderIds })).toEqual(
    toEach(() => ({ type: "NoteIssue", issueId: ISSUE })),
  );
  expect(react({ ...opened, severity: "minor", orderIds })).toEqual([]);
});
test("triage decides anew", () => {
  const triaged = { type: "issue.triaged", ...issue, visibleTo: [] } as const;
  expect(react({ ...triaged, severity: "severe", orderIds, visibleTo: [] })).toEqual(
    toEach(() => ({ type: "NoteIssue", issueId: ISSUE })),
  );
  expect(react({ ...triaged, severity: "minor", orderIds, visibleTo: [] })).toEqual(
    toEach(() => ({ type: "ClearIssue", issueId: ISSUE })),
  );
});
test("a closed one blocks nothing", () =>
  expect(react({ type: "issue.closed", ...issue, cause: "transport" })).toEqual(
    toEach(() => ({ type: "ClearIssue", issueId: ISSUE })),
  ));
describe("receipts follow the orders that they pay for", () => {
  const changed = { type: "order.scope.changed", orderId: ORDER, change: "moved", ...scope } as const;
  const paid = {
    type: "order.payment.recorded",
    orderId: ORDER,
    receiptId: RECEIPT,
    amount: cny(5),
    received: cny(5),
  } as const;
  const state = given(...after([received], { type: "RecordPayment", receiptId: RECEIPT, amount: cny(5) })).state();
  const follow = (visibleTo: readonly string[]) => ({
    aggregate: "order.receipt",
    target: RECEIPT,
    command: { type: "FollowScope", orderId: ORDER, revision: 9, visibleTo },
  });
  test("each of them when the order's scope changes, to what the order says by then", () =>
    expect(react(changed, { state, revision: 9 })).toEqual([follow(state.scope.visibleTo)]));
  test("and one that was allocated meanwhile", () => {
    expect(react(paid, { state, revision: 9 })).toEqual([]);
    expect(react(paid, { state: { ...state, scopeChanged: true }, revision: 9 })).toEqual([
      follow(state.scope.visibleTo),
    ]);
  });
  test("of an order that is not here there are none", () => expect(react(changed)).toEqual([]));
});
describe("the assortment of a customer", () => {
  const state = given(received, verified, confirmed).state();
  const extending = (type: string, found?: Found) =>
    reactions
      .filter(({ on, name }) => on === type && name.startsWith("assortment-of"))
      .flatMap((reaction) => reaction.react({ orderId: ORDER }, { meta: { historical: true } } as Happened, [found]));
  test.each(["order.confirmed", "order.amended"])("gets all items of the order with %s, imported or not", (type) => {
    const command = { type: "ExtendAssortment", customerId: CUSTOMER, orderId: ORDER, skus: ["A-1"] };
    expect(extending(type, { state, revision: 2 })).toEqual([
      { aggregate: "order.assortment", target: CUSTOMER, command },
    ]);
    expect(extending(type)).toEqual([]);
  });
});
describe("credit", () => {
  const state = given(received, verified, confirmed).state();
  const paid = {
    type: "order.payment.recorded",
    orderId: ORDER,
    receiptId: RECEIPT,
    amount: cny(5),
    received: cny(5),
  } as const;
  const closed = { type: "order.closed", orderId: ORDER } as const;
  const ofCredit = (event: PublicEvent, found?: Found | Found[], meta: object = {}) =>
    reactions
      .filter(({ on, name }) => on === event.type && name.startsWith("credit-of"))
      .flatMap((reaction) => reaction.react(event, { meta } as Happened, [found].flat()));
  test("follows what a binding order owes by then, whatever was told", () => {
    const follow = {
      type: "FollowOrder",
      customerId: CUSTOMER,
      zone: "Asia/Shanghai",
      orderId: ORDER,
      revision: 9,
      currency: "CNY",
      open: "2500",
      held: false,
      visibleTo: state.scope.visibleTo,
    };
    const command = (more: object) => [
      { aggregate: "order.credit", target: CUSTOMER, command: { ...follow, ...more } },
    ];
    expect(ofCredit(paid, { state, revision: 9 })).toEqual(command({}));
    expect(ofCredit(paid, { state: { ...state, received: 600n }, revision: 9 })).toEqual(command({ open: "1900" }));
    expect(ofCredit(closed, { state: { ...state, lifecycle: "closed" }, revision: 9 })).toEqual(command({ open: "0" }));
    const ruled = (rules: object) => ({ state: { version: 1, rules }, revision: 0 });
    const rates = { rates: [{ from: "USD", to: "CNY", on: "2026-01-01", rate: "7" }] };
    const converting = [{ state, revision: 9 }, ruled({ over: "hold", convert: true }), ruled(rates)];
    expect(ofCredit(paid, converting)).toEqual(command({ rates }));
    expect(ofCredit(paid, [{ state, revision: 9 }, ruled({ over: "hold" }), ruled(rates)])).toEqual(command({}));
  });
  test("nothing of what is not binding, nor of history", () => {
    expect(ofCredit(paid, { state: given(received).state(), revision: 9 })).toEqual([]);
    expect(ofCredit(paid)).toEqual([]);
    expect(ofCredit(paid, { state, revision: 9 }, { historical: true })).toEqual([]);
  });
  test("exceeded is held where a rule would not have let it be, unless it was approved", () => {
    const exceeded = { type: "credit.exceeded", customerId: CUSTOMER, orderId: ORDER } as const;
    const rules = (over: string) => ({ state: { version: 1, rules: { over, release: true } }, revision: 0 });
    const order = { state, revision: 9 };
    expect(react(exceeded, undefined, undefined, order)).toEqual([]);
    for (const over of ["refuse", "hold", "approve"]) {
      expect(react(exceeded, rules(over), undefined, order)).toMatchObject([
        { target: ORDER, command: { type: "ImposeHold", hold: "credit", source: "limit" } },
      ]);
    }
    const approved = { levels: [], at: 0 };
    const overridden = { state: { ...state, approvals: new Map([["creditOverride", approved]]) }, revision: 9 };
    expect(react(exceeded, rules("approve"), undefined, overridden)).toEqual([]);
  });
  test("recovered frees what a limit has held, where the rules say so", () => {
    const recovered = { type: "credit.recovered", customerId: CUSTOMER, orderIds } as const;
    const rules = (release: boolean) => ({ state: { version: 1, rules: { over: "hold", release } }, revision: 0 });
    expect(react(recovered, rules(false))).toEqual([]);
    for (const found of [rules(true), undefined]) {
      expect(react(recovered, found)).toEqual(toEach(() => ({ type: "LiftHold", hold: "credit", source: "limit" })));
    }
  });
});
test("names are what command ids derive from: they never change", () =>
  expect(reactions.map(({ name }) => name)).toEqual([
    "receive-quoted-order",
    "answer-allocation",
    "release-allocation",
    "record-shipped",
    "record-delivered",
    "record-lost",
    "record-returned-to-sender",
    "note-exchange",
    "record-payment",
    "reverse-payment",
    "record-refund",
    "hold-until-paid",
    "open-invoice",
    "settle-invoices-invoiced",
    "settle-invoices-paid",
    "settle-invoices-reversed",
    "settle-invoices-credited",
    "settle-invoices-written-off",
    "follow-scope-of-invoices",
    "hold-overdue",
    "lift-overdue",
    "credit-of-confirmed",
    "credit-of-paid",
    "credit-of-reversed",
    "credit-of-amended",
    "credit-of-quantity-cancelled",
    "credit-of-short-closed",
    "credit-of-delivered",
    "credit-of-return-received",
    "credit-of-return-inspected",
    "credit-of-invoiced",
    "credit-of-credited",
    "credit-of-written-off",
    "credit-of-released",
    "credit-of-scope",
    "credit-of-cancelled",
    "credit-of-closed",
    "credit-of-reopened",
    "hold-over-credit",
    "release-credit-hold",
    "assortment-of-confirmed",
    "assortment-of-amended",
    "post-invoice",
    "post-credit-note",
    "post-write-off",
    "post-receipt",
    "post-refund",
    "post-exchange",
    "post-exchange-back",
    "follow-scope-of-paid",
    "follow-scope",
    "note-issue",
    "weigh-issue",
    "clear-issue",
  ]));
