// What people are told of each refusal of an order, in Chinese and English. A code without its texts does not compile.
import type { Messages } from "@gendan/service-kit";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import { limitMessages } from "./limits.messages.js";
import { reviewMessages } from "./review.messages.js";
import { approvalMessages } from "./approval.messages.js";
import type { MailUnreadable } from "./mail/read-mail.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { comparisonMessages } from "./comparison.messages.js";
import { envelopeMessages, fieldMessages } from "./field.messages.js";
import { moneyMessages } from "./money.messages.js";
import { goodsMessages } from "./goods.messages.js";

const names: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  received: { en: "received", zh: "已接单" },
  discrepant: { en: "discrepant", zh: "有差异" },
  verified: { en: "verified", zh: "已核对" },
  pendingApproval: { en: "waiting for approval", zh: "待审批" },
  rejected: { en: "rejected", zh: "已驳回" },
  confirmed: { en: "confirmed", zh: "已确认" },
  inExecution: { en: "in execution", zh: "执行中" },
  completed: { en: "completed", zh: "已完成" },
  closed: { en: "closed", zh: "已关闭" },
  cancelled: { en: "cancelled", zh: "已取消" },
  credit: { en: "credit", zh: "信用" },
  quality: { en: "quality", zh: "质量" },
  stock: { en: "stock", zh: "缺货" },
  customer: { en: "customer", zh: "客户" },
  compliance: { en: "compliance", zh: "合规" },
  payment: { en: "payment", zh: "付款" },
  overdue: { en: "overdue", zh: "逾期" },
  price: { en: "price", zh: "价格" },
  approval: { en: "approval", zh: "审批" },
  None: { en: "nothing", zh: "无" },
  Partial: { en: "a part", zh: "部分" },
};
const en = (...words: readonly string[]): string => words.map((word) => names[word]?.en ?? word).join(", ");
const zh = (...words: readonly string[]): string => words.map((word) => names[word]?.zh ?? word).join("、");
const schedule = ({ lineId, scheduleId }: { readonly lineId: string; readonly scheduleId: string }): string =>
  `${lineId}/${scheduleId}`;

const unreadable: Readonly<Record<MailUnreadable["reason"], { readonly en: string; readonly zh: string }>> = {
  NOT_BASE64: { en: "it is not base64", zh: "不是 base64 编码" },
  TOO_LARGE: { en: "it is larger than 750,000 bytes", zh: "超过 750,000 字节" },
  NOT_A_MAIL: { en: "it is no RFC 5322 message with a sender", zh: "不是带发件人的 RFC 5322 邮件" },
  TOO_DEEP: { en: "its parts or headers have no end", zh: "邮件结构或邮件头过深过长" },
  TOO_MANY_ATTACHMENTS: { en: "it has more than 20 attachments", zh: "附件超过 20 个" },
};

/** One value in which an order that was sent again is another one. */
const differs = {
  en: ({ field, theirs, ours }: Differing) =>
    `${field}: yours is ${theirs ?? "another one"}, ours is ${ours ?? "another one"}.`,
  zh: ({ field, theirs, ours }: Differing) => `${field}：来单为${theirs ?? "其他值"}，现有订单为${ours ?? "其他值"}。`,
};
interface Differing {
  readonly field: string;
  readonly theirs?: string;
  readonly ours?: string;
}

/** Every refusal but "not found", which names the id. */
type Told = Exclude<OrderRefusal, { readonly code: "NOT_FOUND" }> | MailUnreadable;

