// How an order decides on what becomes of its quantities: one line per command.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { backorderSchedule, type BackorderSchedule } from "./backorder-schedule.js";
import { cancelLine, type CancelLine } from "./cancel-line.js";
import { recordReturnedToSender, type RecordReturnedToSender } from "./record-returned-to-sender.js";
import { shortCloseSchedule, type ShortCloseSchedule } from "./short-close-schedule.js";

export type GoodsDecision = ShortCloseSchedule | BackorderSchedule | CancelLine;
export type GoodsFact = RecordReturnedToSender;

const types: Readonly<Record<(GoodsDecision | GoodsFact)["type"], true>> = {
  ShortCloseSchedule: true,
  BackorderSchedule: true,
  CancelLine: true,
  RecordReturnedToSender: true,
};

/** Whether it is one of those above. */
export const isGoodsCommand = (command: { readonly type: string }): command is GoodsDecision | GoodsFact =>
  command.type in types;

export function decideGoods(
  order: OrderState,
  command: GoodsDecision | GoodsFact,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  switch (command.type) {
    case "ShortCloseSchedule":
      return shortCloseSchedule(order, command, by);
    case "BackorderSchedule":
      return backorderSchedule(order, command);
    case "CancelLine":
      return cancelLine(order, command, by);
    case "RecordReturnedToSender":
      return recordReturnedToSender(order, command, by);
  }
}
