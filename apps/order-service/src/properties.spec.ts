// What holds for every order, whatever was asked of it and whatever was reported: over random lives.
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { millionths, type Actor, type Happened } from "@gendan/eventing";
import { deliveryOf, heldOf, shippingOf } from "./domain/order/dimensions.js";
import { orderDecider, orderFacts, type OrderCommand } from "./domain/order/order.decider.js";
import type { OrderEvent } from "./domain/order/order.events.js";
import { invoiceable, invoicedOf, invoicingOf } from "./domain/order/money/invoicing.js";
import { openOf, owedFor } from "./domain/order/money/owed.js";
import { openRefunds } from "./domain/order/money/refunds.js";
import { defined } from "./domain/values.js";
import { netAllocated } from "./domain/order/ledger.js";
import type { OrderState } from "./domain/order/order.state.js";
import type { RuleKinds } from "./domain/rules/rule-kinds.js";
import {
  cny,
  feed,
  givenLine,
  ISSUE,
  li,
  OTHER_SHIPMENT,
  receive,
  RECEIPT,
  rules,
  SHIPMENT,
  system,
  wang,
} from "./domain/order/spec.js";
import { intakeCommands, intakeInputs } from "./properties/intake/spec.js";
import { amendmentSteps, changeCommands, changeInputs, isForetold } from "./properties/change/spec.js";
import { moneyCommands, moneyInputs } from "./properties/money/spec.js";
import { holdsComparison, quoteCommands, quoteDetour, quoteInputs } from "./properties/quote/spec.js";
import { foldOrder } from "./read/fold-order.js";
import type { OrderDocument } from "./read/order.document.js";
import { owedFor as owedOfDocument } from "./read/payment.js";
import { openRefunds as refundsOfDocument } from "./read/refunds.js";
import { goodsCommands, goodsInputs, leaks, returnDetours } from "./properties/goods/spec.js";
import { orderVersions } from "./stored/order.codec.js";
import { approvalCommands, approvalDetours, approvalInputs } from "./properties/approval/spec.js";
import { question, type Question } from "./properties/asking/spec.js";
import { reviewCommands, reviewDetours, reviewInputs } from "./properties/review/spec.js";
import { availableActions, ruleSetActor, type Asking, type OrderAction } from "./write/available-actions.js";

const lines = [
  { ...givenLine, lineId: "1", quantity: "6", overTolerance: "10", schedules: [{ quantity: "2" }, { quantity: "4" }] },
  { ...givenLine, lineId: "2", kind: "service", quantity: "1" },
] as const;
const receiving = (services: boolean): OrderCommand => ({
  ...receive,
  // Goods alone are handed over under it; what services are accepted for is delivered where it is.
  ...(services ? {} : { incoterm: { code: "FOB" } }),
  channel: "import",
  sourceReference: "4711",
  acceptanceDays: 2,
  lines: services ? lines : lines.slice(0, 1),
});

