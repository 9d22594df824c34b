// Approvals as GraphQL gives them.
import type { ApprovalDocument } from "../read/approvals.js";
import { actorName, upperSnake } from "./words.js";

export const approvalNode = ({ requested, state, steps, levels, ...approval }: ApprovalDocument) => ({
  ...approval,
  requestedAt: requested.at,
  requestedBy: actorName(requested.by),
  note: requested.note,
  state: upperSnake(state),
  levels: levels.map(({ need, escalateTo, ...level }) => ({
    ...level,
    need: upperSnake(need),
    escalateTo: escalateTo ?? [],
  })),
  steps: steps.map(({ kind, by, ...step }) => ({ ...step, kind: upperSnake(kind), by: actorName(by) })),
});
