// OpenCase: the customer asks or complains.
import { accept, refuse, type Asked, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { CaseEvent, CaseOpened } from "./case.events.js";
import type { CaseRefusal } from "./case.refusals.js";
import type { CaseState } from "./case.state.js";

export interface OpenCase extends Omit<CaseOpened, "type" | "openedAt"> {
  readonly type: "OpenCase";
}

/** The same case opened again changes nothing; another one under the same id is refused. */
export function openCase(
  { opened }: CaseState,
  { type: _, ...given }: OpenCase,
  { at }: Asked,
): Decision<CaseEvent, CaseRefusal> {
  const event: CaseEvent = { type: "case.opened", ...given, openedAt: at };
  if (!opened) return accept(event);
  return sameContent(event, { ...opened, number: event.number, openedAt: at })
    ? accept()
    : refuse({ code: "CASE_EXISTS", number: opened.number });
}
