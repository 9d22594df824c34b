// FollowScope: orders that the issue is about are owned or seen by others from now on. A fact.
import { accept, type Decision } from "@gendan/eventing";
import type { FollowScope } from "../follow-scope.js";
import type { IssueEvent } from "./issue.events.js";
import type { IssueRefusal } from "./issue.refusals.js";
import { aboutOf, evolve, ownerOf, visibleToOf, type IssueState } from "./issue.state.js";

export function followScope(issue: IssueState, { orders }: FollowScope): Decision<IssueEvent, IssueRefusal> {
  const about = aboutOf(issue);
  const followed = orders.filter(
    ({ orderId, revision }) =>
      about.orderIds.includes(orderId) && revision > (issue.followed.get(orderId)?.revision ?? -1),
  );
  if (followed.length === 0) return accept();
  const after = evolve(issue, { type: "issue.scope.followed", followed, about, department: "", visibleTo: [] });
  return accept({ type: "issue.scope.followed", followed, about, ...ownerOf(after), visibleTo: visibleToOf(after) });
}
