// What people are told of each refusal about an order's money, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { MoneyRefusal } from "../domain/order/money/money.refusals.js";

const bases: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  ordered: { en: "ordered", zh: "订购" },
  shipped: { en: "shipped", zh: "发运" },
  delivered: { en: "delivered", zh: "送达" },
  accepted: { en: "accepted", zh: "验收" },
};
const en = (basis: string): string => bases[basis]?.en ?? basis;
const zh = (basis: string): string => bases[basis]?.zh ?? basis;

export const moneyMessages: Messages<MoneyRefusal> = {
  INVOICE_HELD: {
    en: ({ holds }) => `No invoice is issued under these holds: ${holds.join(", ")}.`,
    zh: ({ holds }) => `订单被冻结，不能开票：${holds.join("、")}。`,
  },
  NOTHING_TO_INVOICE: {
    en: ({ basis }) => `Everything ${en(basis)} so far is invoiced.`,
    zh: ({ basis }) => `已${zh(basis)}的部分均已开票。`,
  },
  ABOVE_INVOICEABLE: {
    en: ({ lineId, asked, left, basis }) =>
      `Line ${lineId}: ${asked} is more than the ${left} that are ${en(basis)} and not invoiced.`,
    zh: ({ lineId, asked, left, basis }) => `订单行 ${lineId}：开票数量 ${asked} 超过已${zh(basis)}未开票的 ${left}。`,
  },
  ABOVE_INVOICED: {
    of: "price",
    en: ({ lineId, asked, invoiced }) => `Line ${lineId}: ${asked} is more than the ${invoiced} that are invoiced.`,
    zh: ({ lineId, asked, invoiced }) => `订单行 ${lineId}：${asked} 超过已开票的 ${invoiced}。`,
  },
  NOTHING_INVOICED: {
    en: () => "Nothing of the order is invoiced.",
    zh: () => "订单尚未开票。",
  },
  INVOICE_UNKNOWN: {
    en: ({ invoiceId }) => `The order has no invoice ${invoiceId}.`,
    zh: ({ invoiceId }) => `订单没有发票 ${invoiceId}。`,
  },
  NOTHING_OPEN: {
    en: () => "Nothing of the order is open to be paid.",
    zh: () => "订单没有未收金额。",
  },
  ABOVE_OPEN: {
    of: "price",
    en: ({ asked, open, currency }) => `${asked} is more than the ${open} that are open (minor units, ${currency}).`,
    zh: ({ asked, open, currency }) => `${asked} 超过未收金额 ${open}（最小货币单位，${currency}）。`,
  },
  ABOVE_AUTHORITY: {
    of: "price",
    en: ({ asked, most, currency }) =>
      `Of one order you may write off ${most}, not ${asked} (minor units, ${currency}); ask somebody who may.`,
    zh: ({ asked, most, currency }) =>
      `您对一张订单最多可核销坏账 ${most}，不能核销 ${asked}（最小货币单位，${currency}），请由有权限者处理。`,
  },
};
