// Random commands about holds, and the inputs that somebody could think of for them.
import type { Actor } from "@gendan/eventing";
import * as fc from "fast-check";
import { impactOf } from "../../domain/order/amendment/impact.js";
import { HOLD_TYPES, type HoldType } from "../../domain/order/holds/holds.events.js";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import type { OrderEvent } from "../../domain/order/order.events.js";
import { li, wang } from "../../domain/order/spec.js";
import type { OrderState } from "../../domain/order/order.state.js";
import type { RuleKinds } from "../../domain/rules/rule-kinds.js";
import { intakeRules } from "../intake/spec.js";
import type { Asking } from "../../write/available-actions.js";

const hold = fc.constantFrom<HoldType>("credit", "credit", "credit", ...HOLD_TYPES);
const source = fc.constantFrom({}, {}, { source: "a" });
const rules = fc.constantFrom({}, {
  rules: { version: 1, rules: { credit: { blocks: ["invoice"], expiresAfterHours: 1 } } },
} as const);

const at = { lineId: "1", scheduleId: "1" };
const day = fc.constantFrom("2026-03-20", "2026-03-28");

const schedules = fc.constantFrom<{ readonly scheduleId: string; readonly quantity: string }[]>(
  [{ scheduleId: "1", quantity: "1" }],
  [
    { scheduleId: "1", quantity: "2" },
    { scheduleId: "2", quantity: "1" },
  ],
  [
    { scheduleId: "1", quantity: "5" },
    { scheduleId: "2", quantity: "4" },
  ],
);
/** What was more of it may have been given to a shipment, or have left. */
const tolerance = fc.constantFrom({}, {}, { overTolerance: "0" }, { overTolerance: "0", underTolerance: "10" });
const ofLine = fc.oneof(
  fc.tuple(schedules, tolerance).map(([changed, within]) => ({ lineId: "1", schedules: changed, ...within })),
  tolerance.map((within) => ({ lineId: "1", ...within })),
);
const terms = fc.constantFrom({}, {}, {}, { milestones: [] }, {
  milestones: [
    { milestoneId: "a", percent: "40", due: "confirmation", days: 5 },
    { milestoneId: "c", due: "delivery", days: 1 },
  ],
} as const);
const proposing = fc
  .tuple(ofLine, day, fc.constantFrom(1, 1, 2), fc.constantFrom({}, {}, {}, { rules: intakeRules }), terms)
  .map(([changed, promisedOn, version, under, paid]): OrderCommand => ({
    type: "ProposeAmendment",
    amendmentId: "a1",
    version,
    reason: "x",
    askedBy: "customer",
    lines: [changed],
    promises: [{ ...at, promisedOn }],
    ...under,
    ...paid,
  }));

/** An amendment by the usual steps, as far as they go: they begin right after the confirmation. */
export const amendmentSteps = fc
  .tuple(proposing, fc.constantFrom(0, 0, 1, 2, 3, 3, 3), fc.boolean())
  .map(([proposal, length, withdrawn]) => {
    const last: OrderCommand = withdrawn
      ? { type: "WithdrawAmendment", amendmentId: "a1", reason: "x" }
      : { type: "ApplyAmendment", amendmentId: "a1" };
    const steps: [Actor, OrderCommand][] = [
      [li, proposal],
      [wang, { type: "ApproveAmendment", amendmentId: "a1" }],
      [li, last],
    ];
    return steps.slice(0, length).map(([actor, command]) => ({ actor, command, claimed: false }));
  });

export const changeCommands: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<OrderCommand> }[] = [
  { weight: 1, arbitrary: day.map((agreedOn): OrderCommand => ({ type: "AgreeDate", ...at, agreedOn })) },
  { weight: 4, arbitrary: proposing },
  { weight: 4, arbitrary: fc.constant<OrderCommand>({ type: "ApproveAmendment", amendmentId: "a1" }) },
  { weight: 4, arbitrary: fc.constant<OrderCommand>({ type: "ApplyAmendment", amendmentId: "a1" }) },
  { weight: 1, arbitrary: fc.constant<OrderCommand>({ type: "WithdrawAmendment", amendmentId: "a1", reason: "x" }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(hold, source, rules)
      .map(([each, of, under]): OrderCommand => ({ type: "PlaceHold", hold: each, ...of, ...under })),
  },
  { weight: 3, arbitrary: hold.map((each): OrderCommand => ({ type: "ReleaseHold", hold: each })) },
  {
    weight: 1,
    arbitrary: fc.tuple(hold, source).map(([each, of]): OrderCommand => ({ type: "ImposeHold", hold: each, ...of })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(hold, source).map(([each, of]): OrderCommand => ({ type: "LiftHold", hold: each, ...of })),
  },
  { weight: 1, arbitrary: fc.constant<OrderCommand>({ type: "ElapseHolds", dueAt: "2026-03-10T02:00:00.000Z" }) },
];

/** What applying an amendment gives back was told before: each shipment by name, with what it loses. */
export function isForetold(before: OrderState, events: readonly OrderEvent[] | undefined): boolean {
  if (!events?.some(({ type }) => type === "order.amended")) return true;
  const { releases = [], shipmentIds = [] } = impactOf(before, "2026-03-02T08:00:00.000Z") ?? {};
  const released = events.flatMap((event) =>
    event.type === "order.allocation.released" ? [{ shipmentId: event.shipmentId, lines: event.lines }] : [],
  );
  const named = releases.every(({ shipmentId }) => shipmentIds.includes(shipmentId));
  return named && JSON.stringify(released) === JSON.stringify(releases);
}

export const changeInputs = {
  agreeDate: ({ schedules }) =>
    [...schedules.values()].flatMap(({ lineId, scheduleId }) =>
      ["2027-01-01", "2027-01-02"].map((agreedOn) => ({ type: "AgreeDate", lineId, scheduleId, agreedOn })),
    ),
  proposeAmendment: ({ version, content }) => [
    {
      type: "ProposeAmendment",
      amendmentId: "new",
      version,
      reason: "x",
      askedBy: "customer",
      paymentTerms: content.paymentTerms === "COD" ? "PREPAID" : "COD",
    },
  ],
  approveAmendment: ({ amendment }) => [
    { type: "ApproveAmendment", amendmentId: amendment.open?.amendmentId ?? "none" },
  ],
  applyAmendment: ({ amendment }, { approval }) => [
    {
      type: "ApplyAmendment",
      amendmentId: amendment.open?.amendmentId ?? "none",
      approval: { version: 1, rules: approval },
    },
  ],
  withdrawAmendment: ({ amendment }) => [
    { type: "WithdrawAmendment", amendmentId: amendment.open?.amendmentId ?? "none", reason: "x" },
  ],
  placeHold: (_, { holds: under }, { approver: { roles } }) =>
    HOLD_TYPES.map((each) => ({
      type: "PlaceHold",
      hold: each,
      source: "new",
      rules: { version: 1, rules: under },
      roles,
    })),
  releaseHold: ({ holds }, { approval, holds: under }, { approver: { roles } }) =>
    [...holds.values()].map(({ hold: type, holdId }) => ({
      type: "ReleaseHold",
      hold: type,
      holdId,
      rules: { version: 1, rules: under },
      roles,
      approval: { version: 1, rules: approval },
    })),
} satisfies Readonly<Record<string, (order: OrderState, rules: RuleKinds, asking: Asking) => readonly OrderCommand[]>>;
