// Approvals among the random lives of orders: what may be asked for and by whom it may be decided.
import * as fc from "fast-check";
import type { Actor } from "@gendan/eventing";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import type { OrderState } from "../../domain/order/order.state.js";
import { li, note, system, wang } from "../../domain/order/spec.js";
import type { Approver } from "../../domain/order/approval/parties.js";
import { ruleDefaults } from "../../domain/rules/rule-kinds.js";
import type { Ruled, RuleKinds } from "../../domain/rules/rule-kinds.js";
import type { Asking } from "../../write/available-actions.js";

const levels = [
  { level: "lead", of: [{ person: "li" }, { role: "lead" }], need: "all", hours: 24, escalateTo: [{ person: "wang" }] },
  { level: "finance", of: [{ department: "cn/finance" }], need: "any" },
] as const;
const subjects = ["order", "creditOverride", "holdRelease"] as const;

/** Everything of more than ten is approved by two, and by finance where it is of more than twenty. */
export const strict: Ruled<"approval"> = {
  version: 3,
  rules: {
    levels: [
      { ...levels[0], subjects, when: [{ amountFrom: { minor: "1000", currency: "CNY" } }] },
      { ...levels[1], subjects, when: [{ amountFrom: { minor: "2000", currency: "CNY" } }] },
    ],
  },
};
const lax: Ruled<"approval"> = { version: 0, rules: ruleDefaults.approval };

const approverOf = ({ id }: Actor): Approver => ({
  person: id,
  roles: id === "zhao" ? ["lead"] : ["sales"],
  tokens: id === "sun" ? ["d:cn/finance"] : ["d:cn/east"],
});

const ofEach =
  (make: (subject: string) => OrderCommand) =>
  ({ approvals }: OrderState): readonly OrderCommand[] =>
    [...approvals.keys(), "order"].map(make);

/** For themselves and for each of those who let them. */
const decidingAs = ({ approvals }: OrderState, { approver, standsFor }: Asking) =>
  [...approvals.keys()].flatMap((subject) => [
    { subject, approver },
    ...standsFor.map((onBehalfOf) => ({ subject, approver, onBehalfOf })),
  ]);

/** Inputs that a caller could think of. */
export const approvalInputs = {
  submitForApproval: ({ holds }: OrderState, { approval: rules }: RuleKinds) =>
    ["order", "creditOverride", ...[...holds.keys()].map((holdId) => `holdRelease:${holdId}`)].map(
      (each): OrderCommand => ({
        type: "SubmitForApproval",
        subject: each,
        approval: { version: 3, rules },
      }),
    ),
  approveOrder: (order: OrderState, _: RuleKinds, asking: Asking) =>
    decidingAs(order, asking).map((each): OrderCommand => ({ type: "GiveApproval", ...each })),
  rejectOrder: (order: OrderState, _: RuleKinds, asking: Asking) =>
    decidingAs(order, asking).map((each): OrderCommand => ({ type: "RejectApproval", ...each, reason: "x" })),
  withdrawApproval: ofEach((each) => ({ type: "WithdrawApproval", subject: each })),
  commentApproval: ofEach((each) => ({ type: "CommentApproval", subject: each, note })),
  reviseOrder: (): readonly OrderCommand[] => [{ type: "ReviseOrder" }],
};

const subject = fc.constantFrom("order", "order", "order", "creditOverride", "holdRelease:credit", "amendment:9");
const person = fc.constantFrom("li", "wang", "zhao", "sun");
const approver = person.map((id) => approverOf({ kind: "person", id }));
const approval = fc.constantFrom(strict, strict, lax);

const submits = { actor: wang, command: { type: "SubmitForApproval", subject: "order", approval: strict } } as const;
const asLead = approverOf({ kind: "person", id: "zhao" });

/** Ways that a life may take after the verification: none, approved by all, taken back, and rejected. */
export const approvalDetours: readonly (readonly { readonly actor: Actor; readonly command: OrderCommand }[])[] = [
  [],
  [
    submits,
    { actor: li, command: { type: "GiveApproval", subject: "order", approver: approverOf(li) } },
    { actor: { kind: "person", id: "zhao" }, command: { type: "GiveApproval", subject: "order", approver: asLead } },
  ],
  [
    submits,
    { actor: li, command: { type: "CommentApproval", subject: "order", note } },
    { actor: system, command: { type: "ElapseApprovals", dueAt: "2026-03-04T08:00:00.000Z" } },
    { actor: wang, command: { type: "WithdrawApproval", subject: "order" } },
  ],
  [
    submits,
    { actor: li, command: { type: "RejectApproval", subject: "order", approver: approverOf(li), reason: "x" } },
    { actor: wang, command: { type: "ReviseOrder" } },
    { actor: wang, command: { type: "VerifyOrder" } },
  ],
];

/** Whoever acts acts as themselves: the one who approves is the actor. */
export const approvalCommands: readonly fc.WeightedArbitrary<OrderCommand>[] = [
  {
    weight: 4,
    arbitrary: fc.record({ subject, approval }).map((given): OrderCommand => ({ type: "SubmitForApproval", ...given })),
  },
  {
    weight: 6,
    arbitrary: fc.record({ subject, approver }).map((given): OrderCommand => ({ type: "GiveApproval", ...given })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ subject, approver })
      .map((given): OrderCommand => ({ type: "RejectApproval", reason: "x", ...given })),
  },
  { weight: 1, arbitrary: subject.map((each): OrderCommand => ({ type: "WithdrawApproval", subject: each })) },
  { weight: 1, arbitrary: subject.map((each): OrderCommand => ({ type: "CommentApproval", subject: each, note })) },
  { weight: 2, arbitrary: fc.constant<OrderCommand>({ type: "ReviseOrder" }) },
  {
    weight: 1,
    arbitrary: fc.constant<OrderCommand>({ type: "ElapseApprovals", dueAt: "2026-03-04T08:00:00.000Z" }),
  },
];
