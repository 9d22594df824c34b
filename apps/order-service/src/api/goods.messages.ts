// What people are told of refusals about an order's quantities, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { GoodsRefusal } from "../domain/order/goods/goods.refusals.js";

const schedule = ({ lineId, scheduleId }: { readonly lineId: string; readonly scheduleId: string }): string =>
  `${lineId}/${scheduleId}`;

export const goodsMessages: Messages<GoodsRefusal> = {
  NO_OPEN_QUANTITY: {
    en: () => "Nothing of it is open that this could be about.",
    zh: () => "没有可处理的未交数量。",
  },
  LAST_QUANTITY: {
    en: () => "This is all that is left of the order: cancel the order.",
    zh: () => "这是订单仅剩的数量，请取消整张订单。",
  },
  OVER_OPEN_QUANTITY: {
    en: ({ field, open }) => `${field}: only ${open} is open.`,
    zh: ({ field, open }) => `${field}：可处理的未交数量仅为 ${open}。`,
  },
  NOTHING_TO_REJECT: {
    en: () => "Nothing has arrived that is not accepted yet.",
    zh: () => "没有已到货而未验收的货物可以拒收。",
  },
  NOTHING_RETURNABLE: {
    en: () => "There is no return that this could be about, and nothing that may come back.",
    zh: () => "没有可退的货物，也没有相应的退货单。",
  },
  NOTHING_RECEIVED: {
    en: () => "Nothing has come back that was not looked at yet.",
    zh: () => "没有已收到而未检验的退货。",
  },
  RETURN_NOT_FOUND: {
    en: ({ returnId }) => `No return ${returnId} is open for this.`,
    zh: ({ returnId }) => `没有可执行此操作的退货单 ${returnId}。`,
  },
  OVER_RETURNABLE: {
    en: ({ field, returnable }) => `${field}: only ${returnable} can come back.`,
    zh: ({ field, returnable }) => `${field}：可退数量仅为 ${returnable}。`,
  },
  OVER_RECEIVED: {
    en: ({ field, received }) => `${field}: only ${received} has come back and was not looked at.`,
    zh: ({ field, received }) => `${field}：已收到而未检验的数量仅为 ${received}。`,
  },
  RETURN_TOO_LATE: {
    en: ({ field, until }) => `${field}: returns were taken until ${until}.`,
    zh: ({ field, until }) => `${field}：退货期限已于 ${until} 届满。`,
  },
  NOT_ACCEPTED: {
    en: () => "What arrived has not been accepted.",
    zh: () => "到货尚未验收。",
  },
  RETURN_OPEN: {
    en: ({ returns }) => `Returns are open: ${returns.length}.`,
    zh: ({ returns }) => `仍有 ${returns.length} 张退货单未完结。`,
  },
  REFUND_OPEN: {
    en: ({ returns }) => `Refunds are to be paid for ${returns.length} returns: refundReceipt names the return.`,
    zh: ({ returns }) => `仍有 ${returns.length} 张退货单的款项未退：请用 refundReceipt 退款并指明退货单。`,
  },
  NOT_INVOICED: {
    en: ({ invoicing }) => (invoicing === "None" ? "Nothing is invoiced yet." : "Not everything is invoiced yet."),
    zh: ({ invoicing }) => (invoicing === "None" ? "尚未开票。" : "尚未全部开票。"),
  },
  NO_TAIL: {
    en: (refusal) =>
      `Delivery schedule ${schedule(refusal)} has no tail: nothing is open beside what has left or is kept.`,
    zh: (refusal) => `交货计划行 ${schedule(refusal)} 没有尾数可处理。`,
  },
};
