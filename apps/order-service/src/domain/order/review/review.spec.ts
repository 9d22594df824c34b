import { describe, expect, test } from "@jest/globals";
import { reviewKnowing, type ReviewRules } from "../../rules/review.rules.js";
import { after, given, inTheMornings, installed, li, note, received, scope, system, verified, wang } from "../spec.js";
import type { OrderEvent } from "../order.events.js";
import type { GivenAnswer } from "./answer-review.js";
import type { ReviewOpened } from "./review.events.js";

const PRODUCTION = "cn/production";
const rules: ReviewRules = {
  departments: [
    { department: PRODUCTION, hours: 24 },
    { department: "cn/finance", when: [{ amountFrom: { minor: "9999", currency: "CNY" } }] },
  ],
  countersigned: [],
};
const open = (given = rules) => ({ type: "OpenReview", review: { version: 2, rules: given } }) as const;
const answer = (...answers: GivenAnswer[]) =>
  ({ type: "AnswerReview", department: PRODUCTION, isOfDepartment: true, answers }) as const;
const of = (scheduleId: string, said: GivenAnswer["answer"] = "yes", more: Partial<GivenAnswer> = {}): GivenAnswer => ({
  lineId: "1",
  scheduleId,
  answer: said,
  ...more,
});
const confirm = (promisedOn: string, holds = rules) =>
  ({
    type: "ConfirmOrder",
    promises: [{ lineId: "1", scheduleId: "1", promisedOn }],
    promiseRequested: false,
    rules: { review: { version: 2, rules: holds } },
  }) as const;

const visibleTo = [...scope.visibleTo, `d:${PRODUCTION}`];
const opened: ReviewOpened = {
  type: "order.review.opened",
  rulesVersion: 2,
  departments: [{ department: PRODUCTION, dueAt: "2026-03-03T08:00:00.000Z" }],
  ...scope,
  visibleTo,
};
const inReview: OrderEvent[] = [received, verified, opened];

describe("opened", () => {
  test("its hours count by the working calendar, which the event names where they do", () => {
    const by = { actor: li, at: "2026-03-02T03:00:00.000Z" };
    const two = { ...rules, departments: [{ department: PRODUCTION, hours: 5 }, { department: "cn/finance" }] };
    // An hour of Monday's morning, three of Wednesday's, since Tuesday is a holiday, and one of Thursday's.
    expect(given(received).when({ ...open(two), calendar: inTheMornings }, by).decision).toMatchObject({
      events: [{}, { departments: [{ dueAt: "2026-03-05T02:00:00.000Z" }, {}], calendarVersion: 5 }],
    });
    const named = (departments: ReviewRules["departments"], more: object = {}) => {
      const command = { ...open({ ...rules, departments }), calendar: inTheMornings };
      const { decision } = given(received).when(command, { ...by, ...more });
      return (decision as { events: object[] }).events.at(-1);
    };
    expect(named([{ department: PRODUCTION }])).not.toHaveProperty("calendarVersion");
    expect(named(two.departments, { historical: true })).not.toHaveProperty("calendarVersion");
  });
  test("for items that were never confirmed to the customer, where the rules ask for those", () => {
    const forNew = { departments: [{ department: PRODUCTION, when: [{ newItem: true }] }], countersigned: [] } as const;
    const knows = (...skus: string[]) => open(reviewKnowing(forNew, new Set(skus)));
    const asked = { events: [{}, { departments: [{ department: PRODUCTION }] }] };
    expect(given(installed).when(knows("A-1"), { actor: li }).decision).toMatchObject(asked);
    given(installed)
      .when(knows("A-1", "INSTALL", "B"), { actor: li })
      .refused("REVIEW_NOT_NEEDED");
    // Where nothing was looked up, everything is new.
    expect(given(installed).when(open(forNew), { actor: li }).decision).toMatchObject(asked);
    const both = {
      departments: [{ department: PRODUCTION, when: [{ newItem: true, skus: ["B"] }] }],
      countersigned: [],
    };
    given(installed)
      .when(open(both as ReviewRules), { actor: li })
      .refused("REVIEW_NOT_NEEDED");
    const signed = reviewKnowing({ departments: [], countersigned: [{ newItem: true }] }, new Set(["A-1"]));
    given(installed, verified).when(confirm("2026-03-20", signed), { actor: li }).refused("COUNTERSIGNATURE_NEEDED");
  });
  test("for the departments that the rules name, which see the order from then on", () => {
    const { decision } = given(received).when({ ...open(), note }, { actor: li });
    expect(decision).toEqual({
      events: [expect.objectContaining({ type: "order.scope.changed", visibleTo }), { ...opened, note }],
    });
  });
  test("later for those that were not asked yet, and for nobody where no rule names any", () => {
    const both = { ...rules, departments: rules.departments.map(({ department }) => ({ department })) };
    expect(given(...inReview).when(open(both), { actor: li }).decision).toMatchObject({
      events: [{}, { departments: [{ department: "cn/finance" }] }],
    });
    given(...inReview)
      .when(open(), { actor: li })
      .refused("REVIEW_NOT_NEEDED");
  });
});

