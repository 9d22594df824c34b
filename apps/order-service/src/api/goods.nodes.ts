// What becomes of an order's quantities, as GraphQL gives it.
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

export const returnsOf = ({ returns = [], exchangeOf, rejection, reopened }: OrderDocument) => ({
  returns: returns.map(returnNode),
  exchangeOf,
  rejection: rejection && { ...rejection, rejectedAt: rejection.at, rejectedBy: actorName(rejection.by) },
  reopening: reopened && { ...reopened, reopenedAt: reopened.at, reopenedBy: actorName(reopened.by) },
});

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
