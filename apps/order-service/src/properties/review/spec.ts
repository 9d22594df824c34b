// Reviews among the random lives of orders.
import * as fc from "fast-check";
import { departmentTokens, sees, type Actor } from "@gendan/eventing";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import type { OrderState } from "../../domain/order/order.state.js";
import { li, system, wang } from "../../domain/order/spec.js";
import type { Ruled, RuleKinds } from "../../domain/rules/rule-kinds.js";
import type { Asking } from "../../write/available-actions.js";

/** The department of everybody in these lives answers, and the customer signs. */
export const reviewing: Ruled<"review"> = {
  version: 2,
  rules: { departments: [{ department: "cn/east", hours: 24 }], countersigned: [{}] },
};

const answer = (lineId: string, scheduleId: string, given: "yes" | "no"): OrderCommand => ({
  type: "AnswerReview",
  department: "cn/east",
  isOfDepartment: true,
  answers: [
    given === "no"
      ? { lineId, scheduleId, answer: given }
      : { lineId, scheduleId, answer: given, readyOn: "2026-03-24" },
  ],
});
const sign: OrderCommand = { type: "RecordCountersignature", version: 1, signedOn: "2026-03-01", reference: "x" };
const override = (scheduleId: string): OrderCommand => ({
  type: "OverrideReply",
  lineId: "1",
  scheduleId,
  promisedOn: "2026-03-10",
  reason: "x",
});
const place = fc.constantFrom("1", "2");

export const reviewCommands: readonly fc.WeightedArbitrary<OrderCommand>[] = [
  { weight: 2, arbitrary: fc.constant<OrderCommand>({ type: "OpenReview", review: reviewing }) },
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.constantFrom("yes", "yes", "no")).map(([at, said]) => answer("1", at, said)),
  },
  { weight: 1, arbitrary: place.map(override) },
  { weight: 1, arbitrary: fc.constant(sign) },
  { weight: 1, arbitrary: fc.constant<OrderCommand>({ type: "ElapseReview", dueAt: "2026-03-04T08:00:00.000Z" }) },
];

/** Ways that a life may take after the verification. */
export const reviewDetours: readonly (readonly { readonly actor: Actor; readonly command: OrderCommand }[])[] = [
  [],
  [
    { actor: li, command: { type: "OpenReview", review: reviewing } },
    { actor: system, command: { type: "ElapseReview", dueAt: "2026-03-04T08:00:00.000Z" } },
    { actor: li, command: answer("1", "1", "yes") },
    { actor: li, command: answer("1", "2", "no") },
    { actor: wang, command: override("2") },
    { actor: wang, command: sign },
  ],
  [
    { actor: li, command: { type: "OpenReview", review: reviewing } },
    { actor: li, command: answer("1", "1", "yes") },
    {
      actor: li,
      command: {
        type: "CorrectOrder",
        lines: [{ sku: "B", quantity: "6", unitPrice: { minor: "250", currency: "CNY" } }],
      },
    },
  ],
];

/** Inputs that a caller could think of. */
export const reviewInputs = {
  openReview: (_: OrderState, { review }: RuleKinds): readonly OrderCommand[] => [
    { type: "OpenReview", review: { version: 2, rules: review } },
  ],
  answerReview: ({ schedules }: OrderState, _: RuleKinds, { approver }: Asking): readonly OrderCommand[] =>
    [...schedules.values()].flatMap(({ lineId, scheduleId }) =>
      ["2026-03-24", "2026-03-25"].map((readyOn) => ({
        type: "AnswerReview",
        department: "cn/east",
        isOfDepartment: sees(approver.tokens, departmentTokens("cn/east")),
        answers: [{ lineId, scheduleId, answer: "yes", readyOn }],
      })),
    ),
  overrideReply: ({ schedules }: OrderState): readonly OrderCommand[] =>
    [...schedules.values()].flatMap(({ lineId, scheduleId }) =>
      ["2026-03-10", "2026-03-11"].map((promisedOn) => ({
        type: "OverrideReply",
        lineId,
        scheduleId,
        promisedOn,
        reason: "x",
      })),
    ),
  recordCountersignature: ({ version }: OrderState): readonly OrderCommand[] => [{ ...sign, version } as OrderCommand],
};
