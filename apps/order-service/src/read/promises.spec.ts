import { describe, expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import {
  after,
  asks,
  confirmed,
  delivers,
  given,
  installed,
  isConfirmed,
  li,
  loses,
  note,
  ofServices,
  ORDER,
  received,
  ships,
  verified,
  wang,
} from "../domain/order/spec.js";
import type { ProposeAmendment } from "../domain/order/amendment/propose-amendment.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import { foldOrder } from "./fold-order.js";
import type { OrderDocument } from "./order.document.js";
import { promisesQuery } from "./promises-query.js";
import { promiseCollection, promisesOf } from "./promises.js";

const at = "2026-03-05T00:00:00.000Z";
interface At {
  readonly at: string;
  readonly events: readonly OrderEvent[];
}
const docOf = (events: readonly OrderEvent[], ...later: readonly At[]): OrderDocument =>
  [{ at, events }, ...later].reduce<OrderDocument | undefined>(
    (before, { at: occurredAt, events: those }) =>
      those.reduce(
        (doc, event) => foldOrder(doc, event, { event, meta: { actor: li, occurredAt } } as Happened<OrderEvent>),
        before,
      ),
    undefined,
  )!;
const ledger = (start: readonly OrderEvent[], ...commands: OrderCommand[]) =>
  promisesOf(docOf(after(start, ...commands)), ORDER).map(({ id, doc }) => ({ id: id.slice(ORDER.length), ...doc }));
const repromise = (promisedOn: string): OrderCommand => ({
  type: "RepromiseSchedule",
  lineId: "1",
  scheduleId: "1",
  promisedOn,
  reason: "material",
  askedBy: "supplier",
  note,
});
const agree = (agreedOn: string): OrderCommand => ({ type: "AgreeDate", lineId: "1", scheduleId: "1", agreedOn, note });
const under = (code: string): OrderEvent[] => [{ ...received, incoterm: { code, place: "上海" } }, verified, confirmed];

describe("every day that was told", () => {
  test("the first promise: by whom, to whom, when", () =>
    expect(ledger(isConfirmed)).toEqual([
      {
        id: "/1/1/p1",
        orderId: ORDER,
        customerId: received.customerId,
        zone: "Asia/Shanghai",
        visibleTo: received.visibleTo,
        lineId: "1",
        scheduleId: "1",
        sku: "A-1",
        kind: "first",
        promisedOn: "2026-03-20",
        lateFrom: "2026-03-20T16:00:00.000Z",
        toldAt: at,
        toldBy: li,
        standing: "open",
      },
    ]));
  test("nothing before anything is told", () => expect(ledger([received])).toEqual([]));
  test("a later one takes the place of the one before and names why; what is agreed stands beside", () =>
    expect(ledger(isConfirmed, repromise("2026-03-28"), agree("2026-03-24"), agree("2026-03-26"))).toMatchObject([
      { kind: "first", promisedOn: "2026-03-20", standing: "replaced", replacedBy: `${ORDER}/1/1/p2` },
      { kind: "repromised", promisedOn: "2026-03-28", reason: "material", askedBy: "supplier", note, standing: "open" },
      { id: "/1/1/a1", kind: "agreed", promisedOn: "2026-03-24", standing: "replaced", replacedBy: `${ORDER}/1/1/a2` },
      { id: "/1/1/a2", kind: "agreed", promisedOn: "2026-03-26", standing: "open" },
    ]));
});

describe("what is given up", () => {
  const overdue = "2026-03-20T16:00:00.000Z"; // the first instant after the day, in the order's zone
  /** How the promises stand after these commands at the time. */
  const standings = (when: string, start: readonly OrderEvent[], ...commands: OrderCommand[]) => {
    const ended = after(start, ...commands).slice(start.length);
    return promisesOf(docOf(start, { at: when, events: ended }), ORDER).map(({ doc }) => doc.standing);
  };
  const sixCame = after(isConfirmed, asks("6"), ships("6"), delivers("6"));
  const cancel = (cancelledBy: "customer" | "us") =>
    ({ type: "CancelLine", lineId: "1", reason: "x", cancelledBy }) as const;
  const twoPromised = {
    ...confirmed,
    schedules: ["1", "2"].map((scheduleId) => ({ ...confirmed.schedules[0]!, scheduleId })),
  };
  const twoLines = {
    ...confirmed,
    schedules: ["1", "2"].map((lineId) => ({ ...confirmed.schedules[0]!, lineId })),
  };
  const shortClose = { type: "ShortCloseSchedule", lineId: "1", scheduleId: "1", reason: "x" } as const;

  test("by the customer before the day is over is waited for no more: the rest decides", () => {
    expect(standings(at, sixCame, cancel("customer"))).toEqual(["kept"]);
    const late = after(isConfirmed, asks("6"), ships("6"), delivers("6", "2026-03-25T02:00:00.000Z"));
    expect(standings(at, late, cancel("customer"))).toEqual(["broken"]);
    expect(standings(at, isConfirmed, { ...cancel("customer"), quantity: "4" })).toEqual(["open"]);
  });
  test("by the customer when the day is over was overdue", () =>
    expect(standings(overdue, sixCame, cancel("customer"))).toEqual(["broken"]));
  test("by us breaks the promise at once, as a short close does, whoever waits for the rest", () => {
    expect(standings(at, sixCame, cancel("us"))).toEqual(["broken"]);
    expect(standings(at, sixCame, shortClose)).toEqual(["broken"]);
    expect(standings(at, isConfirmed, { ...cancel("us"), quantity: "4" })).toEqual(["broken"]);
  });
  test("of what is full inside its tolerance breaks nothing", () => {
    const tolerant: OrderEvent[] = [
      { ...received, lines: [{ ...received.lines[0]!, underTolerance: "40" }] },
      verified,
      confirmed,
    ];
    const enough = after(tolerant, asks("6"), ships("6"), delivers("6"));
    expect(standings(at, enough, cancel("us"))).toEqual(["kept"]);
  });
  describe("by an amendment is agreed with the customer", () => {
    const ledgerOf = (when: string, start: readonly OrderEvent[], of: Partial<ProposeAmendment>) => {
      const base = { type: "ProposeAmendment", amendmentId: "a1", version: 1, reason: "less", askedBy: "us" } as const;
      const commands = [{ ...base, ...of }, { type: "ApproveAmendment", amendmentId: "a1" }, { type: "ApplyAmendment", amendmentId: "a1" }] as const; // prettier-ignore
      const events = commands.reduce<OrderEvent[]>(
        (before, command, index) => {
          const { decision } = given(...before).when(command, { actor: index === 1 ? wang : li });
          if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
          return [...before, ...decision.events];
        },
        [...start],
      );
      const ended = events.slice(start.length);
      return promisesOf(docOf(start, { at: when, events: ended }), ORDER).map(({ doc }) => doc.standing);
    };
    const six = { lines: [{ lineId: "1", quantity: "6" }] };
    test("less that is ordered is waited for no more, but was overdue when the day was over", () => {
      expect(ledgerOf(at, sixCame, six)).toEqual(["kept"]);
      expect(ledgerOf(overdue, sixCame, six)).toEqual(["broken"]);
    });
    test("so is a line that is dropped", () => {
      const two = [
        { ...received, lines: [received.lines[0]!, { ...received.lines[0]!, lineId: "2" }] },
        verified,
        twoLines,
      ];
      expect(ledgerOf(at, two, { dropped: ["2"] })).toEqual(["open", "withdrawn"]);
      expect(ledgerOf(overdue, two, { dropped: ["2"] })).toEqual(["open", "broken"]);
    });
  });
  test("of a whole schedule it leaves the ledger, unless we gave it up or it was overdue", () => {
    const whole = (when: string, by: "customer" | "us") =>
      standings(when, [installed, verified, twoPromised], { ...cancel(by), lineId: "1", scheduleId: "2" }).at(1);
    expect(whole(at, "customer")).toBe("withdrawn");
    expect(whole(overdue, "customer")).toBe("broken");
    expect(whole(at, "us")).toBe("broken");
  });
  test("with the order the same holds", () => {
    const order = (cancelledBy: "customer" | "us") => ({ type: "CancelOrder", reason: "x", cancelledBy }) as const;
    expect(standings(at, isConfirmed, order("customer"))).toEqual(["withdrawn"]);
    expect(standings(overdue, isConfirmed, order("customer"))).toEqual(["broken"]);
    expect(standings(at, isConfirmed, order("us"))).toEqual(["broken"]);
  });
  test("a backorder has its own promise, and what came in time of the other one has kept its", () => {
    const backorder = {
      type: "BackorderSchedule",
      lineId: "1",
      scheduleId: "1",
      promisedOn: "2026-04-10",
      reason: "x",
    } as const;
    expect(standings(at, sixCame, backorder)).toEqual(["kept", "open"]);
  });
});

describe("kept or not", () => {
  test("by the day on which all had arrived, the last arrival deciding in whatever order they are told", () => {
    const start = [asks("10"), ships("10"), repromise("2026-03-28"), agree("2026-03-21")];
    expect(ledger(isConfirmed, ...start, delivers("4", "2026-03-25T02:00:00.000Z"))).toMatchObject([
      { standing: "replaced" },
      { standing: "open" },
      { standing: "open" },
    ]);
    const all = ledger(isConfirmed, ...start, delivers("4", "2026-03-25T02:00:00.000Z"), delivers("6"));
    expect(all).toMatchObject([
      { standing: "replaced", metOn: "2026-03-25" },
      { standing: "kept", metOn: "2026-03-25" },
      { standing: "broken", metOn: "2026-03-25" },
    ]);
  });
  test("a service is delivered by its acceptance", () =>
    expect(
      ledger([ofServices, verified, { ...confirmed, schedules: [{ ...confirmed.schedules[0]!, lineId: "2" }] }], {
        type: "AcceptDelivery",
      }),
    ).toMatchObject([{ standing: "kept", metOn: "2026-03-02" }]));
});

describe("at the delivery point of the Incoterm", () => {
  const shipped = [asks("10"), ships("10")]; // on 10 March
  test.each(["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP"])("%s: handed over in time is kept", (code) => {
    expect(ledger(under(code), ...shipped)).toMatchObject([{ standing: "kept", metOn: "2026-03-10" }]);
    const late = ledger(under(code), ...shipped, delivers("10", "2026-04-25T02:00:00.000Z"));
    expect(late).toMatchObject([{ standing: "kept", metOn: "2026-03-10" }]);
  });
  test.each(["DAP", "DPU", "DDP"])("%s: the arrival counts", (code) => {
    expect(ledger(under(code), ...shipped)).toMatchObject([{ standing: "open" }]);
    expect(ledger(under(code), ...shipped, delivers("10", "2026-03-25T02:00:00.000Z"))).toMatchObject([
      { standing: "broken", metOn: "2026-03-25" },
    ]);
  });
  test("what was handed over is due no more, and late only against its day; delivered it is when it arrives", () => {
    const handed = docOf(after(under("FOB"), ...shipped));
    expect(handed).not.toHaveProperty("dueOn");
    expect(handed).toMatchObject({
      delivery: "None",
      handedOver: { at: "2026-03-10T02:00:00.000Z", on: "2026-03-10", late: false },
    });
    expect(docOf(after(under("FOB"), asks("10"), ships("4")))).toMatchObject({ dueOn: "2026-03-20" });
    const arrived = docOf(after(under("FOB"), ...shipped, delivers("10", "2026-04-25T02:00:00.000Z")));
    expect(arrived).toMatchObject({ delivery: "Full", arrived: { on: "2026-04-25", late: false } });
    const late: OrderCommand = { ...ships("10"), shippedAt: "2026-03-21T02:00:00.000Z" } as OrderCommand;
    expect(docOf(after(under("FOB"), asks("10"), late)).handedOver).toMatchObject({ on: "2026-03-21", late: true });
  });
  test("what is lost after it was handed over breaks no promise", () =>
    expect(ledger(under("FOB"), ...shipped, loses("10"))).toMatchObject([{ standing: "kept" }]));
  test("goods whose departure nobody reported were handed over by their arrival", () =>
    expect(ledger(under("FOB"), asks("10"), delivers("10"))).toMatchObject([
      { standing: "kept", metOn: "2026-03-20" },
    ]));
});

describe("is asked for", () => {
  const now = "2026-03-20T16:00:00.000Z";
  const asked = { descending: false };
  test("by the narrowest of order, customer and person; the others filter", () => {
    expect(promisesQuery(asked, now)).toEqual({ collection: "promises", path: "byDue", descending: false, where: [] });
    expect(promisesQuery({ ...asked, orderId: "o", customerId: "c", person: "li" }, now)).toMatchObject({
      path: "ofOrder",
      within: "o",
      where: [
        { column: "customerId", value: "c" },
        { column: "person", value: "li" },
      ],
    });
    expect(promisesQuery({ ...asked, customerId: "c", person: "li" }, now)).toMatchObject({
      path: "ofCustomer",
      within: "c",
      where: [{ column: "person", value: "li" }],
    });
    expect(promisesQuery({ ...asked, person: "li" }, now)).toMatchObject({ path: "ofPerson", within: "li", where: [] });
  });
  test("an open one whose day is over is broken", () => {
    const where = (...standing: ("open" | "kept" | "broken")[]) => promisesQuery({ ...asked, standing }, now).where;
    expect(where("open", "kept")).toEqual([
      {
        any: [
          { column: "standing", op: "in", values: ["kept"] },
          { column: "brokenFrom", op: ">", value: now },
        ],
      },
    ]);
    expect(where("broken")).toEqual([
      {
        any: [
          { column: "standing", op: "in", values: ["broken"] },
          { column: "brokenFrom", op: "<=", value: now },
        ],
      },
    ]);
  });
  test("by columns that say so", () => {
    const doc = promisesOf(docOf(isConfirmed), ORDER)[0]!.doc as never;
    const columns = Object.entries(promiseCollection.columns).map(([name, { of }]) => [name, of(doc)]);
    expect(Object.fromEntries(columns)).toEqual({
      promisedOn: "2026-03-20",
      standing: "open",
      brokenFrom: "2026-03-20T16:00:00.000Z",
      kind: "first",
      orderId: ORDER,
      customerId: received.customerId,
      person: "li",
    });
  });
});

test("who told it is who decided it", () => {
  const [first] = promisesOf(
    [...isConfirmed].reduce<OrderDocument | undefined>(
      (doc, event) => foldOrder(doc, event, { event, meta: { actor: wang, occurredAt: at } } as Happened<OrderEvent>),
      undefined,
    )!,
    ORDER,
  );
  expect(first!.doc.toldBy).toEqual(wang);
});
