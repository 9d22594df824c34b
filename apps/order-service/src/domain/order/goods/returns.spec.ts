import { describe, expect, test } from "@jest/globals";
import type { OrderCommand } from "../order.decider.js";
import type { OrderEvent } from "../order.events.js";
import {
  after,
  cny,
  CUSTOMER,
  given,
  isCompleted,
  isDelivered,
  li,
  line,
  note,
  part,
  received,
  RECEIPT,
  verified,
  confirmed,
  asks,
  ships,
  delivers,
} from "../spec.js";
import { returnableOf } from "./returns.state.js";

const by = { actor: li };
const at = { lineId: "1", scheduleId: "1" };
const rules = (withinDays?: number) => ({ version: 3, rules: withinDays === undefined ? {} : { withinDays } });
const authorise = {
  type: "AuthoriseReturn",
  returnId: "r1",
  lines: [part("4")],
  reason: "damaged",
  remedy: "refund",
  rules: rules(),
} as const;
const comes = (quantity: string, returnId = "r1"): OrderCommand => ({
  type: "ReceiveReturn",
  returnId,
  lines: [part(quantity)],
});
const none = { restock: "0", scrap: "0", backToCustomer: "0" };
const inspect = (verdict: Partial<typeof none>): OrderCommand => ({
  type: "InspectReturn",
  returnId: "r1",
  lines: [{ ...at, ...none, ...verdict }],
});
const decided = (events: readonly OrderEvent[], command: OrderCommand) => given(...events).when(command, by).decision;
const authorised = (): OrderEvent[] => after(isDelivered(), authorise);

describe("a return is authorised", () => {
  test("of what the customer has, under the rules that hold", () =>
    given(...isDelivered())
      .when({ ...authorise, note }, by)
      .then({
        type: "order.return.authorised",
        returnId: "r1",
        lines: [part("4")],
        reason: "damaged",
        remedy: "refund",
        rules: 3,
        note,
      }));
  test("not beyond it: what another return waits for is no more to be had", () => {
    const more = { ...authorise, returnId: "r2", lines: [part("4"), part("2.5")] };
    expect(decided(authorised(), more)).toEqual({
      refusals: [{ code: "OVER_RETURNABLE", field: "lines.0.quantity", returnable: "6" }],
    });
    expect(returnableOf(given(...authorised()).state(), at)).toBe(6_000_000n);
  });
  test("within the days of the rules, counted from the arrival in the order's zone", () => {
    const on = (moment: string) =>
      given(...isDelivered()).when({ ...authorise, rules: rules(7) }, { ...by, at: moment }).decision;
    expect(on("2026-03-27T15:59:59.999Z")).toHaveProperty("events");
    expect(on("2026-03-27T16:00:00.000Z")).toEqual({ refusals: [{ code: "NOTHING_RETURNABLE" }] });
  });
  test("of nothing that never arrived, and of nothing without a reason", () => {
    given(received, verified, confirmed).when(authorise, by).refused("NOTHING_RETURNABLE");
    given(...isDelivered())
      .when({ ...authorise, lines: [], reason: "" }, by)
      .refused("LINES_MISSING", "TEXT_MISSING");
    given(...isDelivered())
      .when({ ...authorise, lines: [part("0"), part("1", "9")] }, by)
      .refused("QUANTITY_NOT_POSITIVE", "SCHEDULE_UNKNOWN");
  });
  test("again it changes nothing", () =>
    given(...authorised())
      .when(authorise, by)
      .unchanged());
});

describe("a return comes", () => {
  test("and is with us again", () =>
    given(...authorised())
      .when(comes("4"), by)
      .then({
        type: "order.return.received",
        returnId: "r1",
        lines: [part("4")],
        progress: [{ ...at, returned: "4" }],
        returned: "Partial",
        invoicing: "None",
        receivedAt: "2026-03-02T08:00:00.000Z",
        breaches: [],
      }));
  test("without having been authorised, or more of it: recorded, and named", () => {
    expect(decided(isDelivered(), comes("1"))).toMatchObject({
      events: [{ lines: [part("1")], breaches: [{ code: "RETURN_NOT_AUTHORISED", detail: "1/1: 1" }] }],
    });
    expect(decided(authorised(), comes("5"))).toMatchObject({
      events: [{ lines: [part("5")], breaches: [{ code: "RETURN_NOT_AUTHORISED" }] }],
    });
  });
  test("never more than was delivered: the rest is counted nowhere", () =>
    expect(decided(after(authorised(), comes("4")), comes("7"))).toMatchObject({
      events: [
        {
          lines: [part("6")],
          returned: "Full",
          invoicing: "None",
          breaches: [{ code: "RETURNED_OVER_DELIVERED", detail: "1/1: 1" }, { code: "RETURN_NOT_AUTHORISED" }],
        },
      ],
    }));
  test("late, though the order is closed", () => {
    const paid = { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2500) } as const;
    const closed = after(isCompleted(), paid, { type: "CloseOrder" });
    const late = after(closed, comes("1"), inspect({ scrap: "1" }));
    expect(late.slice(-2)).toMatchObject([{ lines: [part("1")] }, { type: "order.return.inspected" }]);
    expect(given(...late).state().lifecycle).toBe("closed");
  });
});

