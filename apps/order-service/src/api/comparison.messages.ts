// What people are told of each refusal to compare, to settle or to waive, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { ComparisonRefusal } from "../domain/order/comparison/comparison.refusals.js";

const names: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  quotation: { en: "the quotation", zh: "报价单" },
  purchaseOrder: { en: "the customer's purchase order", zh: "客户采购单" },
  item: { en: "the item", zh: "物料" },
  revision: { en: "the revision", zh: "版本" },
  quantity: { en: "the quantity", zh: "数量" },
  price: { en: "the price", zh: "价格" },
  date: { en: "the date", zh: "交期" },
  packaging: { en: "the packaging", zh: "包装" },
  shippingMark: { en: "the shipping mark", zh: "唛头" },
  other: { en: "something else", zh: "其他" },
};
const en = (...words: readonly string[]): string => words.map((word) => names[word]!.en).join(", ");
const zh = (...words: readonly string[]): string => words.map((word) => names[word]!.zh).join("、");
const document = (number: string, revision: string): string => (revision === "" ? number : `${number}/${revision}`);

export const comparisonMessages: Messages<ComparisonRefusal> = {
  NOTHING_TO_COMPARE: {
    en: () => "The order comes from no quotation, and no purchase order of the customer is recorded.",
    zh: () => "该订单不是由报价单生成，也没有登记客户采购单，无可比对。",
  },
  COMPARE_AGAIN: {
    en: () => "This was found by comparing: correct the order and compare it again, agree on it, or have it waived.",
    zh: () => "该差异由比对发现，请更正订单后重新比对，或与客户达成一致，或申请特批。",
  },
  COMPARISON_NEEDED: {
    en: ({ comparedWith }) => `The order as it stands must be compared before with ${en(...comparedWith)}.`,
    zh: ({ comparedWith }) => `请先将订单现状与${zh(...comparedWith)}比对。`,
  },
  PURCHASE_ORDER_CHANGED: {
    en: ({ number, revision }) =>
      `${document(number, revision)} was recorded before with other lines: name another revision.`,
    zh: ({ number, revision }) => `客户采购单 ${document(number, revision)} 已登记且内容不同，请使用新的版本号。`,
  },
  WAIVER_PERSON_NEEDED: {
    en: () => "A program waives nothing: a person answers for it.",
    zh: () => "程序不能特批，须由人员负责。",
  },
  WAIVER_ROLE_NEEDED: {
    en: ({ aspect, roles }) => `A discrepancy of ${en(aspect)} is waived by these roles: ${roles.join(", ")}.`,
    zh: ({ aspect, roles }) => `${zh(aspect)}差异仅限以下角色特批：${roles.join("、")}。`,
  },
};
