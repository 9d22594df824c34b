// A template: what it asks the graph, and the paper that follows from the answer. Pure.
import type { Text } from "@gendan/service-kit";
import type { Paper } from "../paper.js";
import type { Words } from "../words.js";

export interface Template {
  /** Takes $id; answers `subject`, null where there is none that the caller sees. */
  readonly query: string;
  readonly paper: (subject: never, words: Words, letterhead: readonly string[]) => Paper | NotPrinted;
}

/** Why there is no such paper of what is there. */
export interface NotPrinted {
  readonly code: "NOT_CONFIRMED" | "FIELD_MASKED";
  readonly text: Text;
}

export const PRICES_MASKED: NotPrinted = {
  code: "FIELD_MASKED",
  text: { en: "Your roles do not see the prices that this paper says.", zh: "您的角色无权查看该单据上的价格。" },
};
