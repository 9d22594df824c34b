// Random commands about holds, and the inputs that somebody could think of for them.
import * as fc from "fast-check";
import { HOLD_TYPES, type HoldType } from "../domain/order/holds/holds.events.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { RuleKinds } from "../domain/rules/rule-kinds.js";

const hold = fc.constantFrom<HoldType>("credit", "credit", "credit", ...HOLD_TYPES);
const source = fc.constantFrom({}, {}, { source: "a" });
const rules = fc.constantFrom({}, {
  rules: { version: 1, rules: { credit: { blocks: ["invoice"], expiresAfterHours: 1 } } },
} as const);

const at = { lineId: "1", scheduleId: "1" };
const day = fc.constantFrom("2026-03-20", "2026-03-28");

export const changeCommands: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<OrderCommand> }[] = [
  { weight: 1, arbitrary: day.map((agreedOn): OrderCommand => ({ type: "AgreeDate", ...at, agreedOn })) },
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
  placeHold: () => HOLD_TYPES.map((each) => ({ type: "PlaceHold", hold: each, source: "new" })),
  releaseHold: ({ holds }, { approval }) =>
    [...holds.values()].map((each) => ({ ...each, type: "ReleaseHold", approval: { version: 1, rules: approval } })),
} satisfies Readonly<Record<string, (order: OrderState, rules: RuleKinds) => readonly OrderCommand[]>>;
