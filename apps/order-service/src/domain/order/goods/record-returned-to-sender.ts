// RecordReturnedToSender: goods came back without having reached the customer, and are open again. A fact.
import { accept, type Asked, type Decision } from "@gendan/eventing";
import { progressOf, shippingOf } from "../dimensions.js";
import { breach, countable, within } from "../facts.js";
import { heldBy, moved, returnable, returnToSender, scheduleKey } from "../ledger.js";
import type { OrderEvent, Part } from "../order.events.js";
import type { OrderState } from "../order.state.js";

export interface RecordReturnedToSender {
  readonly type: "RecordReturnedToSender";
  readonly shipmentId: string;
  readonly lines: readonly Part[];
  readonly returnedAt: string;
}

/** Only what the shipment holds and has not brought can come back, lost or not; the rest is disputed. */
export function recordReturnedToSender(
  order: OrderState,
  command: RecordReturnedToSender,
  by: Asked,
): Decision<OrderEvent, never> {
  const { shipmentId, returnedAt } = command;
  const { lines: known, breaches } = countable(order, command.lines, by.claimedAt);
  const { counted: lines, disputed } = within(known, (part) =>
    returnable(heldBy(order.ledger, shipmentId, scheduleKey(part))),
  );
  const after = { ...order, ledger: moved(order.ledger, shipmentId, lines, returnToSender) };
  return accept({
    type: "order.returned.to.sender",
    shipmentId,
    lines,
    progress: progressOf(after, lines),
    returnedAt,
    shipping: shippingOf(after),
    breaches: [...breaches, ...breach("RETURNED_NOT_IN_TRANSIT", disputed)],
  });
}
