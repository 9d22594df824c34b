// ReviseOrder: a rejected order is worked on again, from the verification on.
import { acceptUnless, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";

export interface ReviseOrder {
  readonly type: "ReviseOrder";
  readonly note?: Sealed;
}

export const mayRevise: Guard = (order) => inLifecycle(order, "rejected");

export const reviseOrder = (order: OrderState, { note }: ReviseOrder): Decision<OrderEvent, OrderRefusal> =>
  acceptUnless<OrderEvent, OrderRefusal>(mayRevise(order), { type: "order.revised", ...defined({ note }) });
