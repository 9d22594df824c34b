// What people are told of each refusal, in Chinese and English. A code without its texts does not compile.
import type { CustomFieldType } from "@gendan/eventing";
import type { ErasedRefusal } from "@gendan/security";
import type { Messages } from "@gendan/service-kit";
import type { CaseRefusal } from "../domain/case/case.refusals.js";
import type { ContactRefusal } from "../domain/contact/contact.decider.js";
import type { CustomerRefusal } from "../domain/customer/customer.refusals.js";
import type { InteractionRefusal } from "../domain/interaction/interaction.decider.js";
import type { IssueRefusal } from "../domain/issue/issue.refusals.js";
import type { SatisfactionRefusal } from "../domain/satisfaction/satisfaction.decider.js";
import type { LookUpRefusal } from "../write/look-up.js";
import type { EnvelopeRefusal } from "./envelope.js";

export type DomainRefusal =
  CustomerRefusal | ContactRefusal | InteractionRefusal | SatisfactionRefusal | CaseRefusal | IssueRefusal;

/** Why not, before there is a command. */
export type ApiRefusal = LookUpRefusal | EnvelopeRefusal | ErasedRefusal;

/** Every refusal as it is told: "not found" as the kernel tells it of what the caller does not see, "erased" with who was. */
export type Refusal = Exclude<DomainRefusal, { readonly code: "NOT_FOUND" | "SUBJECT_ERASED" }> | ApiRefusal;

const stages: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  unknown: { en: "unknown", zh: "未知" },
  open: { en: "open", zh: "已受理" },
  answered: { en: "answered", zh: "已答复" },
  detected: { en: "detected", zh: "已发现" },
  triaged: { en: "triaged", zh: "已分级" },
  analysing: { en: "being analysed", zh: "分析中" },
  causeConfirmed: { en: "at a confirmed cause", zh: "已确认原因" },
  acting: { en: "being acted on", zh: "措施执行中" },
  resolved: { en: "resolved", zh: "已解决" },
  verified: { en: "verified", zh: "已验证" },
  closed: { en: "closed", zh: "已关闭" },
};
const en = (...names: readonly string[]): string => names.map((name) => stages[name]?.en ?? name).join(", ");
const zh = (...names: readonly string[]): string => names.map((name) => stages[name]?.zh ?? name).join("、");

/** What a custom field of a type takes; a choice is followed by its choices. */
const fieldTypes: Readonly<Record<CustomFieldType, { readonly en: string; readonly zh: string }>> = {
  text: { en: "a text", zh: "文本" },
  integer: { en: "a whole number such as 12", zh: "整数，如 12" },
  decimal: { en: "a number of at most six places such as 12.5", zh: "最多六位小数的数字，如 12.5" },
  date: { en: "a day such as 2027-01-31", zh: "日期，如 2027-01-31" },
  boolean: { en: "true or false", zh: " true 或 false" },
  choice: { en: "one of ", zh: "以下之一：" },
};

