// Who approves what before it is done: levels, one after the other, each asked for by conditions of its own.
import type { Level } from "../order/approval/approval.events.js";
import { knowing, meets, type Condition, type Measures } from "./conditions.js";

export interface ApprovalRules {
  readonly levels: readonly (Level & {
    /** order, amendment, creditOverride, holdRelease, or of the release of one type of hold alone: holdRelease:credit. */
    readonly subjects: readonly string[];
    /** One of them; without any, always. */
    readonly when?: readonly Condition[];
  })[];
}

/** Nothing needs an approval. */
export const approvalDefaults: ApprovalRules = { levels: [] };

/** The rules about a customer to whom these items were confirmed. */
export const approvalKnowing = ({ levels }: ApprovalRules, known: ReadonlySet<string>): ApprovalRules => ({
  levels: levels.map((each) => (each.when ? { ...each, when: knowing(each.when, known) } : each)),
});

/** `holdRelease:credit:limit` is one of `holdRelease:credit`, and of `holdRelease`. */
const isOf = (subject: string, kind: string): boolean => subject === kind || subject.startsWith(`${kind}:`);

/** The levels that something needs, in their order. */
export const levelsFor = ({ levels }: ApprovalRules, subject: string, measures: Measures): Level[] =>
  levels
    .filter(({ subjects, when }) => subjects.some((kind) => isOf(subject, kind)) && (!when || meets(measures, when)))
    .map(({ subjects: _, when: __, ...level }) => level);
