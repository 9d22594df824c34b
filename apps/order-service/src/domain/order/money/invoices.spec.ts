// Invoices, credit notes and write-offs of an order: never above what was sent, invoiced, open; and sums that meet.
import { describe, expect, test } from "@jest/globals";
import { ruleDefaults } from "../../rules/rule-kinds.js";
import type { OrderCommand } from "../order.decider.js";
import type { OrderEvent } from "../order.events.js";
import {
  after,
  asks,
  cny,
  confirmed,
  delivers,
  given,
  isCompleted,
  isConfirmed,
  isDelivered,
  li,
  loses,
  part,
  SHIPMENT,
  received,
  RECEIPT,
  ships,
  verified,
} from "../spec.js";
import { invoicedOf, invoicingOf } from "./invoicing.js";
import type { IssueCreditNote } from "./issue-credit-note.js";
import type { IssueInvoice } from "./issue-invoice.js";
import { openOf, owedFor } from "./owed.js";
import type { WriteOff } from "./write-off.js";

const by = { actor: li, at: "2026-03-10T02:00:00.000Z" };
const invoicing = ruleDefaults.invoicing;
const invoice = (quantity?: string, more: Partial<IssueInvoice> = {}): IssueInvoice => ({
  type: "IssueInvoice",
  invoiceId: "i-1",
  number: "IN-1",
  ...(quantity === undefined ? {} : { lines: [{ lineId: "1", quantity }] }),
  rules: { version: 3, rules: invoicing },
  ...more,
});
const credit = (...lines: IssueCreditNote["lines"]): IssueCreditNote => ({
  type: "IssueCreditNote",
  invoiceId: "c-1",
  number: "CN-1",
  cause: "return",
  lines,
  rules: { version: 3 },
});
const giveUp = (minor?: number, limits: Record<string, string> = {}, without: string[] = []): WriteOff => ({
  type: "WriteOff",
  writeOffId: "w-1",
  ...(minor === undefined ? {} : { amount: cny(minor) }),
  reason: "small",
  rules: { version: 2, rules: { holdBeforeShipment: false, writeOff: limits, writeOffWithoutLimit: without } },
});
const shipped = (quantity: string) => after(isConfirmed, asks(quantity), ships(quantity));
const only = (events: readonly OrderEvent[], command: OrderCommand) => {
  const { decision } = given(...events).when(command, by);
  if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
  return decision.events[0]!;
};

