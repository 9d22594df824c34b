// What people are told of each refusal.
import type { Messages } from "@gendan/service-kit";
import type { State } from "../domain/shipment/shipment.events.js";
import type { ShipmentRefusal } from "../domain/shipment/shipment.refusals.js";
import type { BackdateRefusal, ErasedRefusal } from "@gendan/security";

const stateNames: Readonly<Record<State, { readonly en: string; readonly zh: string }>> = {
  Planned: { en: "planned", zh: "已计划" },
  Booked: { en: "booked", zh: "已订舱" },
  PickedUp: { en: "picked up", zh: "已揽收" },
  InTransit: { en: "in transit", zh: "运输中" },
  OutForDelivery: { en: "out for delivery", zh: "派送中" },
  AvailableForPickup: { en: "available for pick-up", zh: "待自提" },
  AttemptFailed: { en: "back from a failed attempt", zh: "派送失败" },
  Returning: { en: "returning", zh: "退回中" },
  Lost: { en: "lost", zh: "已丢失" },
  Returned: { en: "returned", zh: "已退回" },
  Delivered: { en: "delivered", zh: "已签收" },
  PodConfirmed: { en: "delivered with proof", zh: "已确认签收凭证" },
  Cancelled: { en: "cancelled", zh: "已取消" },
};
const named = (language: "en" | "zh", states: readonly State[]): string =>
  states.map((state) => stateNames[state][language]).join(language === "en" ? " or " : "或");

