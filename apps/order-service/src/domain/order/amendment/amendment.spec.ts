import { describe, expect, test } from "@jest/globals";
import {
  after,
  asks,
  cny,
  confirmed,
  delivers,
  feed,
  given,
  installed,
  isCompleted,
  isConfirmed,
  li,
  loses,
  OTHER_SHIPMENT,
  part,
  received,
  RECEIPT,
  SHIPMENT,
  ships,
  system,
  verified,
  wang,
} from "../spec.js";
import type { OrderEvent } from "../order.events.js";
import type { MilestoneTerm } from "../money/money.events.js";
import { impactOf } from "./impact.js";
import type { ProposeAmendment } from "./propose-amendment.js";

const by = { actor: li };
const other = { actor: wang, at: "2026-03-06T00:00:00.000Z" };
const base = { type: "ProposeAmendment", amendmentId: "a1", version: 1, reason: "less", askedBy: "customer" } as const;
const propose = (more: Partial<ProposeAmendment>): ProposeAmendment => ({ ...base, ...more });
const approve = { type: "ApproveAmendment", amendmentId: "a1" } as const;
const apply = { type: "ApplyAmendment", amendmentId: "a1" } as const;
const withdraw = { type: "WithdrawAmendment", amendmentId: "a1", reason: "kept" } as const;
const ordering = (quantity: string) => propose({ lines: [{ lineId: "1", quantity }] });

/** The events up to the approval by another person. */
function approved(start: readonly OrderEvent[], amendment: ProposeAmendment): OrderEvent[] {
  const proposed = deciding(start, amendment, by);
  return deciding(proposed, approve, other);
}
function deciding(
  start: readonly OrderEvent[],
  command: Parameters<ReturnType<typeof given>["when"]>[0],
  as: typeof by,
) {
  const { decision } = given(...start).when(command, as);
  if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
  return [...start, ...decision.events];
}
const applied = (start: readonly OrderEvent[], amendment: ProposeAmendment) =>
  deciding(approved(start, amendment), apply, other);
const stateOf = (events: readonly OrderEvent[]) => given(...events).state();
const scheduleOf = (events: readonly OrderEvent[], key = "1\u00001") => stateOf(events).schedules.get(key);

