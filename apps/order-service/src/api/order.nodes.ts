// Documents as GraphQL gives them: enums in its writing, references to what other services own. Sealed values stay sealed
// until a resolver opens them.
import type { StoredDocument } from "@gendan/eventing";
import type {
  AgreementDocument,
  HoldDocument,
  LineDocument,
  OrderDocument,
  PromiseDocument,
  ScheduleDocument,
} from "../read/order.document.js";
import { isLate, paymentOf, totalOf } from "../read/payment.js";
import type { ReceiptDocument } from "../read/receipts.projection.js";
import { isVerifiedLate } from "../read/verified-late.js";
import { inStockUnit } from "../read/stock-quantity.js";
import { moneyOf } from "./money.nodes.js";
import { amendmentsOf } from "./change.nodes.js";
import { incotermRule } from "../write/incoterms.js";
import { reviewNode } from "./review.nodes.js";
import { approvalNode } from "./approval.nodes.js";
import { returnedOf } from "../read/goods/fold-returns.js";
import { partCancellation, returnsOf, scheduleGoods } from "./goods.nodes.js";
import { comparisonNode, discrepancyNode, purchaseOrderNode } from "./comparison.nodes.js";
import { actorName, upperSnake } from "./words.js";

/** What changes with time alone is told of now. */
export function orderNode({ id, sequence, doc }: StoredDocument<OrderDocument>, now: string) {
  return {
    ...doc,
    ...dimensions(doc, now),
    ...amendmentsOf(doc),
    id,
    revision: String(sequence),
    channel: upperSnake(doc.channel),
    customer: { __typename: "Customer", id: doc.customerId },
    collaborators: doc.collaborators ?? [],
    shares: (doc.shares ?? []).map(({ givenBy, ...share }) => ({ ...share, givenBy: actorName(givenBy) })),
    enteredBy: actorName(doc.enteredBy),
    lines: doc.lines.map(lineNode),
    total: totalOf(doc),
    ...moneyOf(doc, now),
    paymentDueOn: doc.payment?.dueOn,
    holds: doc.holds.map(holdNode),
    blocked: [...new Set(doc.holds.flatMap(({ blocks = ["dispatch"] }) => blocks))].map(upperSnake),
    discrepancies: doc.discrepancies.map(discrepancyNode),
    purchaseOrders: (doc.purchaseOrders ?? []).map(purchaseOrderNode),
    comparisons: (doc.comparisons ?? []).map(comparisonNode),
    corrections: doc.corrections.map(({ at, by, changes, note }) => {
      return { correctedAt: at, correctedBy: actorName(by), changes, note };
    }),
    verification: doc.verification && {
      verifiedAt: doc.verification.at,
      verifiedBy: actorName(doc.verification.by),
      rules: doc.verification.rules,
    },
    verifiedLate: isVerifiedLate(doc, now),
    review: doc.review && reviewNode(doc.review),
    approvals: (doc.approvals ?? []).map(approvalNode),
    deliveredAt: doc.arrived?.at,
    deliveredOn: doc.arrived?.on,
    deliveredLate: doc.handedOver?.late ?? doc.arrived?.late,
    handedOverAt: doc.handedOver?.at,
    handedOverOn: doc.handedOver?.on,
    incoterm: doc.incoterm && incotermNode(doc.incoterm),
    acceptance: doc.acceptance && {
      acceptedAt: doc.acceptance.at,
      acceptedBy: upperSnake(doc.acceptance.by),
      note: doc.acceptance.note,
    },
    cancellation: doc.cancellation && {
      cancelledAt: doc.cancellation.at,
      cancelledBy: upperSnake(doc.cancellation.cancelledBy),
      enteredBy: actorName(doc.cancellation.by),
      reason: doc.cancellation.reason,
      note: doc.cancellation.note,
    },
    ...returnsOf(doc),
    partCancellations: (doc.cancellations ?? []).map(partCancellation),
    blockingIssues: doc.blockingIssues.map((issueId) => ({ __typename: "Issue", id: issueId })),
  };
}

const dimensions = (doc: OrderDocument, now: string) => ({
  lifecycle: upperSnake(doc.lifecycle),
  shipping: upperSnake(doc.shipping),
  delivery: upperSnake(doc.delivery),
  returned: upperSnake(returnedOf(doc)),
  payment: upperSnake(paymentOf(doc, now)),
  late: isLate(doc, now),
});

const lineNode = (line: LineDocument) => ({
  ...line,
  quotedVersion: line.quoted?.version,
  quotedLineId: line.quoted?.lineId,
  kind: upperSnake(line.kind),
  stockQuantity: line.conversion && inStockUnit(line.quantity, line.conversion),
  matrix: line.matrix ?? [],
  customFields: line.customFields ?? [],
  schedules: line.schedules.map(scheduleNode),
});

const scheduleNode = (schedule: ScheduleDocument) => ({
  ...schedule,
  ...scheduleGoods(schedule),
  firstPromisedOn: schedule.promises[0]?.on,
  promisedOn: schedule.promises.at(-1)?.on,
  promises: schedule.promises.map(promiseNode),
  agreedOn: schedule.agreements?.at(-1)?.on,
  agreements: (schedule.agreements ?? []).map(agreementNode),
});

const promiseNode = ({ on, madeAt, reason, askedBy, note }: PromiseDocument) => ({
  promisedOn: on,
  madeAt,
  reason,
  askedBy: askedBy && upperSnake(askedBy),
  note,
});

const agreementNode = ({ on, at, by, ...sealed }: AgreementDocument) => ({
  ...sealed,
  agreedOn: on,
  agreedAt: at,
  agreedBy: actorName(by),
});

function incotermNode(term: NonNullable<OrderDocument["incoterm"]>) {
  const rule = incotermRule(term.code)!; // of another code no order is complete
  return {
    ...term,
    ...rule,
    books: upperSnake(rule.books),
    insures: upperSnake(rule.insures),
    deliveredAt: upperSnake(rule.deliveredAt),
    riskPassesAt: upperSnake(rule.riskPassesAt),
  };
}

const holdNode = ({ hold, holdId = hold, blocks = ["dispatch"], at, by, ...more }: HoldDocument) => ({
  ...more,
  holdId,
  hold: upperSnake(hold),
  blocks: blocks.map(upperSnake),
  placedAt: at,
  placedBy: actorName(by),
});

export const receiptNode = ({ id, sequence, doc }: StoredDocument<ReceiptDocument>) => ({
  ...doc,
  id,
  revision: String(sequence),
  customer: { __typename: "Customer", id: doc.customerId },
  recordedBy: actorName(doc.recordedBy),
  disputed: doc.claimedAt !== undefined,
  allocations: doc.allocations.map(({ orderId, amount, milestoneId, settles, at }) => {
    const settled = settles && { settles: settles.amount, rate: settles.rate, gain: settles.gain };
    return { orderId, amount, milestoneId, ...settled, allocatedAt: at };
  }),
  refunds: (doc.refunds ?? []).map(({ at, ...refund }) => ({ ...refund, refundedAt: at })),
});

/** `single` marks a node that was asked for by itself: what costs a look at its stream is told of such alone. */
export type OrderNode = ReturnType<typeof orderNode> & { readonly single?: true };
export type ReceiptNode = ReturnType<typeof receiptNode>;
