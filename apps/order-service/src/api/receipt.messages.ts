// What people are told of each refusal of a receipt, in Chinese and English. A code without its texts does not compile.
import type { Messages } from "@gendan/service-kit";
import type { ReceiptRefusal } from "../domain/receipt/receipt.refusals.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { envelopeMessages, fieldMessages } from "./field.messages.js";

const {
  ID_INVALID,
  CURRENCY_INVALID,
  TEXT_MISSING,
  TEXT_TOO_LONG,
  DEPARTMENT_INVALID,
  DEPARTMENT_OUT_OF_SCOPE,
  TOO_MANY,
} = fieldMessages;

/** Every refusal but "not found", which names the id. */
type Told = Exclude<ReceiptRefusal, { readonly code: "NOT_FOUND" }>;

const messages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  ID_INVALID,
  CURRENCY_INVALID,
  TEXT_MISSING,
  TEXT_TOO_LONG,
  DEPARTMENT_INVALID,
  DEPARTMENT_OUT_OF_SCOPE,
  TOO_MANY,
  CUSTOMER_MISSING: {
    en: () => "A receipt needs a customer.",
    zh: () => "收款单必须填写客户。",
  },
  RECEIPT_EXISTS: {
    en: ({ number }) => `This receipt was recorded before: ${number}.`,
    zh: ({ number }) => `该收款单已登记：${number}。`,
  },
  RECEIPT_DISPUTED: {
    en: ({ claimedAt }) => `The receipt claims to have come in the future (${claimedAt}); nothing of it is allocated.`,
    zh: ({ claimedAt }) => `收款单的收款时间在未来（${claimedAt}），不能核销。`,
  },
  RECEIPT_EXCEEDED: {
    of: "price",
    en: ({ asked, unallocated, currency }) =>
      `${asked} is more than the ${unallocated} that are left (minor units, ${currency}).`,
    zh: ({ asked, unallocated, currency }) =>
      `核销 ${asked} 超过未核销余额 ${unallocated}（最小货币单位，${currency}）。`,
  },
  AMOUNT_INVALID: {
    en: ({ field }) => `${field}: an amount in minor units, of at least nothing, is needed.`,
    zh: ({ field }) => `${field}：金额应为不小于零的最小货币单位整数。`,
  },
  AMOUNT_NOT_POSITIVE: {
    en: ({ field }) => `${field}: an amount above nothing is needed.`,
    zh: ({ field }) => `${field}：金额应大于零。`,
  },
  CURRENCY_DIFFERS: {
    en: ({ field, value }) => `${field}: receipt and order have another currency than ${value}.`,
    zh: ({ field, value }) => `${field}：收款单或订单的币种不是 ${value}。`,
  },
  ALLOCATIONS_MISSING: {
    en: () => "Name at least one order to allocate to.",
    zh: () => "请至少指定一张要核销的订单。",
  },
  DUPLICATE_ORDER: {
    en: ({ field }) => `${field}: the order is named twice.`,
    zh: ({ field }) => `${field}：订单重复。`,
  },
  MILESTONE_UNKNOWN: {
    en: ({ field, value }) => `${field}: the order has no payment milestone ${value}.`,
    zh: ({ field, value }) => `${field}：订单没有回款节点 ${value}。`,
  },
  NOT_ALLOCATED: {
    en: ({ orderId }) => `Nothing of the receipt pays for the order ${orderId}.`,
    zh: ({ orderId }) => `收款单没有核销到订单 ${orderId}。`,
  },
  ALLOCATION_EXCEEDED: {
    of: "price",
    en: ({ asked, allocated, currency }) =>
      `${asked} is more than the ${allocated} that pay for the order (minor units, ${currency}).`,
    zh: ({ asked, allocated, currency }) => `${asked} 超过已核销到该订单的 ${allocated}（最小货币单位，${currency}）。`,
  },
  RETURN_NOT_FOUND: {
    en: ({ returnId }) => `The order has no return ${returnId}.`,
    zh: ({ returnId }) => `该订单没有退货单 ${returnId}。`,
  },
  REFUND_EXCEEDED: {
    of: "price",
    en: ({ returnId, asked, open, currency }) =>
      `${asked} is more than the ${open} that are still to be paid back for the return ${returnId} (minor units, ${currency}).`,
    zh: ({ returnId, asked, open, currency }) =>
      `${asked} 超过退货单 ${returnId} 尚应退款的 ${open}（最小货币单位，${currency}）。`,
  },
  ORDER_NOT_FOUND: {
    en: ({ value }) => `There is no order ${value} that you can see.`,
    zh: ({ value }) => `找不到订单 ${value}，或您无权查看。`,
  },
};

/** The payload of what became of a command to a receipt. */
export const tellOfReceipt = teller<Told>(messages);