const part = fc.record({
  lineId: fc.constant("1"),
  scheduleId: fc.constantFrom("1", "1", "2", "2", "9"),
  quantity: fc.constantFrom("0", "0.5", "1", "2", "2", "2.2", "4", "4", "4.400001"),
});
const parts = fc.oneof(
  { weight: 2, arbitrary: fc.array(part, { maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.constant(
      ["2", "4"].map((quantity, index) => ({ lineId: "1", scheduleId: `${index + 1}`, quantity })),
    ),
  },
);
const goods = fc.record({ shipmentId: fc.constantFrom(SHIPMENT, SHIPMENT, OTHER_SHIPMENT), lines: parts });
const moment = fc.constantFrom("2026-03-10T02:00:00.000Z", "2026-03-25T10:00:00.000Z");
const day = fc.constantFrom("2026-03-20", "2026-03-28");

const command: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.boolean().map(receiving),
  fc.constantFrom("5", "6").map((quantity): OrderCommand => ({
    type: "CorrectOrder",
    lines: [{ ...lines[0], quantity, schedules: [{ quantity }] }],
  })),
  ...intakeCommands(lines[0]),
  fc.constantFrom("d1", "d2").map((discrepancyId): OrderCommand => ({
    type: "RecordDiscrepancy",
    discrepancyId,
    aspect: "price",
    comparedWith: "quotation",
  })),
  fc
    .constantFrom("d1", "d2")
    .map((discrepancyId): OrderCommand => ({ type: "ResolveDiscrepancy", discrepancyId, outcome: "agreed" })),
  { weight: 4, arbitrary: fc.constant<OrderCommand>({ type: "VerifyOrder" }) },
  ...reviewCommands,
  ...approvalCommands,
  { weight: 4, arbitrary: fc.constant<OrderCommand>({ type: "ConfirmOrder", promises: [], promiseRequested: true }) },
  ...quoteCommands,
  ...changeCommands,
  {
    weight: 3,
    arbitrary: day.map((promisedOn): OrderCommand => ({
      type: "RepromiseSchedule",
      lineId: "1",
      scheduleId: "1",
      promisedOn,
      reason: "x",
      askedBy: "us",
    })),
  },
  fc.constantFrom("cn/west", "us").map((department): OrderCommand => ({ type: "MoveOrder", department, reason: "x" })),
  fc.constantFrom("li", "zhao").map((assignee): OrderCommand => ({ type: "AssignOrder", assignee })),
  fc
    .constantFrom("2026-03-02", "2026-03-20")
    .map((until): OrderCommand => ({ type: "ShareOrder", person: "qian", until })),
  fc.constant<OrderCommand>({ type: "UnshareOrder", person: "qian" }),
  fc.constant<OrderCommand>({ type: "ElapseShares", dueAt: "2026-03-10T02:00:00.000Z" }),
  fc.constant<OrderCommand>({ type: "CancelOrder", reason: "x", cancelledBy: "us" }),
  { weight: 2, arbitrary: fc.constant<OrderCommand>({ type: "AcceptDelivery" }) },
  { weight: 2, arbitrary: fc.constant<OrderCommand>({ type: "CloseOrder" }) },
  { weight: 4, arbitrary: goods.map((each): OrderCommand => ({ type: "AnswerAllocation", ...each })) },
  goods.map(({ shipmentId }): OrderCommand => ({ type: "ReleaseAllocation", shipmentId })),
  {
    weight: 3,
    arbitrary: fc
      .tuple(goods, moment)
      .map(([each, shippedAt]): OrderCommand => ({ type: "RecordShipped", ...each, shippedAt })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(goods, moment)
      .map(([each, deliveredAt]): OrderCommand => ({ type: "RecordDelivered", ...each, deliveredAt })),
  },
  fc.tuple(goods, moment).map(([each, lostAt]): OrderCommand => ({ type: "RecordLost", ...each, lostAt })),
  ...goodsCommands(goods, moment),
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(0, 900, 2500)
      .map((minor): OrderCommand => ({ type: "RecordPayment", receiptId: RECEIPT, amount: cny(minor) })),
  },
  { weight: 20, arbitrary: moneyCommands },
  { weight: 2, arbitrary: fc.constant<OrderCommand>({ type: "NoteIssue", issueId: ISSUE }) },
  { weight: 4, arbitrary: fc.constant<OrderCommand>({ type: "ClearIssue", issueId: ISSUE }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom("2026-03-12T02:00:00.000Z", "2026-03-27T10:00:00.000Z")
      .map((dueAt): OrderCommand => ({ type: "ElapseAcceptance", dueAt })),
  },
);
/** A rule set does nothing but verify. */
const asked = fc
  .record({
    command,
    actor: fc.constantFrom(li, wang, feed),
    asRules: fc.boolean(),
    claimed: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ command: given, actor, asRules, claimed }) => ({
    command: given,
    actor: given.type === "VerifyOrder" && asRules ? rules : actor,
    claimed: claimed === 0,
  }));

/** Most lives begin with the usual steps, so that the later ones are reached too. */
const usual = (enterer: Actor, services: boolean, second: string) => {
  const all = ["2", second].map((quantity, index) => ({ lineId: "1", scheduleId: `${index + 1}`, quantity }));
  const moved = { shipmentId: SHIPMENT, lines: all };
  const steps: [Actor, OrderCommand][] = [
    [enterer, receiving(services)],
    [wang, { type: "VerifyOrder" }],
    [li, { type: "ConfirmOrder", promises: [], promiseRequested: true }],
    [system, { type: "AnswerAllocation", ...moved }],
    [system, { type: "RecordShipped", ...moved, shippedAt: "2026-03-10T02:00:00.000Z" }],
    [system, { type: "RecordDelivered", ...moved, deliveredAt: "2026-03-25T10:00:00.000Z" }],
    [system, { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2500) }],
    [li, { type: "AcceptDelivery" }],
    [li, { type: "CloseOrder" }],
  ];
  return steps.map(([actor, given]) => ({ actor, command: given, claimed: false }));
};
/** Steps that a life may take right after the order was received. */
const detour: readonly OrderCommand[] = [
  { type: "RecordDiscrepancy", discrepancyId: "d1", aspect: "price", comparedWith: "quotation" },
  { type: "ResolveDiscrepancy", discrepancyId: "d1", outcome: "agreed" },
];
const life = fc
  .record({
    enterer: fc.constantFrom(li, feed),
    services: fc.boolean(),
    // Of the second schedule all leaves, or all that the tolerance lets, or a tail stays behind.
    second: fc.constantFrom("4", "4", "4.4", "3"),
    returning: fc.constantFrom([], [], [], ...returnDetours),
    begun: fc.integer({ min: 0, max: 9 }),
    detoured: fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
    way: fc.constantFrom(detour, detour, quoteDetour),
    reviewing: fc.constantFrom(0, 0, 0, 1, 2),
    approving: fc.constantFrom(0, 0, 0, 1, 2, 3),
    amending: amendmentSteps,
    amendedAfter: fc.constantFrom(3, 4),
    more: fc.array(asked, { maxLength: 20, size: "max" }),
  })
  .map(({ enterer, services, second, returning, begun, detoured, way, reviewing: review, ...made }) => {
    const { approving, amending, amendedAfter, more } = made;
    const steps = usual(enterer, services, second).slice(0, begun);
    const aside = way.slice(0, detoured).map((given) => ({ actor: wang, command: given, claimed: false }));
    const approvals =
      begun < 2
        ? []
        : [...reviewDetours[review]!, ...approvalDetours[approving]!].map((step) => ({ ...step, claimed: false }));
    const back = returning.map((given) => ({ actor: li, command: given, claimed: false }));
    const amended = begun < 3 ? [] : amending;
    const shipping = [...steps.slice(2, amendedAfter), ...amended, ...steps.slice(amendedAfter, 6)];
    const delivering = [...shipping, ...back, ...steps.slice(6)];
    return [...steps.slice(0, 1), ...aside, ...steps.slice(1, 2), ...approvals, ...delivering, ...more];
  });

