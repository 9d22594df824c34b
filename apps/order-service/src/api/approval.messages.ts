// What people are told where approvals are not taken, and delegations of them.
import type { Messages } from "@gendan/service-kit";
import type { DelegationRefusal } from "../domain/delegation/delegation.decider.js";
import type { ApprovalRefusal } from "../domain/order/approval/approval.refusals.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { envelopeMessages, fieldMessages } from "./field.messages.js";

const kinds: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  order: { en: "the order", zh: "订单" },
  amendment: { en: "the amendment", zh: "订单变更" },
  holdRelease: { en: "the release of the hold", zh: "解除冻结" },
  creditOverride: { en: "going over the credit limit", zh: "超信用额度" },
};
const en = (subject: string): string => kinds[subject.split(":", 1)[0]!]?.en ?? subject;
const zh = (subject: string): string => kinds[subject.split(":", 1)[0]!]?.zh ?? subject;

const delegationNotFound = {
  en: ({ from, to }: { readonly from: string; readonly to: string }) =>
    `${from} does not let ${to} approve for them now.`,
  zh: ({ from, to }: { readonly from: string; readonly to: string }) => `${from} 目前未委托 ${to} 代为审批。`,
};

export const approvalMessages: Messages<ApprovalRefusal> = {
  SUBJECT_UNKNOWN: {
    en: ({ subject }) => `There is nothing to approve under ${subject}.`,
    zh: ({ subject }) => `没有可审批的事项：${subject}。`,
  },
  APPROVAL_NEEDED: {
    en: ({ subject, levels }) => `First ${en(subject)} has to be approved: ${levels.join(", ")}.`,
    zh: ({ subject, levels }) => `${zh(subject)}须先经审批：${levels.join("、")}。`,
  },
  APPROVAL_NOT_NEEDED: {
    en: ({ subject }) => `No rule wants an approval of ${en(subject)}.`,
    zh: ({ subject }) => `按现行规则，${zh(subject)}无需审批。`,
  },
  APPROVAL_REQUESTED: {
    en: ({ subject }) => `An approval of ${en(subject)} was asked for before.`,
    zh: ({ subject }) => `${zh(subject)}已提交审批。`,
  },
  APPROVAL_NOT_WAITING: {
    en: ({ subject }) => `No approval of ${en(subject)} is waited for.`,
    zh: ({ subject }) => `${zh(subject)}没有待处理的审批。`,
  },
  PERSON_APPROVES: {
    en: () => "Only a person approves, no program.",
    zh: () => "只有人员可以审批，程序不能审批。",
  },
  REQUESTER_APPROVES: {
    en: ({ person }) => `${person} has asked for it: another person approves.`,
    zh: ({ person }) => `${person} 是提交人，须由他人审批。`,
  },
  APPROVED_BEFORE: {
    en: ({ person, level }) => `${person} has approved this level before: ${level}.`,
    zh: ({ person, level }) => `${person} 已审批过该级：${level}。`,
  },
  NOT_APPROVER: {
    en: ({ person, level, waiting }) =>
      `${person} is not asked for level ${level}; it waits for ${waiting.join(", ")}.`,
    zh: ({ person, level, waiting }) => `${person} 不是 ${level} 级的审批人，当前等待：${waiting.join("、")}。`,
  },
  DELEGATION_NOT_FOUND: delegationNotFound,
};

type Told = Exclude<DelegationRefusal, { readonly code: "NOT_FOUND" }>;

const { TEXT_MISSING, TEXT_TOO_LONG, DATE_INVALID, DATE_PAST } = fieldMessages;

const messages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  TEXT_MISSING,
  TEXT_TOO_LONG,
  DATE_INVALID,
  DATE_PAST,
  DELEGATION_NOT_FOUND: delegationNotFound,
  DELEGATED_TO_SELF: {
    en: ({ field }) => `${field}: nobody lets themselves approve for themselves.`,
    zh: ({ field }) => `${field}：不能委托给自己。`,
  },
  PERSON_NEEDED: {
    en: () => "Only a person lets somebody approve for them.",
    zh: () => "只有人员可以委托他人审批。",
  },
};

/** The payload of what became of a command to somebody's delegations. */
export const tellOfDelegation = teller<Told>(messages);
