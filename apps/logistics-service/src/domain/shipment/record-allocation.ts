import { accept } from "@gendan/eventing";
import type { AllocationRecorded } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import type { ShipmentState } from "./shipment.state.js";

export interface RecordAllocation {
  readonly type: "RecordAllocation";
  readonly orderId: string;
  readonly answer: "allocated" | "declined";
  readonly reasons: readonly string[];
}

/** A fact: one event for each answer, whatever the shipment is at, so that its revision tells how many have answered. */
export const recordAllocation = ({ orderId, answer, reasons }: RecordAllocation) =>
  accept<AllocationRecorded>({ type: "shipment.allocation.recorded", orderId, answer, reasons });

/** Orders of the shipment that did not give their goods to it: without an answer yet, or declined. */
export function allocationRefusals(shipment: ShipmentState): ShipmentRefusal[] {
  return shipment.orders.flatMap(({ orderId, number }): ShipmentRefusal[] => {
    const answer = shipment.answers[orderId];
    if (!answer) return [{ code: "ALLOCATION_PENDING", orderId, number }];
    if (answer.answer === "allocated") return [];
    return [{ code: "ALLOCATION_DECLINED", orderId, number, reasons: answer.reasons }];
  });
}
