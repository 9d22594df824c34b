// What people are told of each refusal of an account, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { AccountRefusal } from "../domain/account/account.decider.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { envelopeMessages } from "./field.messages.js";

type Told = Exclude<AccountRefusal, { readonly code: "NOT_FOUND" }>;

const messages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  MONTH_INVALID: {
    en: ({ field, value }) => `${field}: a month is such as 2026-03, not ${value}.`,
    zh: ({ field, value }) => `${field}：月份格式应为 2026-03，而不是 ${value}。`,
  },
  MONTH_NOT_OVER: {
    en: ({ month }) => `The month ${month} is not over.`,
    zh: ({ month }) => `${month} 月尚未结束。`,
  },
  MONTH_CONFIRMED: {
    en: ({ through }) => `The statements through ${through} are confirmed.`,
    zh: ({ through }) => `截至 ${through} 的对账单均已确认。`,
  },
};

/** The payload of what became of a command to an account. */
export const tellOfAccount = teller<Told>(messages);