export const shipmentMessages: Messages<ShipmentRefusal | BackdateRefusal | ErasedRefusal> = {
  SUBJECT_ERASED: {
    en: () => "The person whom this is about was erased for good: leave out what is personal.",
    zh: () => "当事人的个人数据已永久抹除，请去掉个人信息后重试。",
  },
  BACKDATE_RIGHT_NEEDED: {
    en: ({ field }) => `Only holders of the right "backdate" may give ${field} here; leave it out.`,
    zh: ({ field }) => `只有具备补录权限的用户才能填写 ${field}，请去掉该项。`,
  },
  NOT_FOUND: {
    en: () => "There is no such shipment that you can see.",
    zh: () => "找不到该发运单，或您无权查看。",
  },
  SHIPMENT_EXISTS: {
    en: () => "A shipment with this id was planned before; leave the id out, or use a new one.",
    zh: () => "该编号的发运单已存在，请去掉编号或使用新的编号。",
  },
  SHIPMENT_STATE: {
    en: ({ state, allowed }) =>
      `The shipment is ${named("en", [state])}; this is possible only before it was dispatched, while it is ${named("en", allowed)}.`,
    zh: ({ state, allowed }) =>
      `发运单当前为“${named("zh", [state])}”，只有在发运之前且状态为“${named("zh", allowed)}”时才能执行此操作。`,
  },
  ORDER_UNKNOWN: {
    en: ({ orderId }) => `There is no confirmed order ${orderId} that you can see.`,
    zh: ({ orderId }) => `找不到已确认的订单 ${orderId}，或您无权查看。`,
  },
  ORDER_CANCELLED: {
    en: ({ number }) => `Order ${number} was cancelled.`,
    zh: ({ number }) => `订单 ${number} 已取消。`,
  },
  ORDER_REPEATED: {
    en: ({ orderId }) => `Order ${orderId} is named twice; give all its lines in one entry.`,
    zh: ({ orderId }) => `订单 ${orderId} 重复出现，请将其订单行合并到一项中。`,
  },
  NO_LINES: {
    en: ({ orderId }) =>
      orderId === undefined ? "Name at least one order." : `Nothing of order ${orderId} is left to be shipped.`,
    zh: ({ orderId }) => (orderId === undefined ? "请至少指定一个订单。" : `订单 ${orderId} 没有可发运的数量。`),
  },
  SCHEDULE_UNKNOWN: {
    en: ({ orderId, lineId, scheduleId }) =>
      `Order ${orderId} has no line ${lineId}${scheduleId === undefined ? "" : ` with schedule ${scheduleId}`} here.`,
    zh: ({ orderId, lineId, scheduleId }) =>
      `订单 ${orderId} 中没有订单行 ${lineId}${scheduleId === undefined ? "" : ` 的交货计划行 ${scheduleId}`}。`,
  },
  SCHEDULE_NEEDED: {
    en: ({ orderId, lineId }) => `Line ${lineId} of order ${orderId} has several schedules; say which one.`,
    zh: ({ orderId, lineId }) => `订单 ${orderId} 的订单行 ${lineId} 有多个交货计划行，请指定其中一个。`,
  },
  SERVICE_LINE: {
    en: ({ orderId, lineId }) => `Line ${lineId} of order ${orderId} is a service; services are not shipped.`,
    zh: ({ orderId, lineId }) => `订单 ${orderId} 的订单行 ${lineId} 是服务，无需发运。`,
  },
  QUANTITY_INVALID: {
    en: ({ lineId, quantity }) => `${quantity} of line ${lineId} cannot be shipped; give more than 0.`,
    zh: ({ lineId, quantity }) => `订单行 ${lineId} 的数量 ${quantity} 无效，请填写大于 0 的数量。`,
  },
  WEIGHT_INVALID: {
    en: ({ packageId, weight }) => `Package ${packageId} cannot weigh ${weight} kg; give more than 0, or leave it out.`,
    zh: ({ packageId, weight }) => `包裹 ${packageId} 的重量 ${weight} 千克无效，请填写大于 0 的重量或留空。`,
  },
  PACKAGE_REPEATED: {
    en: ({ packageId }) => `Two packages are named ${packageId}; give each its own id.`,
    zh: ({ packageId }) => `包裹编号 ${packageId} 重复，请为每个包裹使用不同的编号。`,
  },
  PACKAGE_UNKNOWN: {
    en: ({ packageId }) => `The shipment has no package ${packageId}.`,
    zh: ({ packageId }) => `该发运单没有包裹 ${packageId}。`,
  },
  TRACKING_REPEATED: {
    en: ({ trackingNumber }) => `Two packages carry the tracking number ${trackingNumber}.`,
    zh: ({ trackingNumber }) => `运单号 ${trackingNumber} 被两个包裹使用。`,
  },
  CONTENTS_INCOMPLETE: {
    en: ({ packageId }) => `Say what package ${packageId} holds, as for the others, or leave it out for all of them.`,
    zh: ({ packageId }) => `请填写包裹 ${packageId} 的内容，或对所有包裹都不填写。`,
  },
  CONTENTS_DIFFER: {
    en: ({ orderId }) => `The packages hold more or less of order ${orderId} than is shipped.`,
    zh: ({ orderId }) => `各包裹中订单 ${orderId} 的数量合计与发运数量不一致。`,
  },
  ALLOCATION_PENDING: {
    en: ({ number }) => `Order ${number} has not answered yet whether it gives its goods to this shipment; try again.`,
    zh: ({ number }) => `订单 ${number} 尚未答复是否分配货物，请稍后重试。`,
  },
  ALLOCATION_DECLINED: {
    en: ({ number, reasons }) =>
      `Order ${number} does not give its goods to this shipment (${reasons.join(", ")}); drop it, or plan anew.`,
    zh: ({ number, reasons }) => `订单 ${number} 拒绝分配货物（${reasons.join("、")}），请将其移出发运单或重新计划。`,
  },
  ORDER_HELD: {
    en: ({ number, holds }) => `Order ${number} is on hold (${holds.join(", ")}).`,
    zh: ({ number, holds }) => `订单 ${number} 处于冻结状态（${holds.join("、")}）。`,
  },
  ORDER_OF_OTHERS: {
    en: ({ because }) => `An order of another department in this shipment stands against it (${because}).`,
    zh: ({ because }) => `此发运单中其他部门的订单不允许此操作（${because}）。`,
  },
  ORDER_NOT_IN_SHIPMENT: {
    en: ({ orderId }) => `Order ${orderId} is not in this shipment.`,
    zh: ({ orderId }) => `订单 ${orderId} 不在该发运单中。`,
  },
  LAST_ORDER: {
    en: ({ orderId }) => `Order ${orderId} is the only one of this shipment and cannot be dropped from it.`,
    zh: ({ orderId }) => `订单 ${orderId} 是该发运单中唯一的订单，不能移出。`,
  },
  CARRIER_NEEDED: {
    en: () => "Name the carrier.",
    zh: () => "请指定承运商。",
  },
  NOT_UNDER_WAY: {
    en: ({ packageIds }) => `These packages are not under way: ${packageIds.join(", ")}.`,
    zh: ({ packageIds }) => `以下包裹不在途中：${packageIds.join("、")}。`,
  },
  EXCEPTION_NOT_FOUND: {
    en: ({ exceptionId }) => `The shipment has no exception ${exceptionId}.`,
    zh: ({ exceptionId }) => `该发运单没有异常 ${exceptionId}。`,
  },
};