interface Step {
  readonly before: OrderState;
  readonly after: OrderState;
  readonly command: OrderCommand;
  readonly by: Actor;
  readonly events: readonly OrderEvent[] | undefined;
  readonly doc: OrderDocument | undefined;
}

const at = "2026-03-02T08:00:00.000Z";
function live(
  steps: readonly { readonly command: OrderCommand; readonly actor: Actor; readonly claimed: boolean }[],
): Step[] {
  let state = orderDecider.initial;
  let doc: OrderDocument | undefined;
  return steps.map(({ command: given, actor: by, claimed }) => {
    const before = state;
    const claim = claimed && orderFacts.has(given.type) ? { claimedAt: "2031-01-01T00:00:00.000Z" } : {};
    const decision = orderDecider.decide(before, given, { actor: by, at, ...claim });
    const events = "events" in decision ? decision.events : undefined;
    for (const event of events ?? []) {
      state = orderDecider.evolve(state, event);
      doc = foldOrder(doc, event, { event, meta: { actor: by, occurredAt: at, ...claim } } as Happened<OrderEvent>);
    }
    return { before, after: state, command: given, by, events, doc };
  });
}

/** How many lives each rule is held against; they are lived once for all of them. */
const LIVES = 2_000;
const chosen = { numRuns: LIVES, seed: 20_261_123 };
/** A life, and who looks at how it ended. */
const looked = fc.tuple(life, fc.array(question, { minLength: 4, maxLength: 4 }));
type Looked = readonly [steps: Step[], questions: readonly Question[]];
let lived: readonly Looked[] | undefined;

