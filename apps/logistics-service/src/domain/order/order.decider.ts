// What is heard of an order is noted. All of it is fact: nothing is refused, and what is no news changes nothing.
import { accept, type Decider, type Decision } from "@gendan/eventing";
import type {
  BackorderNoted,
  OrderEvent,
  OrderNoted,
  QuantityChange,
  ScheduleQuantity,
  ScopeNoted,
} from "./order.events.js";
import { evolve, scheduleKey, unknownOrder, type KnownOrder } from "./order.state.js";

export type OrderCommand =
  | NoteOrder
  | NoteHolds
  | NoteScope
  | { readonly type: "NoteCancellation" }
  | NotePromise
  | NoteQuantities
  | NoteBackorder
  | { readonly type: "NoteDependant"; readonly shipmentId: string }
  | { readonly type: "ForgetDependant"; readonly shipmentId: string };

export type NoteOrder = { readonly type: "NoteOrder" } & Omit<OrderNoted, "type">;

export interface NoteHolds {
  readonly type: "NoteHolds";
  readonly sequence: number;
  /** All that the order is under from then on. */
  readonly holds: readonly string[];
}

export type NoteScope = { readonly type: "NoteScope" } & Omit<ScopeNoted, "type">;

export interface NotePromise {
  readonly type: "NotePromise";
  readonly sequence: number;
  readonly lineId: string;
  readonly scheduleId: string;
  readonly promisedOn: string;
}

export interface NoteQuantities {
  readonly type: "NoteQuantities";
  readonly change: QuantityChange;
  readonly shipmentId?: string;
  readonly lines: readonly ScheduleQuantity[];
}

export type NoteBackorder = { readonly type: "NoteBackorder" } & Omit<BackorderNoted, "type">;

/** Every command here reports a fact. */
export const orderFacts: ReadonlySet<OrderCommand["type"]> = new Set([
  "NoteOrder",
  "NoteHolds",
  "NoteScope",
  "NoteCancellation",
  "NotePromise",
  "NoteQuantities",
  "NoteBackorder",
  "NoteDependant",
  "ForgetDependant",
]);

export const orderDecider: Decider<KnownOrder, OrderCommand, OrderEvent, never> = {
  initial: unknownOrder,
  evolve,
  decide(order, command) {
    switch (command.type) {
      case "NoteOrder":
        return noteUnless(command.sequence <= order.heard.confirmed, { ...command, type: "order.noted" });
      case "NoteHolds":
        return noteUnless(command.sequence <= order.heard.holds, { ...command, type: "order.holds.noted" });
      case "NoteScope":
        return noteUnless(command.sequence <= order.heard.scope, { ...command, type: "order.scope.noted" });
      case "NoteCancellation":
        return noteUnless(order.cancelled, { type: "order.cancellation.noted" });
      case "NotePromise":
        return noteUnless(command.sequence <= (order.promises[scheduleKey(command)]?.sequence ?? -1), {
          ...command,
          type: "order.promise.noted",
        });
      case "NoteQuantities":
        // Always noted: these add up, and the same report is told by its command id.
        return accept({ ...command, type: "order.quantities.noted" });
      case "NoteBackorder": {
        const { lineId, backorder } = command;
        const isKnown = order.schedules.some(
          (each) => each.lineId === lineId && each.scheduleId === backorder.scheduleId,
        );
        return noteUnless(isKnown, { ...command, type: "order.backorder.noted" });
      }
      case "NoteDependant":
        return noteUnless(order.dependants.includes(command.shipmentId), {
          type: "order.dependant.noted",
          shipmentId: command.shipmentId,
        });
      case "ForgetDependant":
        return noteUnless(!order.dependants.includes(command.shipmentId), {
          type: "order.dependant.forgotten",
          shipmentId: command.shipmentId,
        });
    }
  },
};

const noteUnless = (isNoNews: boolean, event: OrderEvent): Decision<OrderEvent, never> =>
  isNoNews ? accept() : accept(event);