describe("an invoice", () => {
  test("charges what was sent, is due by the terms, and names the rules that it was issued under", () =>
    expect(only(shipped("4"), invoice())).toMatchObject({
      type: "order.invoiced",
      number: "IN-1",
      issuedOn: "2026-03-10",
      dueOn: "2026-04-09",
      overdueFrom: "2026-04-09T16:00:00.000Z",
      lines: [{ lineId: "1", quantity: "4", amount: cny(1000) }],
      amount: cny(1000),
      invoicing: "Partial",
      rules: 3,
    }));
  test.each([
    ["NET60", "2026-05-09"],
    ["PREPAID", "2026-03-10"],
    ["by hand", "2026-04-09"],
  ])("of terms %s is due on %s", (paymentTerms, dueOn) =>
    expect(
      only(after([{ ...received, paymentTerms }, ...isConfirmed.slice(1)], asks("4"), ships("4")), invoice()),
    ).toMatchObject({ dueOn }),
  );
  test("never goes above what was sent", () => {
    given(...isConfirmed)
      .when(invoice(), by)
      .refused("NOTHING_TO_INVOICE");
    given(...shipped("4"))
      .when(invoice("4.000001"), by)
      .refused("ABOVE_INVOICEABLE");
    given(...after(shipped("4"), invoice("3")))
      .when(invoice("2"), by)
      .refused("ABOVE_INVOICEABLE");
    given(...after(shipped("10"), loses("3")))
      .when(invoice("8"), by)
      .refused("ABOVE_INVOICEABLE");
  });
  test.each([
    ["ordered", isConfirmed, "10"],
    ["delivered", isDelivered(), "10"],
    ["accepted", isCompleted(), "10"],
  ] as const)("may go up to what is %s, by the rules", (basis, events, quantity) =>
    expect(only(events, invoice(undefined, { rules: { version: 1, rules: { basis, days: 1 } } }))).toMatchObject({
      lines: [{ quantity }],
      invoicing: "Full",
    }),
  );
  test("by those rules not what was only sent", () => {
    const delivered = { version: 1, rules: { basis: "delivered", days: 1 } } as const;
    const accepted = { version: 1, rules: { basis: "accepted", days: 1 } } as const;
    given(...shipped("4"))
      .when(invoice("1", { rules: delivered }), by)
      .refused("NOTHING_TO_INVOICE");
    given(...isDelivered())
      .when(invoice("1", { rules: accepted }), by)
      .refused("NOTHING_TO_INVOICE");
  });
  test("not under a hold that blocks it, by the rules of holds", () => {
    const rules = { version: 1, rules: { credit: { blocks: ["invoice"] } } } as const;
    const held = after(shipped("4"), { type: "PlaceHold", hold: "credit", rules });
    given(...held)
      .when(invoice(), by)
      .refused("INVOICE_HELD");
    expect(only(after(shipped("4"), { type: "PlaceHold", hold: "credit" }), invoice())).toMatchObject({
      amount: cny(1000),
    });
  });
  test("nor what came back on the way", () => {
    const back = after(shipped("10"), {
      type: "RecordReturnedToSender",
      shipmentId: SHIPMENT,
      lines: [part("3")],
      returnedAt: by.at,
    });
    expect(only(back, invoice())).toMatchObject({ lines: [{ quantity: "7" }] });
  });
  test("tells every fault at once", () =>
    given(...shipped("4"))
      .when(
        invoice(undefined, {
          dueOn: "soon",
          lines: [
            { lineId: "9", quantity: "1" },
            { lineId: "1", quantity: "0" },
          ],
        }),
        by,
      )
      .refused("DATE_INVALID", "LINE_UNKNOWN", "QUANTITY_NOT_POSITIVE"));
  test("however a line is split over invoices, they sum to it", () => {
    const odd = { ...received.lines[0]!, amount: cny(1000), freight: cny(1), quantity: "3" };
    const ordered = { ...received, lines: [{ ...odd, schedules: [{ scheduleId: "1", quantity: "3" }] }] };
    const start = after([ordered, ...isConfirmed.slice(1)], asks("3"), ships("3"));
    const amounts: string[] = [];
    let events = start;
    for (const part of ["1", "1", "0.5", "0.5"]) {
      const event = only(events, invoice(part));
      if (event.type === "order.invoiced") amounts.push(event.amount.minor);
      events = [...events, event];
    }
    expect(amounts).toEqual(["334", "333", "167", "167"]);
    expect(invoicingOf(given(...events).state())).toBe("Full");
  });
});

describe("a credit note", () => {
  const invoiced = after(shipped("10"), invoice());
  test("takes back a quantity at what it was charged with, and can be invoiced again", () => {
    const returned = after(invoiced, credit({ lineId: "1", quantity: "4" }));
    const state = given(...returned).state();
    expect([invoicedOf(state, "1"), invoicingOf(state)]).toEqual([
      { quantity: 6_000_000n, amount: 1500n, takenBack: 4_000_000n },
      "Partial",
    ]);
    expect(openOf(state)).toBe(1500n);
    expect(only(returned, invoice())).toMatchObject({ lines: [{ quantity: "4", amount: cny(1000) }] });
    expect(openOf(given(...after(returned, invoice())).state())).toBe(2500n);
  });
  test("or lowers the price alone", () => {
    const state = given(...after(invoiced, credit({ lineId: "1", amount: cny(99) }))).state();
    expect([invoicedOf(state, "1"), invoicingOf(state), openOf(state)]).toEqual([
      { quantity: 10_000_000n, amount: 2401n, takenBack: 0n },
      "Full",
      2401n,
    ]);
  });
  test("never goes above what stands of the line", () => {
    given(...invoiced)
      .when(credit({ lineId: "1", quantity: "11" }), by)
      .refused("ABOVE_INVOICED");
    given(...invoiced)
      .when(credit({ lineId: "1", amount: cny(2501) }), by)
      .refused("ABOVE_INVOICED");
    given(...isConfirmed)
      .when(credit({ lineId: "1", quantity: "1" }), by)
      .refused("NOTHING_INVOICED");
    given(...invoiced)
      .when({ ...credit({ lineId: "9", quantity: "1" }), ofInvoice: "none" }, by)
      .refused("LINE_UNKNOWN", "INVOICE_UNKNOWN");
    const lowered = after(invoiced, credit({ lineId: "1", amount: cny(2400) }));
    expect(only(lowered, credit({ lineId: "1", quantity: "10" }))).toMatchObject({ amount: cny(100) });
  });
  test("also of a closed order", () => {
    const closed = after(
      after(isCompleted(), invoice()),
      { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2500) },
      { type: "CloseOrder" },
    );
    expect(openOf(given(...after(closed, credit({ lineId: "1", quantity: "1" }))).state())).toBe(-250n);
  });
});

