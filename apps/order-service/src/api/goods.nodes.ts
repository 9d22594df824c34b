// What becomes of an order's quantities, as GraphQL gives it.
import type { PartCancellation, ScheduleDocument } from "../read/order.document.js";
import { actorName, upperSnake } from "./words.js";

export const partCancellation = ({ at, by, cancelledBy, ...cancellation }: PartCancellation) => ({
  ...cancellation,
  cancelledBy: upperSnake(cancelledBy),
  cancelledAt: at,
  enteredBy: actorName(by),
});

export const scheduleGoods = ({ cancelled = "0", returnedToSender = "0", shortClosed }: ScheduleDocument) => ({
  cancelled,
  returnedToSender,
  shortClose: shortClosed && { ...shortClosed, closedAt: shortClosed.at, closedBy: actorName(shortClosed.by) },
});
