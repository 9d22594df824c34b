// Scope and subject in the words of the contracts.
import type { IssueAbout } from "../domain/issue/issue.events.js";
import type { Scope } from "../domain/shared.events.js";

/** Who owns it and who may see it. */
export const scopeOf = ({ department, assignee, visibleTo }: Scope) => ({
  department,
  assignee,
  visibleTo: [...visibleTo],
});

/** What an issue is about. */
export const issueAboutOf = ({ orderIds, ...about }: IssueAbout) => ({ ...about, orderIds: [...orderIds] });