describe("goods that come back", () => {
  const back = (quantity: string): OrderCommand => ({ type: "ReceiveReturn", returnId: "r1", lines: [part(quantity)] });
  const owed = (events: readonly OrderEvent[]) => owedFor(given(...events).state());
  test("before they were charged are not owed any more, and need no credit note", () => {
    const returned = after(isDelivered(), back("4"));
    expect(owed(returned)).toBe(1500n);
    const charged = after(returned, invoice());
    expect([owed(charged), invoicingOf(given(...charged).state())]).toEqual([1500n, "Full"]);
    given(...after(charged, { type: "RecordPayment", receiptId: RECEIPT, amount: cny(1500) }))
      .when(giveUp(), by)
      .refused("NOTHING_OPEN");
  });
  test("and go to the customer again are owed again", () => {
    const none = { lineId: "1", scheduleId: "1", restock: "0", scrap: "0" };
    const again: OrderCommand = { type: "InspectReturn", returnId: "r1", lines: [{ ...none, backToCustomer: "3" }] };
    expect(owed(after(isDelivered(), back("4"), again))).toBe(2250n);
  });
  test("after they were charged stay owed until they are credited, before or after they come", () => {
    const charged = after(isDelivered(), invoice(), back("4"));
    expect([owed(charged), owed(after(charged, credit({ lineId: "1", quantity: "4" })))]).toEqual([2500n, 1500n]);
    const first = after(isDelivered(), invoice(), credit({ lineId: "1", quantity: "4" }));
    expect([owed(first), owed(after(first, back("4")))]).toEqual([1500n, 1500n]);
  });
  test("are those that came over the quantity, first", () => {
    const over = after(isConfirmed, asks("10"), ships("11"), delivers("11"));
    expect([owed(over), owed(after(over, back("1"))), owed(after(over, back("2")))]).toEqual([2500n, 2500n, 2250n]);
  });
  test("are settled in the milestones of the order", () => {
    const rest = { milestoneId: "rest", due: "delivery", days: 0 } as const;
    const terms = [{ milestoneId: "half", percent: "50", due: "confirmation", days: 3 } as const, rest];
    const agreed = after([received], { type: "AgreePaymentTerms", milestones: terms });
    const confirms: OrderCommand = { type: "ConfirmOrder", promises: [], promiseRequested: true };
    const all = after([...agreed, verified], confirms, asks("10"), ships("10"), delivers("10"), back("6"));
    const { milestones } = given(...all).state().money;
    expect(milestones.map(({ settled }) => settled.minor)).toEqual(["1250", "250"]);
  });
});

test("what is missing of goods that are full inside the tolerance is not owed", () => {
  const ordered = { ...received, lines: [{ ...received.lines[0]!, underTolerance: "10" }] };
  const start = after([ordered, verified, confirmed], asks("9"), ships("9"));
  const owed = (events: readonly OrderEvent[]) => owedFor(given(...events).state());
  expect([owed(start), owed(after(start, delivers("9")))]).toEqual([2500n, 2250n]);
});

describe("a write-off", () => {
  test("gives up what is open, and lets the order be closed", () => {
    const short = after(isCompleted(), { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2490) });
    given(...short)
      .when({ type: "CloseOrder" }, by)
      .refused("UNSETTLED");
    expect(only(short, giveUp())).toMatchObject({ amount: cny(10), writtenOff: cny(10), rules: 2 });
    given(...after(short, giveUp()))
      .when({ type: "CloseOrder" }, by)
      .then({ type: "order.closed" });
  });
  test("never more than is open, nor of nothing", () => {
    given(...isConfirmed)
      .when(giveUp(2501), by)
      .refused("ABOVE_OPEN");
    given(...isConfirmed)
      .when(giveUp(0), by)
      .refused("AMOUNT_NOT_POSITIVE");
    given(...after(isConfirmed, giveUp()))
      .when(giveUp(), by)
      .refused("NOTHING_OPEN");
  });
  test("in all no more than the rules let this person, unless they are named", () => {
    const once = after(isConfirmed, giveUp(60));
    given(...once)
      .when(giveUp(41, { CNY: "100" }), by)
      .refused("ABOVE_AUTHORITY");
    expect(only(once, giveUp(40, { CNY: "100" }))).toMatchObject({ writtenOff: cny(100) });
    expect(only(once, giveUp(41, { CNY: "100" }, ["li"]))).toMatchObject({ writtenOff: cny(101) });
  });
});
