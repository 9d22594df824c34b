// AnswerCase: the customer gets a reply.
import { accept, personBehind, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import type { CaseEvent } from "./case.events.js";
import type { CaseRefusal } from "./case.refusals.js";
import { aboutOf, type CaseState } from "./case.state.js";

export interface AnswerCase {
  readonly type: "AnswerCase";
  readonly text: Sealed;
}

/** What a machine sends by itself is kept, but the response time goes on until a person replies; history was people's. */
export function answerCase(
  known: CaseState,
  { text }: AnswerCase,
  { actor, at, historical }: Asked,
): Decision<CaseEvent, CaseRefusal> {
  if (!known.opened) return refuse({ code: "NOT_FOUND" });
  if (known.state === "closed")
    return refuse({ code: "CASE_STATE", state: known.state, allowed: ["open", "answered"] });
  const human = personBehind(actor) !== undefined || historical === true;
  const first = human && known.state === "open";
  return accept({ type: "case.answered", text, human, first, answeredAt: at, about: aboutOf(known) });
}
