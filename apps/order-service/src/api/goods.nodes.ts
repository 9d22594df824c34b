// What becomes of an order's quantities, as GraphQL gives it.
import { money } from "@gendan/eventing";
import { openRefunds } from "../read/refunds.js";
import type { OrderDocument, PartCancellation, ReturnDocument, ScheduleDocument } from "../read/order.document.js";
import { actorName, upperSnake } from "./words.js";

export const partCancellation = ({ at, by, cancelledBy, ...cancellation }: PartCancellation) => ({
  ...cancellation,
  cancelledBy: upperSnake(cancelledBy),
  cancelledAt: at,
  enteredBy: actorName(by),
});

export const scheduleGoods = ({
  cancelled = "0",
  returnedToSender = "0",
  returned = "0",
  shortClosed,
}: ScheduleDocument) => ({
  cancelled,
  returnedToSender,
  returned,
  shortClose: shortClosed && { ...shortClosed, closedAt: shortClosed.at, closedBy: actorName(shortClosed.by) },
});

export function returnsOf(doc: OrderDocument) {
  const { exchangeOf, rejection, reopened } = doc;
  return {
    returns: returnNodes(doc),
    exchangeOf,
    rejection: rejection && { ...rejection, rejectedAt: rejection.at, rejectedBy: actorName(rejection.by) },
    reopening: reopened && { ...reopened, reopenedAt: reopened.at, reopenedBy: actorName(reopened.by) },
  };
}

function returnNodes(doc: OrderDocument) {
  const { returns = [], currency } = doc;
  const open = openRefunds(doc);
  return returns.map(({ refund, refunded, ...each }) => ({
    ...returnNode(each),
    refundDue: refund,
    refunded: refund && (refunded ?? money(0, currency)),
    refundOpen: refund && money(open.get(each.returnId) ?? 0n, currency),
  }));
}

const returnNode = ({ authorised, reason, remedy, inspected, withdrawn, breaches, ...each }: ReturnDocument) => ({
  ...each,
  remedy: upperSnake(remedy),
  authorisation: authorised && {
    ...authorised,
    reason,
    authorisedAt: authorised.at,
    authorisedBy: actorName(authorised.by),
  },
  inspection: inspected && { ...inspected, inspectedAt: inspected.at, inspectedBy: actorName(inspected.by) },
  withdrawal: withdrawn && { ...withdrawn, withdrawnAt: withdrawn.at, withdrawnBy: actorName(withdrawn.by) },
  breaches: breaches.map(({ code }) => code),
});