describe("answered", () => {
  test("with a day and a quantity, which are the asked ones where nothing else is said", () => {
    given(...inReview)
      .when(answer(of("1")), { actor: wang })
      .then({
        type: "order.review.answered",
        department: PRODUCTION,
        answers: [{ lineId: "1", scheduleId: "1", answer: "yes", quantity: "10", readyOn: "2026-03-20" }],
        open: 0,
      });
  });
  test("anew until the order is binding; the same again changes nothing", () => {
    const once = after(inReview, answer(of("1")));
    given(...once)
      .when(answer(of("1")), { actor: wang })
      .unchanged();
    expect(
      given(...once).when(answer(of("1", "yes", { readyOn: "2026-03-21" })), { actor: wang }).decision,
    ).toHaveProperty("events.length", 1);
    given(...after(once, confirm("2026-03-20")))
      .when(answer(of("1", "no")), { actor: wang })
      .refused("ORDER_STATE");
  });
  test("by those of a department that is asked, with all that an answer needs", () => {
    given(...inReview)
      .when({ ...answer(of("1")), isOfDepartment: false }, { actor: wang })
      .refused("NOT_OF_DEPARTMENT");
    given(...inReview)
      .when({ ...answer(of("1")), department: "cn/finance" }, { actor: wang })
      .refused("DEPARTMENT_NOT_ASKED");
    given(...inReview)
      .when(answer(of("1", "conditional"), of("9"), of("1", "yes", { readyOn: "x", quantity: "0" })), { actor: wang })
      .refused("TEXT_MISSING", "SCHEDULE_UNKNOWN", "DATE_INVALID", "QUANTITY_NOT_POSITIVE");
    given(installed, verified, opened)
      .when(answer(of("2")), { actor: wang })
      .refused("TEXT_MISSING");
    given(...inReview)
      .when(answer(), { actor: wang })
      .refused("TEXT_MISSING");
  });
});

describe("confirmed", () => {
  test("with all answers: those who were asked, and those whom the rules name", () => {
    given(received, verified).when(confirm("2026-03-20"), { actor: li }).refused("REVIEW_OPEN");
    given(...inReview)
      .when(confirm("2026-03-20"), { actor: li })
      .refused("REVIEW_OPEN");
    const { decision } = given(...after(inReview, answer(of("1")))).when(confirm("2026-03-20"), { actor: li });
    expect(decision).toMatchObject({ events: [{ type: "order.confirmed", ruledBy: { review: 2 } }] });
  });
  test("not for earlier than the latest reply, nor for what was denied or not whole, unless somebody lets it be", () => {
    const late = after(inReview, answer(of("1", "yes", { readyOn: "2026-03-22" })));
    const denied = after(inReview, answer(of("1", "no")));
    const short = after(inReview, answer(of("1", "yes", { quantity: "9" })));
    given(...late)
      .when(confirm("2026-03-21"), { actor: li })
      .refused("PROMISE_BEFORE_REPLY");
    expect(given(...late).when(confirm("2026-03-22"), { actor: li }).decision).toHaveProperty("events");
    for (const events of [denied, short]) {
      given(...events)
        .when(confirm("2026-03-22"), { actor: li })
        .refused("REVIEW_DENIED");
    }
    const override = {
      type: "OverrideReply",
      lineId: "1",
      scheduleId: "1",
      promisedOn: "2026-03-20",
      reason: "key customer",
    } as const;
    for (const events of [late, denied, short]) {
      const { decision } = given(...after(events, override)).when(confirm("2026-03-20"), { actor: li });
      expect(decision).toMatchObject({ events: [{ type: "order.confirmed" }] });
    }
    given(...after(late, override))
      .when(confirm("2026-03-19"), { actor: li })
      .refused("PROMISE_BEFORE_REPLY");
    given(...inReview)
      .when(override, { actor: wang })
      .refused("REPLY_NOT_FOUND");
    given(...late)
      .when({ ...override, reason: "", promisedOn: "x" }, { actor: wang })
      .refused("TEXT_MISSING", "DATE_INVALID");
  });
  test("as the customer has signed it, where the rules want that", () => {
    const signed: ReviewRules = {
      departments: [],
      countersigned: [{ amountFrom: { minor: "2500", currency: "CNY" } }],
    };
    const sign = { type: "RecordCountersignature", version: 1, signedOn: "2026-03-01", reference: "PO-77" } as const;
    given(received, verified).when(confirm("2026-03-20", signed), { actor: li }).refused("COUNTERSIGNATURE_NEEDED");
    given(received, verified)
      .when(sign, { actor: li })
      .then({ type: "order.countersigned", version: 1, signedOn: "2026-03-01", reference: "PO-77" });
    const events = after([received, verified], sign);
    expect(given(...events).when(confirm("2026-03-20", signed), { actor: li }).decision).toHaveProperty("events");
    given(received)
      .when({ ...sign, version: 2, signedOn: "2026-03-03", reference: "" }, { actor: li })
      .refused("VERSION_DIFFERS", "DATE_FUTURE", "TEXT_MISSING");
  });
});

