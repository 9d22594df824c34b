// AnswerReview: a department says of schedules whether, when and how much. OverrideReply: somebody lets it be promised all the same.
import { accept, canonical, millionths, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { checksInto } from "../faults.js";
import { scheduleKey } from "../ledger.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { inReview, openFor } from "./open-review.js";
import type { Reply, ReviewAnswer } from "./review.events.js";
import { evolveReview } from "./review.state.js";

export interface AnswerReview {
  readonly type: "AnswerReview";
  readonly department: string;
  /** Whether the caller is of the department. */
  readonly isOfDepartment: boolean;
  readonly answers: readonly GivenAnswer[];
}

/** A day and a quantity that are not given are those that the schedule asks for. */
export interface GivenAnswer {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly answer: Reply;
  readonly readyOn?: string;
  readonly quantity?: string;
  readonly condition?: Sealed;
}

export interface OverrideReply {
  readonly type: "OverrideReply";
  readonly lineId: string;
  readonly scheduleId: string;
  /** The earliest day that it may be promised for. */
  readonly promisedOn: string;
  readonly reason: string;
  readonly note?: Sealed;
}

/** Somebody of a department that is asked may answer, or answer anew, until the order is binding. */
export function mayAnswer(order: OrderState, isOf: (department: string) => boolean): readonly OrderRefusal[] {
  const state = inReview(order);
  if (state.length > 0) return state;
  const asked = [...order.review.departments.keys()];
  if (asked.some(isOf)) return [];
  const [department = ""] = asked;
  const field = "department";
  return [{ code: asked.length === 0 ? "DEPARTMENT_NOT_ASKED" : "NOT_OF_DEPARTMENT", field, department }];
}

export function answerReview(order: OrderState, command: AnswerReview): Decision<OrderEvent, OrderRefusal> {
  const { department, isOfDepartment, answers } = command;
  const [no, ...others] = againstAnswer(order, department, isOfDepartment);
  if (no) return refuse(no, ...others);
  const faults: OrderRefusal[] = [];
  const given = answers.map((answer, index) => answerOf(order, answer, `answers.${index}`, faults));
  if (answers.length === 0) faults.push({ code: "TEXT_MISSING", field: "answers" });
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  const before = order.review.departments.get(department)!.answers;
  const changed = given.filter((each) => canonical(before.get(scheduleKey(each)) ?? null) !== canonical(each));
  if (changed.length === 0) return accept();
  const event = { type: "order.review.answered", department, answers: changed, open: 0 } as const;
  const after = { ...order, review: evolveReview(order.review, event) };
  return accept({ ...event, open: openFor(after, department).length });
}

function againstAnswer(order: OrderState, department: string, isOfDepartment: boolean): readonly OrderRefusal[] {
  const state = inReview(order);
  if (state.length > 0) return state;
  const field = "department";
  if (!order.review.departments.has(department)) return [{ code: "DEPARTMENT_NOT_ASKED", field, department }];
  return isOfDepartment ? [] : [{ code: "NOT_OF_DEPARTMENT", field, department }];
}

function answerOf(order: OrderState, given: GivenAnswer, field: string, faults: OrderRefusal[]): ReviewAnswer {
  const { lineId, scheduleId, answer, condition } = given;
  const schedule = order.schedules.get(scheduleKey(given));
  const incomplete: Incomplete[] = [];
  const checks = checksInto(incomplete);
  if (!schedule) faults.push({ code: "SCHEDULE_UNKNOWN", field, lineId, scheduleId });
  if (answer === "no") return { lineId, scheduleId, answer, ...defined({ condition }) };
  const { readyOn = schedule?.requestedOn, quantity = schedule?.quantity ?? "0" } = given;
  if (schedule && readyOn === undefined) checks.add("TEXT_MISSING", `${field}.readyOn`);
  if (readyOn !== undefined) checks.day(`${field}.readyOn`, readyOn);
  if (schedule) checks.positive(`${field}.quantity`, quantity);
  if (answer === "conditional" && condition === undefined) checks.add("TEXT_MISSING", `${field}.condition`);
  faults.push(...incomplete);
  return { lineId, scheduleId, answer, quantity, ...defined({ readyOn, condition }) };
}

/** Somebody has answered for one of its schedules. */
export function mayOverride(order: OrderState): readonly OrderRefusal[] {
  const state = inReview(order);
  if (state.length > 0) return state;
  const isAnswered = [...order.review.departments.values()].some(({ answers }) => answers.size > 0);
  return isAnswered ? [] : [{ code: "REPLY_NOT_FOUND", field: "lineId", lineId: "", scheduleId: "" }];
}

/** By right: it is named who lets it be promised, and why. */
export function overrideReply(order: OrderState, command: OverrideReply): Decision<OrderEvent, OrderRefusal> {
  const { lineId, scheduleId, promisedOn, reason, note } = command;
  const state = inReview(order);
  if (state[0]) return refuse(state[0]);
  const key = scheduleKey(command);
  if (!order.schedules.has(key)) return refuse({ code: "SCHEDULE_UNKNOWN", field: "lineId", lineId, scheduleId });
  if (repliesFor(order, key).length === 0) {
    return refuse({ code: "REPLY_NOT_FOUND", field: "lineId", lineId, scheduleId });
  }
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.day("promisedOn", promisedOn);
  checks.needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  if (order.review.overrides.get(key) === promisedOn) return accept();
  return accept({ type: "order.reply.overridden", lineId, scheduleId, promisedOn, reason, ...defined({ note }) });
}

interface DepartmentReply extends ReviewAnswer {
  readonly department: string;
}

/** What counts of a schedule, of all departments. */
export const repliesFor = ({ review }: OrderState, key: string): DepartmentReply[] =>
  [...review.departments].flatMap(([department, { answers }]) => {
    const answer = answers.get(key);
    return answer ? [{ ...answer, department }] : [];
  });

/** Whether a reply lets not all of the schedule be promised, whatever the day. */
export const isDenied = ({ answer, quantity }: ReviewAnswer, schedule: { readonly quantity: string }): boolean =>
  answer === "no" || (quantity !== undefined && millionths(quantity) < millionths(schedule.quantity));
