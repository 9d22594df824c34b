// What people are told where a review is not taken, or not enough.
import type { Messages } from "@gendan/service-kit";
import type { ReviewRefusal } from "../domain/order/review/review.refusals.js";

const schedule = ({ lineId, scheduleId }: { readonly lineId: string; readonly scheduleId: string }): string =>
  `${lineId}/${scheduleId}`;

export const reviewMessages: Messages<ReviewRefusal> = {
  REVIEW_NOT_NEEDED: {
    en: () => "No rule wants a department to answer that was not asked yet.",
    zh: () => "按现行规则，没有尚未征询的部门需要答复。",
  },
  REVIEW_OPEN: {
    en: ({ departments }) => `These departments have not answered for everything: ${departments.join(", ")}.`,
    zh: ({ departments }) => `以下部门尚未全部答复：${departments.join("、")}。`,
  },
  DEPARTMENT_NOT_ASKED: {
    en: ({ department }) => `This department is not asked: ${department === "" ? "none is" : department}.`,
    zh: ({ department }) => `未征询该部门：${department === "" ? "尚未发起评审" : department}。`,
  },
  NOT_OF_DEPARTMENT: {
    en: ({ department }) => `Only who is of ${department} answers for it.`,
    zh: ({ department }) => `只有 ${department} 的人员可以代表该部门答复。`,
  },
  REVIEW_DENIED: {
    en: (refusal) => `${refusal.department} cannot meet all of delivery schedule ${schedule(refusal)}.`,
    zh: (refusal) => `${refusal.department} 无法满足交货计划行 ${schedule(refusal)} 的全部要求。`,
  },
  PROMISE_BEFORE_REPLY: {
    en: (refusal) =>
      `Delivery schedule ${schedule(refusal)} is ready on ${refusal.readyOn} at the earliest, says ${refusal.department}.`,
    zh: (refusal) => `${refusal.department} 答复：交货计划行 ${schedule(refusal)} 最早 ${refusal.readyOn} 可完成。`,
  },
  REPLY_NOT_FOUND: {
    en: () => "No department has answered for this delivery schedule.",
    zh: () => "尚无部门答复该交货计划行。",
  },
  COUNTERSIGNATURE_NEEDED: {
    en: ({ version }) => `The customer has not signed version ${version} of the order.`,
    zh: ({ version }) => `客户尚未回签订单第 ${version} 版。`,
  },
  VERSION_DIFFERS: {
    en: ({ version, asked }) => `The order is of version ${version}, not of ${asked}.`,
    zh: ({ version, asked }) => `订单当前为第 ${version} 版，而非第 ${asked} 版。`,
  },
};
