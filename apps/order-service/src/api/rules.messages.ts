// What people are told of each refusal of rules, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { RulesRefusal } from "../domain/rules/rules.decider.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { envelopeMessages } from "./field.messages.js";

const messages: Messages<RulesRefusal | ApiRefusal> = {
  ...envelopeMessages,
  RULES_CHANGED: {
    en: ({ kind, version, expected }) =>
      `The rules of ${kind} are of version ${version} by now, not ${expected}: look at them and set yours again.`,
    zh: ({ kind, version, expected }) =>
      `规则“${kind}”当前为第 ${version} 版，而不是第 ${expected} 版，请查看后重新设置。`,
  },
};

/** The payload of what became of a command to rules. */
export const tellOfRules = teller<RulesRefusal>(messages);
