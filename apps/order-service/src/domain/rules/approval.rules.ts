// Who approves what before it is done: levels, one after the other, each asked for by conditions of its own.
import type { Level } from "../order/approval/approval.events.js";
import { meets, type Condition, type Measures } from "./conditions.js";

/** What can need an approval. The first two words of a subject decide: `amendment:7` is of the kind `amendment`. */
export type SubjectKind = "order" | "amendment" | "holdRelease" | "creditOverride";

export interface ApprovalRules {
  readonly levels: readonly (Level & {
    readonly subjects: readonly SubjectKind[];
    /** One of them; without any, always. */
    readonly when?: readonly Condition[];
  })[];
}

/** Nothing needs an approval. */
export const approvalDefaults: ApprovalRules = { levels: [] };

/** `amendment` of `amendment:7`. */
export const subjectKind = (subject: string): SubjectKind => subject.split(":", 1)[0] as SubjectKind;

/** The levels that something needs, in their order. */
export const levelsFor = ({ levels }: ApprovalRules, subject: string, measures: Measures): Level[] =>
  levels
    .filter(({ subjects, when }) => subjects.includes(subjectKind(subject)) && (!when || meets(measures, when)))
    .map(({ subjects: _, when: __, ...level }) => level);
