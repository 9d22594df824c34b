// A template: what it asks the graph, and the paper that follows from the answer. Pure.
import type { Text, Variables } from "@gendan/service-kit";
import type { Paper, PaperBody } from "../paper.js";
import type { Words } from "../words.js";

export interface Template {
  /** Answers `subject`, null where there is none that the caller sees, and what stands beside it. */
  readonly query: string;
  /** What the query takes, from the name in the address; undefined for a name that is none. Absent: the name as $id. */
  readonly variables?: (id: string) => Variables | undefined;
  /** A connection of the subject that is read to its end, by $after. */
  readonly paged?: string;
  readonly paper: (subject: never, words: Words) => PaperBody | NotPrinted;
}

/** The whole paper. */
export function paperOf(
  template: Template,
  subject: object,
  words: Words,
  letterhead: readonly string[],
): Paper | NotPrinted {
  const body = template.paper(subject as never, words);
  return "code" in body ? body : { ...body, language: words.language, letterhead, pageOf: words.say("pageOf") };
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
