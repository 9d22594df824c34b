// What people are told of each refusal of a quotation, in Chinese and English. What an order is refused with, its acceptance is.
import type { Messages } from "@gendan/service-kit";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { QuotationRefusal } from "../domain/quotation/quotation.refusals.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { orderMessages } from "./order.messages.js";

const names: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  draft: { en: "a draft", zh: "草稿" },
  sent: { en: "sent", zh: "已发送" },
  accepted: { en: "accepted", zh: "已接受" },
  declined: { en: "declined", zh: "已拒绝" },
  expired: { en: "expired", zh: "已过期" },
};
const en = (...words: readonly string[]): string => words.map((word) => names[word]?.en ?? word).join(" or ");
const zh = (...words: readonly string[]): string => words.map((word) => names[word]?.zh ?? word).join("或");

/** Every refusal but "not found", which names the id. */
type Told = Exclude<QuotationRefusal | OrderRefusal, { readonly code: "NOT_FOUND" }>;

const messages: Messages<Told | ApiRefusal> = {
  ...orderMessages,
  CUSTOMER_MISSING: {
    en: () => "A quotation needs a customer.",
    zh: () => "报价单必须填写客户。",
  },
  QUOTATION_EXISTS: {
    en: ({ number }) => `This quotation was drafted before: ${number}.`,
    zh: ({ number }) => `该报价单已存在：${number}。`,
  },
  QUOTATION_STATE: {
    en: ({ lifecycle, allowed }) => `The quotation is ${en(lifecycle)}; this needs it to be ${en(...allowed)}.`,
    zh: ({ lifecycle, allowed }) => `报价单状态为${zh(lifecycle)}，此操作要求状态为${zh(...allowed)}。`,
  },
  QUOTATION_EXPIRED: {
    en: ({ expiresAt }) => `The quotation could be accepted until ${expiresAt}: revise it and send it again.`,
    zh: ({ expiresAt }) => `报价单的有效期至 ${expiresAt} 为止，请修订后重新发送。`,
  },
  QUOTATION_SUPERSEDED: {
    en: ({ version, newest }) => `The quotation is of version ${newest} by now: version ${version} cannot be accepted.`,
    zh: ({ version, newest }) => `报价单当前为第 ${newest} 版，第 ${version} 版不能再接受。`,
  },
  QUOTATION_ACCEPTED: {
    en: ({ version, orderId }) => `Version ${version} was accepted before, and is order ${orderId}.`,
    zh: ({ version, orderId }) => `第 ${version} 版已被接受，订单为 ${orderId}。`,
  },
  QUOTATION_ORDER_NOT_FOUND: {
    en: ({ orderId }) => `There is no order ${orderId} that you can see.`,
    zh: ({ orderId }) => `找不到订单 ${orderId}，或您无权查看。`,
  },
  QUOTATION_ORDER_DIFFERS: {
    en: ({ what }) => `The order is of another ${what} than the quotation.`,
    zh: ({ what }) => `订单与报价单的${what === "customer" ? "客户" : "币种"}不一致。`,
  },
  QUOTATION_ORDER_QUOTED: {
    en: ({ orderId }) => `Order ${orderId} comes from a quotation already.`,
    zh: ({ orderId }) => `订单 ${orderId} 已对应其他报价单。`,
  },
  QUOTATION_LINE_UNKNOWN: {
    en: ({ field, lineId }) => `${field}: the quotation has no line ${lineId}.`,
    zh: ({ field, lineId }) => `${field}：报价单没有第 ${lineId} 行。`,
  },
  QUOTATION_EXCEEDED: {
    en: ({ field, quoted, asked }) => `${field}: ${quoted} were offered, not ${asked}.`,
    zh: ({ field, quoted, asked }) => `${field}：报价数量为 ${quoted}，不能接受 ${asked}。`,
  },
};

/** The payload of what became of a command to a quotation. */
export const tellOfQuotation = teller<Told>(messages);
