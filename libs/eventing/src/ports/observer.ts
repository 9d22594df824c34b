// The observer port: who counts and traces what a service does. It is told and never asked, and must not throw.
import type { Trace } from "../trace.js";

/** What a service does, in kinds. The name beside it says which: of a command its type, of a fold its projection. */
export type WorkKind = "command" | "publish" | "fold" | "reaction" | "deadline";

/** One piece of work, from its beginning to its end. */
export interface Work {
  /** The trace context of what follows from this work; undefined: as that of what it follows from. */
  readonly traceparent: string | undefined;
  /** Something on the way was done: "loaded", "decided". */
  step(name: string): void;
  /**
   * Said once: what came of it, how much (events appended or folded, messages published, commands sent), and the codes of
   * what went wrong. A name out of a bounded set, as codes are.
   */
  end(outcome: string, amount?: number, codes?: string): void;
}

/** Work of one kind and name. */
export interface Watch {
  /** Begins work that follows from one thing. `about`: the id of what it is done to. */
  begin(from: Trace, about: string): Work;
  /** Begins work that follows from several things at once. */
  beginAll(from: readonly Trace[]): Work;
}

export interface Observer {
  /** Asked for once, and kept. */
  watch(service: string, kind: WorkKind, name: string): Watch;
  /** Background work began anew after a fault, or took a partition over: `what` is relay, reactions, projection orders, … */
  note(service: string, happened: "restart" | "takeover", what: string): void;
}

const work: Work = { traceparent: undefined, step: () => undefined, end: () => undefined };
const watch: Watch = { begin: () => work, beginAll: () => work };

/** Nobody looks. */
export const unobserved: Observer = { watch: () => watch, note: () => undefined };