describe("a return is inspected", () => {
  const came = () => after(authorised(), comes("4"));
  test("what is kept is refunded at its price; what is not taken goes to the customer again", () =>
    given(...came())
      .when({ ...inspect({ restock: "2", scrap: "1", backToCustomer: "1" }), note } as OrderCommand, by)
      .then({
        type: "order.return.inspected",
        returnId: "r1",
        lines: [{ ...at, restock: "2", scrap: "1", backToCustomer: "1" }],
        progress: [{ ...at, returned: "3" }],
        returned: "Partial",
        invoicing: "None",
        refund: cny(750),
        note,
      }));
  test("in parts: the refunds sum to what is kept in all, rounded once", () => {
    const odd = { ...received, lines: [{ ...line, unitPrice: cny(333), amount: cny(3330) }], amount: cny(3330) };
    const events = after(
      [odd, verified, confirmed],
      asks("10"),
      ships("10"),
      delivers("10"),
      authorise,
      comes("4"),
      inspect({ restock: "0.5" }),
      inspect({ scrap: "0.5" }),
    );
    expect(events.slice(-2)).toMatchObject([{ refund: cny(167) }, { refund: cny(166) }]);
  });
  test("for an exchange nothing is due", () => {
    const exchange = after(isDelivered(), { ...authorise, remedy: "exchange" }, comes("4"), inspect({ restock: "4" }));
    expect(exchange.at(-1)).not.toHaveProperty("refund");
  });
  test("not more than has come, and not what is no number", () => {
    expect(decided(came(), inspect({ restock: "4", scrap: "0.5" }))).toEqual({
      refusals: [{ code: "OVER_RECEIVED", field: "lines.0", received: "4" }],
    });
    given(...came())
      .when(inspect({}), by)
      .refused("QUANTITY_NOT_POSITIVE");
    given(...came())
      .when(inspect({ restock: "5", scrap: "-1" }), by)
      .refused("QUANTITY_NOT_POSITIVE");
    given(...authorised())
      .when(inspect({ restock: "1" }), by)
      .refused("NOTHING_RECEIVED");
  });
});

describe("the end of a return", () => {
  const withdraw = { type: "WithdrawReturn", returnId: "r1", reason: "keeps-it" } as const;
  const link = { type: "LinkExchange", returnId: "r1", exchangeOrderId: "e1" } as const;
  test("withdrawn, what has not come may come back another time", () => {
    const events = after(authorised(), comes("1"), withdraw);
    expect(returnableOf(given(...events).state(), at)).toBe(9_000_000n);
    given(...events)
      .when(withdraw, by)
      .refused("NOTHING_RETURNABLE");
    given(...authorised())
      .when({ ...withdraw, returnId: "r9" }, by)
      .refused("RETURN_NOT_FOUND");
  });
  test("exchanged by one other order", () => {
    const exchange = after(isDelivered(), { ...authorise, remedy: "exchange" });
    given(...exchange)
      .when(link, by)
      .then({ type: "order.exchange.linked", returnId: "r1", exchangeOrderId: "e1" });
    given(...after(exchange, link))
      .when(link, by)
      .refused("NOTHING_RETURNABLE");
    given(...authorised())
      .when(link, by)
      .refused("NOTHING_RETURNABLE");
  });
});

describe("an order that brings an exchange", () => {
  const exchangeOf = { orderId: "o1", returnId: "r1" };
  const note = { type: "NoteExchange", exchangeOf, customerId: CUSTOMER } as const;
  test("learns for which return, once and for good", () => {
    given(received).when(note, by).then({ type: "order.exchange.noted", exchangeOf });
    const noted = after([received], note);
    expect(given(...noted).state().exchangeOf).toEqual(exchangeOf);
    expect(decided(noted, note)).toEqual({ events: [] });
    expect(decided(noted, { ...note, exchangeOf: { ...exchangeOf, returnId: "r2" } })).toEqual({ events: [] });
  });
  test("is of the same customer, and there", () => {
    expect(decided([received], { ...note, customerId: "c9" })).toEqual({ events: [] });
    expect(decided([], note)).toEqual({ events: [] });
  });
});