describe("a correction", () => {
  const two: OrderEvent[] = [installed, verified, opened];
  const line = installed.lines[0]!;
  const corrected = (change: object) =>
    ({ type: "CorrectOrder", lines: [{ ...line, ...change }, installed.lines[1]!] }) as const;
  const answered = after(two, answer(of("1"), of("2", "yes", { readyOn: "2026-03-25" })));
  const invalidates = (command: ReturnType<typeof corrected>): string[] => {
    const { decision } = given(...answered).when(command, { actor: li });
    const [first] = "events" in decision ? decision.events : [];
    return first?.type === "order.review.invalidated"
      ? first.schedules.map((each: { readonly scheduleId: string }) => each.scheduleId)
      : [];
  };
  test("takes back the answers of what it touches, and only those", () => {
    expect(invalidates(corrected({ sku: "B" }))).toEqual(["1", "2"]);
    expect(
      invalidates(corrected({ schedules: [line.schedules[0]!, { scheduleId: "2", quantity: "5" }], quantity: "11" })),
    ).toEqual(
      // The quantity of the line is another one for both of them.
      ["1", "2"],
    );
    expect(
      invalidates(corrected({ schedules: [line.schedules[0]!, { ...line.schedules[1]!, requestedOn: "2026-03-30" }] })),
    ).toEqual(["2"]);
    expect(invalidates(corrected({ unitPrice: { minor: "1", currency: "CNY" } }))).toEqual([]);
  });
  test("takes back what the customer signed", () => {
    const signed = after([received], {
      type: "RecordCountersignature",
      version: 1,
      signedOn: "2026-03-01",
      reference: "x",
    });
    const events = after(signed, { type: "CorrectOrder", paymentTerms: "COD" });
    expect(events.at(-2)).toEqual({ type: "order.review.invalidated", schedules: [], countersignature: true });
    expect(given(...events).state().review.countersigned).toBeUndefined();
  });
});

describe("late", () => {
  const elapse = (dueAt: string) => ({ type: "ElapseReview", dueAt }) as const;
  const reminded = {
    type: "order.review.reminded",
    department: PRODUCTION,
    dueAt: "2026-03-03T08:00:00.000Z",
    open: 1,
  } as const;
  test("a department is reminded once, and not when it has answered or there is nothing to answer for any more", () => {
    given(...inReview)
      .when(elapse(reminded.dueAt), { actor: system })
      .then(reminded);
    given(...inReview, reminded)
      .when(elapse(reminded.dueAt), { actor: system })
      .unchanged();
    given(...inReview)
      .when(elapse("2026-03-03T07:59:59.999Z"), { actor: system })
      .unchanged();
    given(...after(inReview, answer(of("1"))))
      .when(elapse(reminded.dueAt), { actor: system })
      .unchanged();
    given(...inReview, { type: "order.cancelled", reason: "x", cancelledBy: "us" })
      .when(elapse(reminded.dueAt), { actor: system })
      .unchanged();
  });
});
