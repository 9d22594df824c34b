// Random commands about holds, and the inputs that somebody could think of for them.
import type { Actor } from "@gendan/eventing";
import * as fc from "fast-check";
import { HOLD_TYPES, type HoldType } from "../../domain/order/holds/holds.events.js";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import { li, wang } from "../../domain/order/spec.js";
import type { OrderState } from "../../domain/order/order.state.js";
import type { RuleKinds } from "../../domain/rules/rule-kinds.js";

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
const proposing = fc
  .tuple(schedules, day, fc.constantFrom(1, 1, 2))
  .map(([changed, promisedOn, version]): OrderCommand => ({
    type: "ProposeAmendment",
    amendmentId: "a1",
    version,
    reason: "x",
    askedBy: "customer",
    lines: [{ lineId: "1", schedules: changed }],
    promises: [{ ...at, promisedOn }],
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
  applyAmendment: ({ amendment }) => [{ type: "ApplyAmendment", amendmentId: amendment.open?.amendmentId ?? "none" }],
  withdrawAmendment: ({ amendment }) => [
    { type: "WithdrawAmendment", amendmentId: amendment.open?.amendmentId ?? "none", reason: "x" },
  ],
  placeHold: () => HOLD_TYPES.map((each) => ({ type: "PlaceHold", hold: each, source: "new" })),
  releaseHold: ({ holds }, { approval }) =>
    [...holds.values()].map((each) => ({ ...each, type: "ReleaseHold", approval: { version: 1, rules: approval } })),
} satisfies Readonly<Record<string, (order: OrderState, rules: RuleKinds) => readonly OrderCommand[]>>;