describe("is proposed", () => {
  test("with what the order is to consist of, its sums, and value by value what changes", () => {
    const { decision } = given(...isConfirmed).when(
      propose({
        lines: [{ lineId: "1", quantity: "12", unitPrice: cny(300) }],
        promises: [{ lineId: "1", scheduleId: "1", promisedOn: "2026-03-25" }],
      }),
      by,
    );
    expect(decision).toMatchObject({
      events: [
        {
          type: "order.amendment.proposed",
          version: 1,
          proposedBy: li,
          amount: cny(3600),
          content: { lines: [{ quantity: "12", schedules: [{ quantity: "12", requestedOn: "2026-03-20" }] }] },
          promises: [{ promisedOn: "2026-03-25", lateFrom: "2026-03-25T16:00:00.000Z" }],
          changes: [
            { path: "lines.1.quantity", from: "10", to: "12" },
            { path: "lines.1.unitPrice", from: "250 CNY", to: "300 CNY" },
            { path: "lines.1.amount", from: "2500 CNY", to: "3600 CNY" },
            { path: "lines.1.schedules.1.quantity", from: "10", to: "12" },
            { path: "lines.1.schedules.1.promisedOn", from: "2026-03-20", to: "2026-03-25" },
          ],
        },
      ],
    });
    expect(scheduleOf(deciding(isConfirmed, ordering("12"), by))).toMatchObject({ quantity: "10" });
  });
  test("of the version that it names, one at a time, and only of a binding order", () => {
    given(...isConfirmed)
      .when({ ...ordering("12"), version: 2 }, by)
      .refused("VERSION_STALE");
    const open = deciding(isConfirmed, ordering("12"), by);
    given(...open)
      .when({ ...ordering("9"), amendmentId: "a2" }, by)
      .refused("AMENDMENT_OPEN");
    given(received, verified).when(ordering("12"), by).refused("ORDER_STATE");
    given(...isCompleted())
      .when(ordering("12"), by)
      .refused("ORDER_STATE");
  });
  test("not where it changes nothing", () =>
    given(...isConfirmed)
      .when(ordering("10"), by)
      .unchanged());
  test("complete, or with every fault named", () => {
    given(...isConfirmed)
      .when(propose({ lines: [{ lineId: "9", quantity: "1" }], dropped: ["8"] }), by)
      .refused("LINE_UNKNOWN", "LINE_UNKNOWN");
    given(...isConfirmed)
      .when(propose({ dropped: ["1"] }), by)
      .refused("LINES_MISSING");
    given(...isConfirmed)
      .when(propose({ lines: [{ lineId: "1", quantity: "0" }] }), by)
      .refused("QUANTITY_NOT_POSITIVE");
    given(...isConfirmed)
      .when(propose({ added: [{ sku: "B", quantity: "1", unitPrice: cny(1) }], reason: " " }), by)
      .refused("PROMISE_MISSING", "TEXT_MISSING");
    given(...isConfirmed)
      .when(propose({ promises: [{ lineId: "1", scheduleId: "9", promisedOn: "2026-02-30" }] }), by)
      .refused("DATE_INVALID", "SCHEDULE_UNKNOWN");
  });
  test("never below what has left and was not lost, nor of another item than what moved", () => {
    const shipped = after(isConfirmed, asks("10"), ships("6"));
    given(...shipped)
      .when(ordering("5.999999"), by)
      .refused("BELOW_SHIPPED");
    expect(given(...shipped).when(ordering("6"), by).decision).toHaveProperty("events.length", 1);
    expect(given(...after(shipped, loses("2"))).when(ordering("4"), by).decision).toHaveProperty("events.length", 1);
    given(...shipped)
      .when(propose({ lines: [{ lineId: "1", unit: "kg" }] }), by)
      .refused("LINE_MOVED");
  });
  test("nor of a tolerance that would be less than what has left", () => {
    const tolerant = [{ ...received, lines: [{ ...received.lines[0]!, overTolerance: "10" }] }, verified, confirmed];
    const shipped = after(tolerant, asks("10.5"), ships("10.5"));
    const within = (overTolerance: string) => propose({ lines: [{ lineId: "1", overTolerance }] });
    given(...shipped)
      .when(within("4.99"), by)
      .refused("BELOW_SHIPPED");
    expect(given(...shipped).when(within("5"), by).decision).toHaveProperty("events.length", 1);
    const underneath = propose({ lines: [{ lineId: "1", underTolerance: "5" }] });
    expect(given(...after(isConfirmed, ships("12"))).when(underneath, by).decision).toHaveProperty("events.length", 1);
  });
});

describe("is approved", () => {
  const open = deciding(isConfirmed, ordering("12"), by);
  test("by another person than who proposed it, once", () => {
    given(...open)
      .when(approve, by)
      .refused("PROPOSER_APPROVES");
    given(...open)
      .when(approve, { actor: system })
      .refused("APPROVER_NEEDED");
    given(...open)
      .when(approve, { actor: { ...feed, onBehalfOf: "li" } })
      .refused("PROPOSER_APPROVES");
    given(...open)
      .when(approve, other)
      .then({ type: "order.amendment.approved", amendmentId: "a1", approvedBy: wang });
    given(...approved(isConfirmed, ordering("12")))
      .when(approve, other)
      .unchanged();
  });
  test("not another one than is open", () => {
    given(...open)
      .when({ ...approve, amendmentId: "a2" }, other)
      .refused("AMENDMENT_NOT_FOUND");
    given(...isConfirmed)
      .when(approve, other)
      .refused("AMENDMENT_NOT_FOUND");
  });
  test("before it is applied", () =>
    given(...open)
      .when(apply, by)
      .refused("AMENDMENT_NOT_APPROVED"));
});

