// The commands about holds, one line each.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { HoldEvent } from "./holds.events.js";
import { imposeHold, placeHold, type ImposeHold, type PlaceHold } from "./place-hold.js";
import {
  elapseHolds,
  liftHold,
  releaseHold,
  type ElapseHolds,
  type LiftHold,
  type ReleaseHold,
} from "./release-hold.js";

export type HoldDecision = PlaceHold | ReleaseHold;
export type HoldFact = ImposeHold | LiftHold | ElapseHolds;

export function decideHold(
  order: OrderState,
  command: HoldDecision | HoldFact,
  by: Asked,
): Decision<HoldEvent, OrderRefusal> {
  switch (command.type) {
    case "PlaceHold":
      return placeHold(order, command, by);
    case "ReleaseHold":
      return releaseHold(order, command);
    case "ImposeHold":
      return imposeHold(order, command, by);
    case "LiftHold":
      return liftHold(order, command);
    case "ElapseHolds":
      return elapseHolds(order, command);
  }
}
