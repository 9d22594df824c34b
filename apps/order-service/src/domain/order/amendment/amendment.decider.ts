// The commands about amendments, one line each.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import {
  applyAmendment,
  approveAmendment,
  withdrawAmendment,
  type ApplyAmendment,
  type ApproveAmendment,
  type WithdrawAmendment,
} from "./decide-amendment.js";
import { proposeAmendment, type ProposeAmendment } from "./propose-amendment.js";

export type AmendmentDecision = ProposeAmendment | ApproveAmendment | ApplyAmendment | WithdrawAmendment;

const types: Readonly<Record<AmendmentDecision["type"], true>> = {
  ProposeAmendment: true,
  ApproveAmendment: true,
  ApplyAmendment: true,
  WithdrawAmendment: true,
};

/** Whether it is one of those above. */
export const isAmendmentCommand = (command: { readonly type: string }): command is AmendmentDecision =>
  command.type in types;

export function decideAmendment(
  order: OrderState,
  command: AmendmentDecision,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  switch (command.type) {
    case "ProposeAmendment":
      return proposeAmendment(order, command, by);
    case "ApproveAmendment":
      return approveAmendment(order, command, by);
    case "ApplyAmendment":
      return applyAmendment(order, command, by);
    case "WithdrawAmendment":
      return withdrawAmendment(order, command);
  }
}
