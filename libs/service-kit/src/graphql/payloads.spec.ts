import { describe, expect, test } from "@jest/globals";
import { noGrants } from "./grants.js";
import { payloadOf, type Messages } from "./payloads.js";

type Refusal =
  | { readonly code: "ORDER_STATE"; readonly lifecycle: string }
  | { readonly code: "PROMISE_MISSING"; readonly field: string; readonly lineId: string };

const messages: Messages<Refusal> = {
  ORDER_STATE: {
    en: ({ lifecycle }) => `The order is ${lifecycle}.`,
    zh: ({ lifecycle }) => `订单状态为 ${lifecycle}。`,
  },
  PROMISE_MISSING: {
    en: ({ lineId }) => `Line ${lineId} has no date.`,
    zh: ({ lineId }) => `订单行 ${lineId} 缺少交期。`,
  },
};

const done = { id: "o1", revision: 4, state: {}, settleToken: "o1:64" } as const;
const caller = { user: "li", tokens: [], grants: { ...noGrants, fields: new Set(["price"]) } };
const english = { caller, language: "en" } as const;

test("an accepted command's payload says where it stands", () => {
  expect(payloadOf({ status: "accepted", ...done }, messages, english)).toEqual({
    id: "o1",
    revision: "4",
    replayed: false,
    settleToken: "o1:64",
    dryRun: null,
    userErrors: [],
  });
});

test("a replay says so; what never had an event has no revision", () => {
  expect(payloadOf({ status: "replayed", ...done }, messages, english)).toMatchObject({
    replayed: true,
    revision: "4",
  });
  const unchanged = payloadOf({ status: "unchanged", ...done, revision: -1 }, messages, english);
  expect(unchanged).toMatchObject({ replayed: false, revision: null });
});

test("refusals are told in the caller's language, with their field and details", () => {
  const refused = {
    status: "refused",
    id: "o1",
    refusals: [
      { code: "PROMISE_MISSING", field: "promises", lineId: "2" },
      { code: "NOT_FOUND", id: "o1" },
    ],
  } as const;
  expect(payloadOf(refused, messages, { caller, language: "zh" })).toEqual({
    id: null,
    revision: null,
    replayed: false,
    settleToken: null,
    dryRun: null,
    userErrors: [
      { code: "PROMISE_MISSING", field: "promises", message: "订单行 2 缺少交期。", details: { lineId: "2" } },
      { code: "NOT_FOUND", field: null, message: "找不到 o1，或您无权查看。", details: { id: "o1" } },
    ],
  });
  expect(payloadOf(refused, messages, english).userErrors[0]?.message).toBe("Line 2 has no date.");
});

test("a catalogue that lacks a code or a language does not compile", () => {
  // @ts-expect-error PROMISE_MISSING is missing
  const lacksCode: Messages<Refusal> = { ORDER_STATE: messages.ORDER_STATE };
  // @ts-expect-error zh is missing
  const lacksLanguage: Messages<Refusal> = { ...messages, ORDER_STATE: { en: () => "" } };
  expect([lacksCode, lacksLanguage]).toHaveLength(2);
});

describe("a refusal that names what is of a class", () => {
  type Unsettled = { readonly code: "UNSETTLED"; readonly field: string; readonly total: string };
  const unsettled: Messages<Unsettled> = {
    UNSETTLED: { of: "price", en: ({ total }) => `${total} is owed.`, zh: ({ total }) => `应收 ${total}。` },
  };
  const refused = {
    status: "refused",
    id: "o1",
    refusals: [{ code: "UNSETTLED", field: "total", total: "2500" }],
  } as const;
  const told = (fields: readonly string[], language: "en" | "zh") =>
    payloadOf(refused, unsettled, { caller: { ...caller, grants: { ...noGrants, fields: new Set(fields) } }, language })
      .userErrors[0];

  test("tells all of it to who sees the class", () => {
    expect(told(["price"], "en")).toMatchObject({ message: "2500 is owed.", details: { total: "2500" } });
  });
  test("tells others its code alone", () => {
    const message = "Refused (UNSETTLED). Your roles do not see price fields, and so not why.";
    expect(told(["contact"], "en")).toEqual({ code: "UNSETTLED", field: "total", message, details: null });
    expect(JSON.stringify(told([], "zh"))).not.toContain("2500");
  });
});
