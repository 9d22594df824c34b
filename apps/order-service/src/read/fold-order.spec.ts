import { describe, expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import {
  after,
  asks,
  cny,
  confirmed,
  delivers,
  discrepancy,
  installed,
  isCompleted,
  isConfirmed,
  isDelivered,
  ISSUE,
  li,
  loses,
  note,
  ofServices,
  OTHER_SHIPMENT,
  part,
  received,
  RECEIPT,
  rules,
  SHIPMENT,
  ships,
  verified,
  wang,
} from "../domain/order/spec.js";
import { foldOrder } from "./fold-order.js";
import type { OrderDocument } from "./order.document.js";

const done = { at: "2026-03-05T00:00:00.000Z", by: li };
const fold = (...events: readonly OrderEvent[]): OrderDocument | undefined =>
  events.reduce<OrderDocument | undefined>(
    (doc, event) =>
      foldOrder(doc, event, { event, meta: { actor: done.by, occurredAt: done.at } } as Happened<OrderEvent>),
    undefined,
  );
const docOf = (start: readonly OrderEvent[], ...commands: OrderCommand[]) => fold(...after(start, ...commands))!;
const schedule = (doc: OrderDocument, line = 0, index = 0) => doc.lines[line]!.schedules[index]!;

test("received: everything that was asked for, nothing promised", () => {
  const { type: _, ...order } = received;
  expect(fold(received)).toEqual({
    ...order,
    lifecycle: "received",
    lines: [
      {
        ...order.lines[0],
        schedules: [
          {
            ...order.lines[0]!.schedules[0],
            allocated: "0",
            shipped: "0",
            delivered: "0",
            lost: "0",
            full: false,
            promises: [],
          },
        ],
      },
    ],
    received: cny(0),
    discrepancies: [],
    corrections: [],
    holds: [],
    shipping: "None",
    delivery: "None",
    blockingIssues: [],
    dueOn: "2026-03-20",
    lateFrom: "2026-03-20T16:00:00.000Z",
  });
});
test("what was told before the order itself makes no document", () => {
  const early = { type: "order.issue.noted", issueId: ISSUE } as const;
  expect(fold(early)).toBeUndefined();
  expect(fold(early, received)).toEqual(fold(received));
});

describe("until it is binding", () => {
  const corrected: OrderEvent = {
    type: "order.corrected",
    correctedBy: wang,
    lines: [{ ...received.lines[0]!, quantity: "12" }],
    references: [],
    customFields: [],
    amount: cny(3000),
    freight: cny(0),
    changes: [{ path: "lines.1.quantity", from: "10", to: "12" }],
    note,
  };
  test("corrected: what stands there now, and what was changed", () => {
    const doc = fold({ ...received, paymentTerms: "NET30" }, verified, corrected)!;
    expect(doc).toMatchObject({ lifecycle: "received", amount: cny(3000), lines: [{ quantity: "12" }] });
    expect(doc.corrections).toEqual([{ at: done.at, by: wang, changes: corrected.changes, note }]);
    expect(doc).not.toHaveProperty("verification");
    expect(doc).not.toHaveProperty("paymentTerms");
    expect(doc).not.toHaveProperty("note");
  });
  test("a discrepancy is open, then resolved", () => {
    const { type: _, ...values } = discrepancy;
    const open = fold(received, verified, discrepancy)!;
    expect(open).toMatchObject({ lifecycle: "discrepant", discrepancies: [{ ...values, recorded: done }] });
    expect(open).not.toHaveProperty("verification");
    const resolved = {
      type: "order.discrepancy.resolved",
      discrepancyId: "d1",
      outcome: "agreed",
      open: 0,
      note,
    } as const;
    expect(fold(received, discrepancy, resolved)).toMatchObject({
      lifecycle: "received",
      discrepancies: [{ resolved: { ...done, outcome: "agreed", note } }],
    });
    expect(
      fold(received, discrepancy, { ...discrepancy, discrepancyId: "d2" }, { ...resolved, open: 1 }),
    ).toMatchObject({ lifecycle: "discrepant" });
  });
  test("verified: by whom, and what the rules found", () => {
    const found = [{ rule: "LINES_PRESENT", passed: true }];
    expect(fold(received, { ...verified, verifiedBy: rules, rules: found })).toMatchObject({
      lifecycle: "verified",
      verification: { at: done.at, by: rules, rules: found },
    });
  });
  test("confirmed: the first promise", () => {
    const doc = fold(received, verified, { ...confirmed, payment: { dueOn: "2026-03-05" } })!;
    expect(doc).toMatchObject({
      lifecycle: "confirmed",
      confirmedAt: done.at,
      dueOn: "2026-03-20",
      payment: { dueOn: "2026-03-05" },
    });
    expect(schedule(doc).promises).toEqual([
      { on: "2026-03-20", lateFrom: "2026-03-20T16:00:00.000Z", madeAt: done.at, by: li },
    ]);
    expect(fold(...after([received], ships("1")), verified, confirmed)).toMatchObject({ lifecycle: "inExecution" });
  });
});

describe("decisions", () => {
  test("a new promise stands behind the first, and is what is due", () => {
    const doc = docOf(isConfirmed, {
      type: "RepromiseSchedule",
      lineId: "1",
      scheduleId: "1",
      promisedOn: "2026-03-28",
      reason: "material",
      askedBy: "supplier",
      note,
    });
    expect(schedule(doc).promises.map(({ on }) => on)).toEqual(["2026-03-20", "2026-03-28"]);
    expect(schedule(doc).promises[1]).toMatchObject({ reason: "material", askedBy: "supplier", note });
    expect(doc).toMatchObject({ dueOn: "2026-03-28", lateFrom: "2026-03-28T16:00:00.000Z" });
  });
  test("holds stack and go", () => {
    const place = (hold: "credit" | "stock") => ({ type: "PlaceHold", hold, note }) as const;
    expect(docOf([received], place("credit"), place("stock")).holds).toEqual([
      { ...done, holdId: "credit", hold: "credit", blocks: ["dispatch"], note },
      { ...done, holdId: "stock", hold: "stock", blocks: ["dispatch"], note },
    ]);
    expect(
      docOf([received], place("credit"), place("stock"), { type: "ReleaseHold", hold: "credit" }).holds,
    ).toMatchObject([{ hold: "stock" }]);
  });
  test("cancelled: nothing is due any more, and what was allocated is free", () => {
    const doc = docOf(isConfirmed, asks("4"), { type: "CancelOrder", reason: "x", cancelledBy: "customer", note });
    expect(doc).toMatchObject({
      lifecycle: "cancelled",
      cancellation: { ...done, reason: "x", cancelledBy: "customer", note },
    });
    expect(schedule(doc)).toMatchObject({ allocated: "0" });
    expect(doc).not.toHaveProperty("dueOn");
    expect(doc).not.toHaveProperty("lateFrom");
  });
});

test("who owns it and sees it is told whole", () => {
  const doc = docOf(
    [received],
    { type: "MoveOrder", department: "us", reason: "x" },
    { type: "ShareOrder", person: "qian" },
  );
  expect(doc).toMatchObject({ department: "us", assignee: "li", collaborators: [], shares: [{ person: "qian" }] });
  expect(doc.visibleTo).toEqual(["d:", "d:us", "u:li", "u:qian"]);
  expect(docOf([received], { type: "AssignOrder", assignee: "zhao" }).assignee).toBe("zhao");
});

describe("goods", () => {
  test("allocated, released, declined", () => {
    expect(docOf(isConfirmed, asks("4"))).toMatchObject({ lifecycle: "inExecution" });
    expect(schedule(docOf(isConfirmed, asks("4"), asks("6", OTHER_SHIPMENT)))).toMatchObject({ allocated: "10" });
    expect(schedule(docOf(isConfirmed, asks("4"), { type: "ReleaseAllocation", shipmentId: SHIPMENT }))).toMatchObject({
      allocated: "0",
    });
    expect(docOf(isConfirmed, asks("40"))).toEqual(fold(...isConfirmed));
  });
  test("shipped and lost", () => {
    const shipped = docOf(isConfirmed, asks("10"), ships("10"));
    expect([shipped.shipping, schedule(shipped).shipped]).toEqual(["Full", "10"]);
    const lost = docOf(isConfirmed, asks("10"), ships("10"), loses("10"));
    expect([lost.shipping, schedule(lost).lost]).toEqual(["None", "10"]);
  });
  test("delivered: the latest arrival, late as soon as one of them was", () => {
    const doc = docOf(
      isConfirmed,
      asks("10"),
      ships("10"),
      delivers("4", "2026-03-25T10:00:00.000Z"),
      delivers("6", "2026-03-20T10:00:00.000Z"),
    );
    expect(doc).toMatchObject({
      delivery: "Full",
      arrived: { at: "2026-03-25T10:00:00.000Z", on: "2026-03-25", late: true },
      acceptanceDueAt: "2026-03-27T10:00:00.000Z",
      payment: {},
    });
    expect(doc).not.toHaveProperty("dueOn");
  });
  test("what is open is due: a part that has arrived in full is not", () => {
    const start = [
      installed,
      verified,
      {
        ...confirmed,
        schedules: [
          confirmed.schedules[0]!,
          {
            ...confirmed.schedules[0]!,
            scheduleId: "2",
            promisedOn: "2026-04-01",
            lateFrom: "2026-04-01T16:00:00.000Z",
          },
        ],
      },
    ];
    expect(docOf(start).dueOn).toBe("2026-03-20");
    expect(docOf(start, delivers("6"))).toMatchObject({
      delivery: "Partial",
      dueOn: "2026-04-01",
      lateFrom: "2026-04-01T16:00:00.000Z",
    });
  });
  test("what is disputed arrived nowhere", () => {
    const disputed = { ...delivers("10"), lines: [part("10", "9")] } as OrderCommand;
    expect(docOf(isConfirmed, disputed)).toEqual(fold(...isConfirmed));
  });
});

describe("the end", () => {
  test("accepted by the customer and completed", () => {
    const doc = fold(...isCompleted())!;
    expect(doc).toMatchObject({
      lifecycle: "completed",
      acceptance: { at: done.at, by: "customer" },
      completedAt: done.at,
    });
    expect(doc).not.toHaveProperty("acceptanceDueAt");
    expect(docOf(isDelivered(), { type: "AcceptDelivery", note }).acceptance).toMatchObject({ note });
  });
  test("accepted by the clock", () =>
    expect(docOf(isDelivered(), { type: "ElapseAcceptance", dueAt: "2026-03-27T10:00:00.000Z" })).toMatchObject({
      acceptance: { by: "clock" },
    }));
  test("services are delivered by their acceptance", () => {
    const doc = docOf([ofServices, verified, { ...confirmed, schedules: [] }], { type: "AcceptDelivery" });
    expect(doc).toMatchObject({ lifecycle: "completed", delivery: "Full" });
    expect(schedule(doc)).toMatchObject({ delivered: "1", full: true });
  });
  test("money adds up, but not what is counted nowhere", () => {
    const pay = (minor: number, currency = "CNY") =>
      ({ type: "RecordPayment", receiptId: RECEIPT, amount: { ...cny(minor), currency } }) as const;
    expect(docOf([received], pay(5), pay(6)).received).toEqual(cny(11));
    expect(docOf([received], pay(5), pay(6, "EUR")).received).toEqual(cny(5));
  });
  test("severe issues come and go", () => {
    expect(docOf([received], { type: "NoteIssue", issueId: ISSUE }).blockingIssues).toEqual([ISSUE]);
    expect(
      docOf([received], { type: "NoteIssue", issueId: ISSUE }, { type: "ClearIssue", issueId: ISSUE }).blockingIssues,
    ).toEqual([]);
  });
  test("closed", () =>
    expect(fold(...isCompleted(), { type: "order.closed" })).toMatchObject({ lifecycle: "closed", closedAt: done.at }));
});