export const orderMessages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  ...comparisonMessages,
  ...fieldMessages,
  ...moneyMessages,
  ...reviewMessages,
  ...limitMessages,
  ...approvalMessages,
  ...goodsMessages,
  ORDER_EXISTS: {
    en: ({ number, orderId }) => `This order was received before: ${number} (${orderId}).`,
    zh: ({ number, orderId }) => `该订单已接单：${number}（${orderId}）。`,
  },
  MAIL_UNREADABLE: {
    en: ({ reason }) => `The message cannot be taken: ${unreadable[reason].en}.`,
    zh: ({ reason }) => `无法读取该邮件：${unreadable[reason].zh}。`,
  },
  ORDER_DIFFERS: differs,
  ORDER_PRICE_DIFFERS: { ...differs, of: "price" },
  ORDER_INTERNAL_DIFFERS: { ...differs, of: "internal" },
  FIELD_OWNED: {
    en: ({ field, system }) => `${field} is owned by ${system}: mend it there.`,
    zh: ({ field, system }) => `${field} 由 ${system} 管理，请在该系统中更正。`,
  },
  ORDER_STATE: {
    en: ({ lifecycle, allowed }) => `The order is ${en(lifecycle)}; this needs it to be ${en(...allowed)}.`,
    zh: ({ lifecycle, allowed }) => `订单状态为${zh(lifecycle)}，此操作要求状态为${zh(...allowed)}。`,
  },
  ORDER_SHIPPED: {
    en: ({ shipped }) => `Goods have left (${shipped}): intercept them or have them returned.`,
    zh: ({ shipped }) => `货物已发出（${shipped}），请拦截或退货。`,
  },
  SAME_PERSON: {
    en: ({ person }) => `${person} entered or corrected the order: this is for another person.`,
    zh: ({ person }) => `${person} 录入或更正过该订单，须由他人处理。`,
  },
  PERSON_NEEDED: {
    en: ({ enteredBy }) => `${enteredBy} entered the order: a person verifies it, not a rule set.`,
    zh: ({ enteredBy }) => `该订单由 ${enteredBy} 录入，须由人员核对，不能由规则集核对。`,
  },
  RULE_SET_NEEDED: {
    en: () => "A program verifies nothing by itself: name a rule set.",
    zh: () => "程序不能自行核对，请指定规则集。",
  },
  RULE_SET_UNKNOWN: {
    en: ({ ruleSet, known }) => `There is no rule set ${ruleSet}; there are ${known.join(", ")}.`,
    zh: ({ ruleSet, known }) => `没有规则集 ${ruleSet}，现有：${known.join("、")}。`,
  },
  RULES_NOT_PASSED: {
    en: ({ ruleSet, failed }) => `The order does not pass ${ruleSet}: ${failed.join(", ")}.`,
    zh: ({ ruleSet, failed }) => `订单未通过 ${ruleSet}：${failed.join("、")}。`,
  },
  DISCREPANCY_OPEN: {
    en: ({ open }) => `Discrepancies are open: ${open.length}.`,
    zh: ({ open }) => `仍有 ${open.length} 项差异未解决。`,
  },
  DISCREPANCY_NOT_FOUND: {
    en: ({ discrepancyId }) => `No discrepancy ${discrepancyId} is open.`,
    zh: ({ discrepancyId }) => `没有未解决的差异 ${discrepancyId}。`,
  },
  LINE_UNKNOWN: {
    en: ({ lineId }) => `The order has no line ${lineId}.`,
    zh: ({ lineId }) => `订单没有订单行 ${lineId}。`,
  },
  SCHEDULE_UNKNOWN: {
    en: (refusal) => `The order has no delivery schedule ${schedule(refusal)}.`,
    zh: (refusal) => `订单没有交货计划行 ${schedule(refusal)}。`,
  },
  SCHEDULE_DELIVERED: {
    en: (refusal) => `Delivery schedule ${schedule(refusal)} has been delivered.`,
    zh: (refusal) => `交货计划行 ${schedule(refusal)} 已交货。`,
  },
  PROMISE_MISSING: {
    en: (refusal) => `Delivery schedule ${schedule(refusal)} has no promised day.`,
    zh: (refusal) => `交货计划行 ${schedule(refusal)} 没有承诺交期。`,
  },
  DUPLICATE_PROMISE: {
    en: (refusal) => `Delivery schedule ${schedule(refusal)} is promised twice.`,
    zh: (refusal) => `交货计划行 ${schedule(refusal)} 的交期重复。`,
  },
  HOLD_NOT_FOUND: {
    en: ({ hold, holds }) => `The order has no ${en(hold)} hold; it has: ${holds.length > 0 ? en(...holds) : "none"}.`,
    zh: ({ hold, holds }) => `订单没有${zh(hold)}冻结；现有冻结：${holds.length > 0 ? zh(...holds) : "无"}。`,
  },
  AMENDMENT_OPEN: {
    en: ({ amendmentId }) => `An amendment is open (${amendmentId}): apply or withdraw it first.`,
    zh: ({ amendmentId }) => `已有未完结的订单变更（${amendmentId}），请先应用或撤回。`,
  },
  AMENDMENT_NOT_FOUND: {
    en: () => "No such amendment is open.",
    zh: () => "没有此项未完结的订单变更。",
  },
  AMENDMENT_NOT_APPROVED: {
    en: () => "The amendment is not approved yet.",
    zh: () => "该订单变更尚未批准。",
  },
  PROPOSER_APPROVES: {
    en: ({ person }) => `${person} proposed the amendment: another person approves it.`,
    zh: ({ person }) => `${person} 提出了该订单变更，须由他人批准。`,
  },
  APPROVER_NEEDED: {
    en: () => "A person approves amendments, not a program.",
    zh: () => "订单变更须由人员批准，不能由程序批准。",
  },
  VERSION_STALE: {
    en: ({ version, current }) =>
      `The order is of version ${current} by now, not ${version}: look at it and ask again.`,
    zh: ({ version, current }) => `订单当前为第 ${current} 版，而不是第 ${version} 版，请查看后重新提出。`,
  },
  BELOW_SHIPPED: {
    en: (refusal) =>
      `Of delivery schedule ${schedule(refusal)} ${refusal.shipped} have left: it cannot be ${refusal.quantity}.`,
    zh: (refusal) => `交货计划行 ${schedule(refusal)} 已发出 ${refusal.shipped}，数量不能改为 ${refusal.quantity}。`,
  },
  LINE_MOVED: {
    en: ({ lineId }) => `Goods of line ${lineId} have been allocated or have left: its item and unit stay.`,
    zh: ({ lineId }) => `订单行 ${lineId} 的货物已分配或发出，其货品与单位不可更改。`,
  },
  HOLD_AMBIGUOUS: {
    en: ({ hold, holdIds }) => `The order has several ${en(hold)} holds: name one of ${holdIds.join(", ")}.`,
    zh: ({ hold, holdIds }) => `订单有多项${zh(hold)}冻结，请指定其一：${holdIds.join("、")}。`,
  },
  HOLD_ROLE_NEEDED: {
    en: ({ hold, roles }) => `A ${en(hold)} hold is for these roles: ${roles.join(", ")}.`,
    zh: ({ hold, roles }) => `${zh(hold)}冻结仅限以下角色：${roles.join("、")}。`,
  },
  SHARE_NOT_FOUND: {
    en: (refusal) => `The order is not shared with ${refusal.with}.`,
    zh: (refusal) => `该订单没有共享给 ${refusal.with}。`,
  },
  DELIVERY_OPEN: {
    en: ({ delivery }) => `Not everything has arrived yet: ${en(delivery)} so far.`,
    zh: ({ delivery }) => `尚未全部交货，目前已交：${zh(delivery)}。`,
  },
  ISSUE_OPEN: {
    en: ({ issues }) => `Severe issues are open: ${issues.length}.`,
    zh: ({ issues }) => `仍有 ${issues.length} 个严重问题未关闭。`,
  },
  UNSETTLED: {
    of: "price",
    en: ({ total, received, currency }) => `Received ${received} of ${total} (minor units, ${currency}).`,
    zh: ({ total, received, currency }) => `已收 ${received}，应收 ${total}（最小货币单位，${currency}）。`,
  },
};

/** The payload of what became of a command to an order. */
export const tellOfOrder = teller<Told>(orderMessages);
