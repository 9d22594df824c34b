// The local copy of an order: what cases, issues and answers must know of it. All its commands are facts.
import { accept, scopeOf, type Decider, type Decision } from "@gendan/eventing";
import type { Dependant, OrderEvent, OrderNoted, OrderScopeNoted } from "./order.events.js";

export interface NoteOrder extends Omit<OrderNoted, "type"> {
  readonly type: "NoteOrder";
}

export interface NoteOrderCancellation {
  readonly type: "NoteOrderCancellation";
}

export interface NoteDependant {
  readonly type: "NoteDependant";
  readonly dependant: Dependant;
}

export interface NoteOrderScope extends Omit<OrderScopeNoted, "type"> {
  readonly type: "NoteOrderScope";
}

export type OrderCommand = NoteOrder | NoteOrderScope | NoteOrderCancellation | NoteDependant;

/** What is known of the order; nothing but dependants where its receipt was not heard of yet. */
export interface OrderState {
  readonly noted?: OrderNoted;
  /** What was heard last of a change of its scope. */
  readonly scoped?: OrderScopeNoted;
  readonly cancelled: boolean;
  readonly dependants: readonly Dependant[];
}

function decide(order: OrderState, command: OrderCommand): Decision<OrderEvent, never> {
  switch (command.type) {
    case "NoteOrder": {
      const { type: _, ...noted } = command;
      return order.noted ? accept() : accept({ type: "order.noted", ...noted });
    }
    case "NoteOrderScope":
      if (command.sequence <= (order.scoped?.sequence ?? -1)) return accept();
      return accept({ ...command, type: "order.scope.noted" });
    case "NoteOrderCancellation":
      return order.cancelled ? accept() : accept({ type: "order.cancellation.noted" });
    case "NoteDependant": {
      const { dependant } = command;
      const isKnown = order.dependants.some(({ kind, id }) => kind === dependant.kind && id === dependant.id);
      return isKnown ? accept() : accept({ type: "order.dependant.noted", dependant });
    }
  }
}

export const orderDecider: Decider<OrderState, OrderCommand, OrderEvent, never> = {
  initial: { cancelled: false, dependants: [] },
  decide,
  evolve(order, event) {
    switch (event.type) {
      case "order.noted":
        return { ...order, noted: { ...event, ...scopeOf(order.scoped ?? event) } };
      case "order.scope.noted":
        return { ...order, scoped: event, ...(order.noted && { noted: { ...order.noted, ...scopeOf(event) } }) };
      case "order.cancellation.noted":
        return { ...order, cancelled: true };
      case "order.dependant.noted":
        return { ...order, dependants: [...order.dependants, event.dependant] };
    }
  },
};
