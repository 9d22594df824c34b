// What people are told where an order goes beyond a credit limit or somebody's authority over prices.
import type { Messages } from "@gendan/service-kit";
import type { OrderRefusal } from "../domain/order/order.refusals.js";

type Told = Extract<OrderRefusal, { readonly code: "AUTHORITY_EXCEEDED" | "CREDIT_EXCEEDED" | "CREDIT_RATE_MISSING" }>;

const what = {
  discount: { en: "the discount", zh: "折扣" },
  margin: { en: "the margin", zh: "毛利率" },
  price: { en: "the price", zh: "单价" },
};

export const limitMessages: Messages<Told> = {
  AUTHORITY_EXCEEDED: {
    en: ({ lineId, by }) => `Line ${lineId}: ${what[by].en} is beyond what you may confirm by yourself.`,
    zh: ({ lineId, by }) => `订单行 ${lineId}：${what[by].zh}超出您的确认权限。`,
  },
  CREDIT_EXCEEDED: {
    of: "price",
    en: ({ limit, open, amount, currency }) =>
      `The credit limit is ${limit}; ${open} is open and the order is of ${amount} (minor units, ${currency}).`,
    zh: ({ limit, open, amount, currency }) =>
      `信用额度 ${limit}，未收 ${open}，本单 ${amount}（最小货币单位，${currency}）。`,
  },
  CREDIT_RATE_MISSING: {
    en: ({ currencies, currency }) =>
      `Whether the credit limit in ${currency} holds is not known: the rules of rates have no rate for ${currencies.join(", ")}.`,
    zh: ({ currencies, currency }) =>
      `无法判断是否超出 ${currency} 信用额度：汇率规则中没有 ${currencies.join("、")} 的汇率。`,
  },
};