function lives(check: (...looked: Looked) => void): void {
  lived ??= fc.sample(looked, chosen).map(([steps, questions]) => [live(steps), questions]);
  try {
    for (const each of lived) check(...each);
  } catch (error) {
    // Once more, for the shortest life that breaks the rule.
    fc.assert(
      fc.property(looked, ([steps, questions]) => check(live(steps), questions)),
      chosen,
    );
    throw error;
  }
}
const eventsOf = (steps: readonly Step[]) => steps.flatMap(({ events }) => events ?? []);

describe("over random lives", () => {
  test("facts are never refused", () =>
    lives((steps) => {
      for (const { command: given, events } of steps) if (orderFacts.has(given.type)) expect(events).toBeDefined();
    }));

  test("no unit leaks: what is ordered is owed or given up, and every part of it is told where it is", () =>
    lives((steps) => {
      for (const { after, doc } of steps) if (doc) expect(leaks(after, doc)).toEqual([]);
    }));

  test("quantities keep their order: delivered ≤ shipped − lost − returned to sender, shipped ≤ allocated", () =>
    lives((steps) => {
      for (const { after } of steps) {
        for (const schedule of after.schedules.values()) {
          const { allocated, shipped, delivered, lost, returnedToSender } = heldOf(after, schedule);
          expect([allocated, shipped, delivered, lost, returnedToSender].every((units) => units >= 0n)).toBe(true);
          expect(delivered <= shipped - lost - returnedToSender && shipped <= allocated).toBe(true);
        }
      }
    }));

  test("allocated − lost − returned to sender stays within the tolerance, unless a fact broke it and said so", () =>
    lives((steps) => {
      let broken = false;
      for (const { after, events } of steps) {
        for (const event of events ?? []) {
          const over = [
            "SHIPPED_NOT_ALLOCATED",
            "SHIPPED_OVER_QUANTITY",
            "DELIVERED_NOT_SHIPPED",
            "DELIVERED_OVER_QUANTITY",
          ];
          if ("breaches" in event && event.breaches.some(({ code }) => over.includes(code))) broken = true;
        }
        if (broken) return;
        for (const schedule of after.schedules.values()) {
          expect(netAllocated(heldOf(after, schedule)) <= schedule.most).toBe(true);
        }
      }
    }));

  test("nothing but a reopening leads out of the end, and goods are given by binding orders alone", () =>
    lives((steps) => {
      for (const { before, after, events } of steps) {
        if (events?.some(({ type }) => type === "order.allocated")) {
          expect(["confirmed", "inExecution"]).toContain(before.lifecycle);
        }
        if (before.lifecycle !== "closed" && before.lifecycle !== "cancelled") continue;
        const isReopened = before.lifecycle === "closed" && events?.some(({ type }) => type === "order.reopened");
        expect(after.lifecycle).toBe(isReopened ? "completed" : before.lifecycle);
      }
    }));

  test("nobody verifies what they entered or corrected, and no rule set what a person did", () =>
    lives((steps) => {
      for (const { before, by, events } of steps) {
        if (!events?.some(({ type }) => type === "order.verified")) continue;
        expect(before.enteredBy.map(({ id }) => id)).not.toContain(by.id);
        if (by.kind === "ruleSet") expect(before.enteredBy.every(({ kind }) => kind === "service")).toBe(true);
      }
    }));

  test("nobody approves what they asked for, and no level is approved by one person for two", () =>
    lives((steps) => {
      for (const { before, after, events } of steps) {
        for (const event of events ?? []) {
          if (event.type !== "order.approval.given") continue;
          const { requestedBy, given: earlier } = before.approvals.get(event.subject)!;
          expect(event.person).not.toBe(requestedBy);
          expect(earlier.map(({ person }) => person)).not.toContain(event.person);
          if (event.subject === "order") expect(after.lifecycle).toBe(event.next ? "pendingApproval" : "verified");
        }
      }
    }));

  test("no order is confirmed with an open discrepancy or without a promise", () =>
    lives((steps) => {
      for (const { before, after, events } of steps) {
        if (!events?.some(({ type }) => type === "order.confirmed")) continue;
        expect(before.openDiscrepancies.size).toBe(0);
        expect([...after.schedules.values()].every(({ promisedOn }) => promisedOn !== undefined)).toBe(true);
      }
    }));

  test("what has changed is compared anew, and nothing is verified while a difference is open", () =>
    lives((steps) => {
      for (const { before, after } of steps) expect(holdsComparison(before, after)).toBe(true);
    }));

  test("completed is accepted, delivered in full and without a severe issue; closed is paid besides", () =>
    lives((steps) => {
      for (const { before, after, events } of steps) {
        if (events?.some(({ type }) => type === "order.completed")) {
          expect([after.accepted, deliveryOf(after), after.blockingIssues.size]).toEqual([true, "Full", 0]);
        }
        if (events?.some(({ type }) => type === "order.closed")) {
          expect([before.lifecycle, openOf(before) <= 0n]).toEqual(["completed", true]);
          expect(openRefunds(before).size).toBe(0);
        }
      }
    }));

  test("what an amendment takes from shipments was told before it was applied", () =>
    lives((steps) => {
      for (const { before, events } of steps) expect(isForetold(before, events)).toBe(true);
    }));

  test("the first promise never changes", () =>
    lives((steps) => {
      let first: string | undefined;
      for (const { doc } of steps) {
        const promise = doc?.lines[0]?.schedules[0]?.promises[0]?.on;
        expect(promise).toBe(first ?? promise);
        first = promise ?? first;
      }
    }));

  test("the document says what the decisions know", () =>
    lives((steps) => {
      for (const { after, doc } of steps) {
        if (!doc) {
          expect(after.lifecycle).toBe("absent");
          continue;
        }
        expect(doc.lifecycle).toBe(after.lifecycle);
        expect([doc.shipping, doc.delivery]).toEqual([shippingOf(after), deliveryOf(after)]);
        expect(doc.holds.map(({ holdId }) => holdId)).toEqual([...after.holds.keys()]);
        expect(doc.received.minor).toBe(after.received.toString());
        expect(doc.discrepancies.filter(({ resolved, waived }) => !resolved && !waived).length).toBe(
          after.openDiscrepancies.size,
        );
        expect(doc.blockingIssues).toEqual([...after.blockingIssues]);
        expect(BigInt(doc.amount.minor) + BigInt(doc.freight.minor)).toBe(after.total);
        expect(owedOfDocument(doc)).toBe(owedFor(after));
        expect([...refundsOfDocument(doc)]).toEqual([...openRefunds(after)]);
        expect(doc.money?.invoicing ?? "None").toBe(invoicingOf(after));
      }
    }));

  test("milestones sum to the total, and what is settled of them to all that came in or is not owed any more", () =>
    lives((steps) => {
      for (const { after, doc } of steps) {
        const { milestones } = after.money;
        if (milestones.length === 0) continue;
        const sum = (of: "amount" | "settled") => milestones.reduce((all, each) => all + BigInt(each[of].minor), 0n);
        const covered = after.total - openOf(after);
        const settled = covered < 0n ? 0n : covered < after.total ? covered : after.total;
        expect([sum("amount"), sum("settled")]).toEqual([after.total, settled]);
        expect(doc?.money?.milestones).toEqual(milestones);
      }
    }));

  test("no invoice goes above what was shipped then, and no credit note above what is invoiced", () =>
    lives((steps) => {
      for (const { before, after, events } of steps) {
        for (const { lineId } of after.content.lines) {
          const { quantity, amount } = invoicedOf(after, lineId);
          expect([quantity >= 0n, amount >= 0n]).toEqual([true, true]);
          if (!events?.some(({ type }) => type === "order.invoiced")) continue;
          if (quantity > invoicedOf(before, lineId).quantity)
            expect(quantity <= invoiceable(after, lineId, "shipped")).toBe(true);
        }
      }
    }));

  test("an order comes in once, however often it is sent, and its lines add up", () =>
    lives((steps) => {
      expect(eventsOf(steps).filter(({ type }) => type === "order.received").length).toBeLessThanOrEqual(1);
      for (const { after } of steps) {
        for (const { quantity, matrix = [] } of after.content.lines) {
          const sum = matrix.reduce((all, cell) => all + millionths(cell.quantity), 0n);
          expect([0n, millionths(quantity)]).toContain(sum);
        }
      }
    }));

  test("they are many: every event occurs", () => {
    const unseen = new Set<string>(Object.keys(orderVersions));
    for (let seed = 0; unseen.size > 0 && seed < 40; seed++) {
      for (const steps of fc.sample(life, { numRuns: 200, seed: 20_261_123 + seed })) {
        for (const { type } of eventsOf(live(steps))) unseen.delete(type);
      }
    }
    expect([...unseen]).toEqual([]);
  });
});