test("is withdrawn for a reason: the order stays, and takes the next", () => {
  const open = approved(isConfirmed, ordering("12"));
  given(...open)
    .when({ ...withdraw, reason: "" }, by)
    .refused("TEXT_MISSING");
  given(...open)
    .when(withdraw, by)
    .then({ type: "order.amendment.withdrawn", amendmentId: "a1", reason: "kept" });
  const events = deciding(open, withdraw, by);
  expect(stateOf(events)).toMatchObject({ version: 1, amendment: {}, total: 2500n });
  given(...events)
    .when(apply, by)
    .refused("AMENDMENT_NOT_FOUND");
  expect(given(...events).when(ordering("9"), by).decision).toHaveProperty("events.length", 1);
});

describe("is applied as the next version", () => {
  test("the order is as it says: quantities, tolerances, sums, promises", () => {
    const events = applied(isConfirmed, propose({ lines: [{ lineId: "1", quantity: "12", overTolerance: "10" }] }));
    expect(stateOf(events)).toMatchObject({ version: 2, amendment: {}, total: 3000n, lifecycle: "confirmed" });
    expect(scheduleOf(events)).toMatchObject({
      quantity: "12",
      most: 13_200_000n,
      least: 12_000_000n,
      promisedOn: "2026-03-20",
    });
    expect(events.at(-1)).toMatchObject({
      type: "order.amended",
      version: 2,
      schedules: [{ quantity: "12", promisedOn: "2026-03-20", lateFrom: "2026-03-20T16:00:00.000Z" }],
      shipping: "None",
      delivery: "None",
    });
    given(...events)
      .when(ordering("9"), by)
      .refused("VERSION_STALE");
  });
  test("lines come and go; one that comes new has its day, and a number that none had", () => {
    const both = [installed, verified, confirmedAs("1", "2")];
    const events = applied(
      both,
      propose({
        dropped: ["2"],
        added: [{ sku: "B", quantity: "3", unitPrice: cny(100) }],
        promises: [{ lineId: "3", scheduleId: "1", promisedOn: "2026-04-01" }],
      }),
    );
    expect([...stateOf(events).schedules.keys()]).toEqual(["1\u00001", "1\u00002", "3\u00001"]);
    expect(scheduleOf(events, "3\u00001")).toMatchObject({ sku: "B", quantity: "3", promisedOn: "2026-04-01" });
    expect(stateOf(events).total).toBe(2800n);
  });
  test("terms and address are as it says", () => {
    const events = applied(isConfirmed, propose({ paymentTerms: "NET30", incoterm: { code: "FOB", place: "上海" } }));
    expect(stateOf(events).content).toMatchObject({ paymentTerms: "NET30", incoterm: { code: "FOB" } });
  });

  describe("what is allocated beyond it is given back", () => {
    const twice = after(isConfirmed, asks("4"), asks("6", OTHER_SHIPMENT));
    const releases = (start: readonly OrderEvent[], quantity: string) =>
      applied(start, ordering(quantity)).flatMap((event) =>
        event.type === "order.allocation.released" ? [[event.shipmentId, event.lines[0]!.quantity, event.because]] : [],
      );
    test("the newest first, and no more than that", () => {
      expect(releases(twice, "10.5")).toEqual([]);
      expect(releases(twice, "7")).toEqual([[OTHER_SHIPMENT, "3", "amendment"]]);
      expect(releases(twice, "3")).toEqual([
        [OTHER_SHIPMENT, "6", "amendment"],
        [SHIPMENT, "1", "amendment"],
      ]);
    });
    test("not what has left", () => {
      const left = after(twice, { ...ships("5", OTHER_SHIPMENT) });
      expect(releases(left, "5")).toEqual([
        [OTHER_SHIPMENT, "1", "amendment"],
        [SHIPMENT, "4", "amendment"],
      ]);
    });
    test("all of a line that is dropped; what comes of it later is of no schedule", () => {
      const both = after([installed, verified, confirmedAs("1", "2")], asks("4"));
      const events = applied(both, propose({ dropped: ["1"] }));
      expect(events.at(-2)).toMatchObject({ type: "order.allocation.released", lines: [part("4")] });
      expect(after(events, ships("4")).at(-1)).toMatchObject({ breaches: [{ code: "SCHEDULE_UNKNOWN" }] });
      expect(after(events, { type: "CancelOrder", reason: "x", cancelledBy: "us" }).at(-1)).toMatchObject({
        type: "order.cancelled",
      });
    });
  });

  test("not against goods that have left since it was approved", () => {
    const events = approved(after(isConfirmed, asks("10")), ordering("5"));
    given(...after(events, ships("6")))
      .when(apply, by)
      .refused("BELOW_SHIPPED");
  });
  test("less may be delivered in full by it: the customer's time to answer begins, and the money is due", () => {
    const most = after(
      [{ ...received, paymentTerms: "NET30" }, verified, confirmed],
      asks("10"),
      ships("8"),
      delivers("8"),
    );
    const events = applied(most, ordering("8"));
    expect(events.at(-1)).toMatchObject({
      delivery: "Full",
      progress: [{ delivered: "8", full: true }],
      acceptanceDueAt: "2026-03-13T00:00:00.000Z",
      payment: { dueOn: "2026-04-05" },
    });
    expect(stateOf(events).acceptanceDueAt).toBe("2026-03-13T00:00:00.000Z");
    expect(after(events, { type: "AcceptDelivery" }).at(-1)).toEqual({ type: "order.completed" });
  });
  test("more is open again, and no clock accepts it", () => {
    const events = applied(after(isConfirmed, asks("10"), ships("10"), delivers("10")), ordering("12"));
    expect(events.at(-1)).toMatchObject({ delivery: "Partial", progress: [{ full: false }] });
    expect(stateOf(events).acceptanceDueAt).toBeUndefined();
  });
});

