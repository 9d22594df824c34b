// How an order decides on what becomes of its quantities: one line per command.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { backorderSchedule, type BackorderSchedule } from "./backorder-schedule.js";
import { cancelLine, type CancelLine } from "./cancel-line.js";
import { noteExchange, type NoteExchange } from "./note-exchange.js";
import { recordRefund, type RecordRefund } from "./record-refund.js";
import { recordReturnedToSender, type RecordReturnedToSender } from "./record-returned-to-sender.js";
import { rejectDelivery, type RejectDelivery } from "./reject-delivery.js";
import { reopenOrder, type ReopenOrder } from "./reopen-order.js";
import {
  authoriseReturn,
  inspectReturn,
  linkExchange,
  receiveReturn,
  withdrawReturn,
  type AuthoriseReturn,
  type InspectReturn,
  type LinkExchange,
  type ReceiveReturn,
  type WithdrawReturn,
} from "./returns.js";
import { shortCloseSchedule, type ShortCloseSchedule } from "./short-close-schedule.js";

export type GoodsDecision =
  | ShortCloseSchedule
  | BackorderSchedule
  | CancelLine
  | RejectDelivery
  | AuthoriseReturn
  | InspectReturn
  | WithdrawReturn
  | LinkExchange
  | ReopenOrder;
export type GoodsFact = RecordReturnedToSender | ReceiveReturn | RecordRefund | NoteExchange;

const types: Readonly<Record<(GoodsDecision | GoodsFact)["type"], true>> = {
  ShortCloseSchedule: true,
  BackorderSchedule: true,
  CancelLine: true,
  RejectDelivery: true,
  AuthoriseReturn: true,
  ReceiveReturn: true,
  InspectReturn: true,
  WithdrawReturn: true,
  LinkExchange: true,
  ReopenOrder: true,
  RecordReturnedToSender: true,
  NoteExchange: true,
  RecordRefund: true,
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
    case "RejectDelivery":
      return rejectDelivery(order, command);
    case "AuthoriseReturn":
      return authoriseReturn(order, command, by);
    case "ReceiveReturn":
      return receiveReturn(order, command, by);
    case "InspectReturn":
      return inspectReturn(order, command);
    case "WithdrawReturn":
      return withdrawReturn(order, command);
    case "LinkExchange":
      return linkExchange(order, command);
    case "ReopenOrder":
      return reopenOrder(order, command);
    case "RecordReturnedToSender":
      return recordReturnedToSender(order, command, by);
    case "NoteExchange":
      return noteExchange(order, command);
    case "RecordRefund":
      return recordRefund(order, command, by);
  }
}