const ruled = (rules: RuleKinds) =>
  Object.fromEntries(
    (["review", "approval", "authority", "credit"] as const).map((kind) => [kind, { version: 2, rules: rules[kind] }]),
  );

/** Inputs that a caller could think of for each action, in this state. */
type Thinkable = (order: OrderState, rules: RuleKinds, asking: Asking) => readonly OrderCommand[];
const inputs: Readonly<Record<OrderAction, Thinkable>> = {
  ...intakeInputs,
  recordDiscrepancy: () => [
    { type: "RecordDiscrepancy", discrepancyId: "new", aspect: "date", comparedWith: "quotation" },
  ],
  verifyOrder: (_, __, { comparison }) => [{ type: "VerifyOrder", ...defined({ comparison }) }],
  ...reviewInputs,
  ...approvalInputs,
  confirmOrder: ({ schedules }, rules, { confirming }) => [
    {
      rules: ruled(rules),
      confirming,
      type: "ConfirmOrder",
      promiseRequested: false,
      promises: [...schedules.values()].map((schedule) => ({ ...schedule, promisedOn: "2026-12-20" })),
    },
  ],
  repromiseSchedule: ({ schedules }) =>
    [...schedules.values()].flatMap(({ lineId, scheduleId }) =>
      ["2027-01-01", "2027-01-02"].map(
        (promisedOn) =>
          ({ type: "RepromiseSchedule", lineId, scheduleId, promisedOn, reason: "x", askedBy: "us" }) as const,
      ),
    ),
  ...quoteInputs,
  ...changeInputs,
  moveOrder: () => ["cn/west", "us"].map((department) => ({ type: "MoveOrder", department, reason: "x" })),
  assignOrder: () => ["li", "zhao"].map((assignee) => ({ type: "AssignOrder", assignee })),
  shareOrder: () => ["2026-04-01", "2026-04-02"].map((until) => ({ type: "ShareOrder", person: "qian", until })),
  unshareOrder: ({ shares }) =>
    shares.map(({ person, department }) => ({ type: "UnshareOrder", ...defined({ person, department }) })),
  ...goodsInputs,
  cancelOrder: () => [{ type: "CancelOrder", reason: "x", cancelledBy: "us" }],
  acceptDelivery: () => [{ type: "AcceptDelivery" }],
  ...moneyInputs,
  closeOrder: (_, { closing }) => [{ type: "CloseOrder", rules: { version: 1, rules: closing } }],
};

const takes = (order: OrderState, given: OrderCommand, by: Actor): boolean => {
  const decision = orderDecider.decide(order, given, { actor: by, at });
  return "events" in decision && decision.events.length > 0;
};

test("what is listed for a caller is accepted of them with a suitable input, what is not listed changes nothing whatever its input", () =>
  lives((steps, questions) => {
    const { after } = steps.at(-1) ?? { after: orderDecider.initial };
    for (const { by, rules: now, asks } of questions) {
      const listed = availableActions(after, by, now, asks);
      for (const [action, made] of Object.entries(inputs) as [OrderAction, Thinkable][]) {
        const actors = action === "verifyOrder" ? [by, ruleSetActor("completeness@1"), ruleSetActor("import@1")] : [by];
        const taken = made(after, now, asks).some((given) => actors.some((each) => takes(after, given, each)));
        expect([action, listed.includes(action)]).toEqual([action, taken]);
      }
    }
  }));