describe("what it would do", () => {
  const impact = (start: readonly OrderEvent[], amendment: ProposeAmendment) =>
    impactOf(stateOf(deciding(start, amendment, by)), "2026-03-06T00:00:00.000Z");
  test("is nothing where none is open", () => expect(impactOf(stateOf(isConfirmed), other.at)).toBeUndefined());
  test("promises that move, allocations that go back, shipments, approvals, sums", () =>
    expect(
      impact(
        after(isConfirmed, asks("4"), asks("6", OTHER_SHIPMENT)),
        propose({
          lines: [{ lineId: "1", quantity: "7" }],
          promises: [{ lineId: "1", scheduleId: "1", promisedOn: "2026-03-25" }],
        }),
      ),
    ).toEqual({
      promises: [{ lineId: "1", scheduleId: "1", from: "2026-03-20", to: "2026-03-25" }],
      releases: [{ shipmentId: OTHER_SHIPMENT, lines: [part("3")] }],
      shipmentIds: [SHIPMENT, OTHER_SHIPMENT],
      approvals: ["ANOTHER_PERSON"],
      obstacles: [],
      before: cny(2500),
      after: cny(1750),
      exposure: cny(-750),
      milestones: [],
    }));
  test("of the tolerance alone too: what it gives back is of a shipment that it names", () => {
    const tolerant = [{ ...received, lines: [{ ...received.lines[0]!, overTolerance: "10" }] }, verified, confirmed];
    const narrower = propose({ lines: [{ lineId: "1", overTolerance: "5" }] });
    expect(impact(after(tolerant, asks("4"), asks("7", OTHER_SHIPMENT)), narrower)).toMatchObject({
      releases: [{ shipmentId: OTHER_SHIPMENT, lines: [part("0.5")] }],
      shipmentIds: [SHIPMENT, OTHER_SHIPMENT],
    });
    const underneath = propose({ lines: [{ lineId: "1", underTolerance: "5" }] });
    expect(impact(after(tolerant, asks("4")), underneath)).toMatchObject({ releases: [], shipmentIds: [SHIPMENT] });
    expect(impact(after(tolerant, asks("4")), propose({ paymentTerms: "COD" }))).toMatchObject({ shipmentIds: [] });
  });
  test("payment milestones, by the order's terms", () => {
    const terms = { type: "order.payment.terms.agreed", milestones: halves } as unknown as OrderEvent;
    expect(impact([...isConfirmed, terms], ordering("20"))!.milestones).toEqual([
      { milestoneId: "deposit", before: cny(750), after: cny(1500) },
      { milestoneId: "rest", before: cny(1750), after: cny(3500) },
    ]);
  });
  test("and what stands against it by now", () => {
    const open = approved(after(isConfirmed, asks("10")), ordering("5"));
    expect(impactOf(stateOf(after(open, ships("6"))), other.at)).toMatchObject({
      approvals: [],
      obstacles: ["BELOW_SHIPPED"],
    });
  });
  test("a line that is dropped or comes new has a day on one side alone", () =>
    expect(
      impact(
        [installed, verified, confirmedAs("1", "2")],
        propose({
          dropped: ["2"],
          added: [{ sku: "B", quantity: "3", unitPrice: cny(100) }],
          promises: [{ lineId: "3", scheduleId: "1", promisedOn: "2026-04-01" }],
        }),
      )!.promises,
    ).toEqual([
      { lineId: "2", scheduleId: "1", from: "2026-03-20" },
      { lineId: "3", scheduleId: "1", to: "2026-04-01" },
    ]));
});