export const messages: Messages<Refusal> = {
  CUSTOMER_EXISTS: {
    en: ({ number }) => `Another customer is registered under this id: ${number}.`,
    zh: ({ number }) => `该编号已登记为其他客户：${number}。`,
  },
  NAME_MISSING: { en: () => "An organisation needs a name.", zh: () => "单位客户必须填写名称。" },
  REFERENCE_REPEATED: {
    en: ({ system }) => `${system} is named twice; a customer has one number in each system.`,
    zh: ({ system }) => `系统 ${system} 重复；每个系统只能有一个客户编号。`,
  },
  FIELD_REPEATED: {
    en: ({ name }) => `The custom field ${name} is named twice; a customer has one value of each.`,
    zh: ({ name }) => `自定义字段 ${name} 重复；每个字段只能有一个值。`,
  },
  FIELD_UNKNOWN: {
    en: ({ name }) => `No custom field of customers is called ${name}: leave it out, or have it defined.`,
    zh: ({ name }) => `未定义客户自定义字段“${name}”：请去掉该字段，或先定义后再填写。`,
  },
  FIELD_REQUIRED: {
    en: ({ name }) => `The custom field ${name} is needed: the company asks for it of every customer.`,
    zh: ({ name }) => `按本单位规则，客户自定义字段“${name}”必填。`,
  },
  FIELD_TYPE: {
    en: ({ name, type, choices = [] }) => `The custom field ${name} takes ${fieldTypes[type].en}${choices.join(", ")}.`,
    zh: ({ name, type, choices = [] }) => `自定义字段“${name}”应填${fieldTypes[type].zh}${choices.join("、")}。`,
  },
  FIELDS_TOO_MANY: {
    en: ({ most }) => `A customer has at most ${most} custom fields: remove some.`,
    zh: ({ most }) => `每个客户最多 ${most} 个自定义字段，请先移除部分字段。`,
  },
  SUBJECT_ERASED: {
    en: () => "The person whom this is about was erased for good: leave out what is personal.",
    zh: () => "当事人的个人数据已永久抹除，请去掉个人信息后重试。",
  },
  ERASURE_REQUESTED: {
    en: ({ requestedBy }) => `${requestedBy} has asked for the erasure already; another person carries it out.`,
    zh: ({ requestedBy }) => `${requestedBy} 已申请抹除，须由他人执行。`,
  },
  ERASURE_NOT_REQUESTED: {
    en: () => "Nobody has asked for this erasure: one person asks, another one carries it out.",
    zh: () => "尚无抹除申请：须由一人申请，另一人执行。",
  },
  CONTACT_EXISTS: {
    en: () => "Another contact is registered under this id.",
    zh: () => "该编号已登记为其他联系人。",
  },
  INTERACTION_EXISTS: {
    en: () => "Another interaction is logged under this id.",
    zh: () => "该编号已记录为其他沟通。",
  },
  SATISFACTION_EXISTS: {
    en: () => "Another answer is recorded under this id.",
    zh: () => "该编号已记录为其他评价。",
  },
  SCORE_OUT_OF_RANGE: {
    en: ({ score }) => `A score is a whole number from 1 to 5, not ${score}.`,
    zh: ({ score }) => `评分应为 1 至 5 的整数，而不是 ${score}。`,
  },
  ZONE_UNKNOWN: {
    en: ({ zone }) => `${zone} is no time zone; write one such as Asia/Shanghai.`,
    zh: ({ zone }) => `${zone} 不是有效时区，请填写如 Asia/Shanghai。`,
  },
  CASE_EXISTS: {
    en: ({ number }) => `Another case is open under this id: ${number}.`,
    zh: ({ number }) => `该编号已用于其他个案：${number}。`,
  },
  CASE_STATE: {
    en: ({ state, allowed }) => `The case is ${en(state)}; this needs it to be ${en(...allowed)}.`,
    zh: ({ state, allowed }) => `个案状态为${zh(state)}；此操作要求状态为${zh(...allowed)}。`,
  },
  ISSUE_OPEN: {
    en: ({ issueIds }) => `The case stays open as long as its issues are: ${issueIds.join(", ")}.`,
    zh: ({ issueIds }) => `个案关联的问题尚未关闭：${issueIds.join("、")}。`,
  },
  ISSUE_EXISTS: {
    en: ({ number }) => `Another issue is open under this id: ${number}.`,
    zh: ({ number }) => `该编号已用于其他问题：${number}。`,
  },
  ISSUE_STATE: {
    en: ({ state, allowed }) => `The issue is ${en(state)}; this needs it to be ${en(...allowed)}.`,
    zh: ({ state, allowed }) => `问题状态为${zh(state)}；此操作要求状态为${zh(...allowed)}。`,
  },
  EVIDENCE_MISSING: { en: () => "A root cause needs evidence.", zh: () => "确认根本原因必须提供证据。" },
  ACTION_EXISTS: {
    en: ({ actionId }) => `The issue has another action under the id ${actionId}.`,
    zh: ({ actionId }) => `该问题已有编号为 ${actionId} 的其他措施。`,
  },
  ACTION_UNKNOWN: {
    en: ({ actionId }) => `The issue has no action ${actionId}.`,
    zh: ({ actionId }) => `该问题没有编号为 ${actionId} 的措施。`,
  },
  ACTIONS_OPEN: {
    en: ({ actionIds }) => `Mandatory actions are not done yet: ${actionIds.join(", ")}.`,
    zh: ({ actionIds }) => `必做措施尚未完成：${actionIds.join("、")}。`,
  },
  PERSON_NEEDED: {
    en: (refusal) =>
      "of" in refusal
        ? "An erasure is asked for, withdrawn and carried out by persons."
        : "It takes a person to verify that the actions helped.",
    zh: (refusal) => ("of" in refusal ? "抹除的申请、撤回和执行必须由人员完成。" : "效果验证必须由人员完成。"),
  },
  SAME_PERSON: {
    en: ({ person, ...of }) =>
      "of" in of
        ? `${person} asked for the erasure; another person carries it out.`
        : `${person} owns an action of the issue; somebody else has to verify it.`,
    zh: ({ person, ...of }) =>
      "of" in of ? `${person} 是抹除申请人，须由他人执行。` : `${person} 是该问题措施的负责人，须由他人验证。`,
  },
  CAUSE_MISSING: { en: () => "A cause is needed.", zh: () => "必须填写原因。" },
  CAUSE_DIFFERS: {
    en: ({ confirmed }) => `The confirmed cause is ${confirmed}; leave the cause out, or confirm another one first.`,
    zh: ({ confirmed }) => `已确认的原因为 ${confirmed}；请勿填写其他原因，或先重新确认。`,
  },
  CUSTOMER_NOT_FOUND: {
    en: ({ customerId }) => `There is no customer ${customerId} that you can see.`,
    zh: ({ customerId }) => `找不到客户 ${customerId}，或您无权查看。`,
  },
  ORDER_UNKNOWN: {
    en: ({ orderId }) => `There is no order ${orderId} that you can see.`,
    zh: ({ orderId }) => `找不到订单 ${orderId}，或您无权查看。`,
  },
  CASE_NOT_FOUND: {
    en: ({ caseId }) => `There is no case ${caseId} that you can see.`,
    zh: ({ caseId }) => `找不到个案 ${caseId}，或您无权查看。`,
  },
  ORDER_OF_ANOTHER_CUSTOMER: {
    en: ({ orderId }) => `Order ${orderId} is another customer's.`,
    zh: ({ orderId }) => `订单 ${orderId} 属于其他客户。`,
  },
  CASE_OF_ANOTHER_CUSTOMER: {
    en: ({ caseId }) => `Case ${caseId} is another customer's.`,
    zh: ({ caseId }) => `个案 ${caseId} 属于其他客户。`,
  },
  DEPARTMENT_OUT_OF_SCOPE: {
    en: ({ department }) => `You do not work in the department "${department}" or above it.`,
    zh: ({ department }) => `您不属于部门“${department}”或其上级部门。`,
  },
  BACKDATE_RIGHT_NEEDED: {
    en: () => "You may not tell of the past: leave occurredAt and historical out.",
    zh: () => "您无权补录历史：请勿填写 occurredAt 和 historical。",
  },
};

/** Where in the input the fault lies, for refusals of the domain, which knows no input. */
export const fields: { readonly [Code in DomainRefusal["code"]]?: string } = {
  NAME_MISSING: "name",
  REFERENCE_REPEATED: "externalReferences",
  SCORE_OUT_OF_RANGE: "score",
  ZONE_UNKNOWN: "zone",
  EVIDENCE_MISSING: "evidence",
  ACTION_EXISTS: "actionId",
  ACTION_UNKNOWN: "actionId",
  CAUSE_MISSING: "cause",
  CAUSE_DIFFERS: "cause",
};
