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
  NO_TAIL: {
    en: (refusal) =>
      `Delivery schedule ${schedule(refusal)} has no tail: nothing is open beside what has left or is kept.`,
    zh: (refusal) => `交货计划行 ${schedule(refusal)} 没有尾数可处理。`,
  },
};