const halves = [
  { milestoneId: "deposit", due: "confirmation", days: 0, percent: "30" },
  { milestoneId: "rest", due: "delivery", days: 0, percent: "70" },
];

/** Both schedules of the goods and the service are promised. */
function confirmedAs(...lines: readonly string[]): OrderEvent {
  const [schedule] = confirmed.schedules;
  const all = lines.flatMap((lineId) =>
    (lineId === "1" ? ["1", "2"] : ["1"]).map((scheduleId) => ({ ...schedule!, lineId, scheduleId })),
  );
  return { ...confirmed, schedules: all };
}

describe("payment milestones", () => {
  const term = (milestoneId: string, more: object) => ({ milestoneId, due: "delivery", days: 0, ...more }) as const;
  const deposit = term("deposit", { percent: "30", due: "confirmation", days: 3 }) as MilestoneTerm;
  const rest = term("rest", { due: "endOfMonth", days: 30 }) as MilestoneTerm;
  const confirm = { type: "ConfirmOrder", promises: [], promiseRequested: true } as const;
  const binding = (...milestones: MilestoneTerm[]) =>
    after([...after([received], { type: "AgreePaymentTerms", milestones }), verified], confirm);
  const shown = (events: readonly OrderEvent[]) =>
    stateOf(events).money.milestones.map(({ milestoneId, amount, settled, dueOn }) => {
      return [milestoneId, amount.minor, settled.minor, dueOn];
    });
  const pay = (minor: number, milestoneId: string) =>
    ({ type: "RecordPayment", receiptId: RECEIPT, amount: cny(minor), milestoneId }) as const;

  test("are as the amendment says from its application on: a day that has begun moves by the difference", () => {
    const later = { ...deposit, percent: "40", days: 10 };
    const start = binding(deposit, rest);
    expect(shown(start)).toEqual([
      ["deposit", "750", "0", "2026-03-05"],
      ["rest", "1750", "0", undefined],
    ]);
    const amendment = propose({ milestones: [later, rest] });
    expect(shown(approved(start, amendment))).toEqual(shown(start));
    const amended = applied(start, amendment);
    expect(shown(amended)).toEqual([
      ["deposit", "1000", "0", "2026-03-12"],
      ["rest", "1500", "0", undefined],
    ]);
    expect(amended.find(({ type }) => type === "order.amended")).toMatchObject({
      version: 2,
      milestones: [later, rest],
      changes: [{ path: "paymentMilestones.deposit", from: "30% confirmation+3", to: "40% confirmation+10" }],
    });
  });
  test("that wait for what has happened already are due from that day on", () => {
    const balance = term("balance", { percent: "20", due: "confirmation", days: 7 }) as MilestoneTerm;
    expect(shown(applied(binding(deposit, rest), propose({ milestones: [deposit, balance, rest] })))).toEqual([
      ["deposit", "750", "0", "2026-03-05"],
      ["balance", "500", "0", "2026-03-13"],
      ["rest", "1250", "0", undefined],
    ]);
  });
  test("that go leave what was paid for them to the others, the earliest first", () => {
    const paid = after(binding(deposit, rest), pay(900, "rest"));
    expect(shown(paid).map((each) => each[2])).toEqual(["0", "900"]);
    const early = term("early", { percent: "50", due: "confirmation", days: 1 }) as MilestoneTerm;
    const late = term("late", { due: "delivery", days: 0 }) as MilestoneTerm;
    expect(shown(applied(paid, propose({ milestones: [early, late] }))).map((each) => each[2])).toEqual(["900", "0"]);
  });
  test("may go altogether: the code of the terms counts again", () => {
    const amended = stateOf(applied(binding(deposit, rest), propose({ milestones: [] })));
    expect([amended.money.terms, amended.money.milestones]).toEqual([[], []]);
  });
  test("sum to the total as it would be, with every fault told", () => {
    const amounts = [
      term("a", { amount: cny(2000) }) as MilestoneTerm,
      term("b", { amount: cny(1000) }) as MilestoneTerm,
    ];
    given(...isConfirmed)
      .when(propose({ milestones: amounts }), by)
      .refused("MILESTONES_DO_NOT_SUM");
    const more = propose({ lines: [{ lineId: "1", quantity: "12" }], milestones: amounts });
    expect(shown(applied(isConfirmed, more)).map((each) => each[1])).toEqual(["2000", "1000"]);
    given(...isConfirmed)
      .when(propose({ milestones: [term("a", {}) as MilestoneTerm, term("a", { days: -1 }) as MilestoneTerm] }), by)
      .refused("DUPLICATE_MILESTONE", "MILESTONE_SHARE_MISSING", "DAYS_INVALID");
  });
  test("that stay as they are change nothing; in another order they do", () => {
    const start = binding(deposit, { ...rest, percent: "70" });
    given(...start)
      .when(propose({ milestones: [deposit, { ...rest, percent: "70" }] }), by)
      .unchanged();
    const swapped = given(...start).when(propose({ milestones: [{ ...rest, percent: "70" }, deposit] }), by).decision;
    const changes = [{ path: "paymentMilestones.order", from: "deposit, rest", to: "rest, deposit" }];
    expect(swapped).toMatchObject({ events: [{ changes }] });
  });
  test("move in the impact, with their amounts and days", () => {
    const later = { ...deposit, percent: "40", days: 10 };
    const fresh = term("fresh", { due: "confirmation", days: 1 }) as MilestoneTerm;
    const proposed = deciding(binding(deposit, rest), propose({ milestones: [later, fresh] }), by);
    expect(impactOf(stateOf(proposed), other.at)!.milestones).toEqual([
      { milestoneId: "deposit", before: cny(750), after: cny(1000), dueBefore: "2026-03-05", dueAfter: "2026-03-12" },
      { milestoneId: "rest", before: cny(1750) },
      { milestoneId: "fresh", after: cny(1500), dueAfter: "2026-03-07" },
    ]);
  });
});
