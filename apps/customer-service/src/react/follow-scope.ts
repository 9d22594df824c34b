// What is about an order follows its scope, by what this service's own copy of the order says and lists.
import type {
  CaseOpened,
  InteractionLogged,
  IssueOpened,
  OrderScopeChanged,
  SatisfactionRecorded,
} from "@gendan/contracts";
import type { Found, Happened, Reacted } from "@gendan/eventing";
import type { FollowScope } from "../domain/follow-scope.js";
import type { NoteOrderScope, OrderState } from "../domain/order/order.decider.js";
import type { Dependant } from "../domain/order/order.events.js";
import type { FollowedOrder } from "../domain/shared.events.js";

type FoundOrder = Found<OrderState>;
interface AboutOrder {
  readonly orderId?: string | undefined;
}

export function noteScope(
  { orderId, department, assignee, visibleTo }: OrderScopeChanged,
  { sequence }: Happened,
): Reacted<NoteOrderScope>[] {
  const command = { type: "NoteOrderScope", sequence, department, assignee, visibleTo } as const;
  return [{ aggregate: "customer.order", target: orderId, command }];
}

const copy = (id: string) => ({ aggregate: "customer.order", id });
export const orderOf = ({ orderId }: AboutOrder) => (orderId === undefined ? [] : [copy(orderId)]);
export const ordersOf = ({ orderIds }: { readonly orderIds: readonly string[] }) => orderIds.map(copy);

/** Everything that is about the order. */
export const followChanged = ({ orderId }: OrderScopeChanged, _: Happened, [found]: readonly FoundOrder[]) =>
  (found?.state.dependants ?? []).map((dependant) => follow(dependant, followed(orderId, found)));

/** What was begun while its order was on its way to somebody else. */
const followBegun = (dependant: Dependant, { orderId = "" }: AboutOrder, [found]: readonly FoundOrder[]): Reacted[] =>
  found?.state.scoped ? [follow(dependant, followed(orderId, found))] : [];

export const followOpenedCase = (opened: CaseOpened, _: Happened, found: readonly FoundOrder[]) =>
  followBegun({ kind: "case", id: opened.caseId }, opened, found);
export const followInteraction = (logged: InteractionLogged, _: Happened, found: readonly FoundOrder[]) =>
  followBegun({ kind: "interaction", id: logged.interactionId }, logged, found);
export const followAnswer = (recorded: SatisfactionRecorded, _: Happened, found: readonly FoundOrder[]) =>
  followBegun({ kind: "satisfaction", id: recorded.satisfactionId }, recorded, found);

/** An issue about several orders was opened with what all of them say together: it must know each, so that one can leave. */
export function followOpenedIssue(
  { issueId, orderIds }: IssueOpened,
  _: Happened,
  found: readonly FoundOrder[],
): Reacted[] {
  const orders = orderIds.flatMap((orderId, index) =>
    orderIds.length > 1 || found[index]?.state.scoped ? followed(orderId, found[index]) : [],
  );
  return orders.length > 0 ? [follow({ kind: "issue", id: issueId }, orders)] : [];
}

const follow = ({ kind, id }: Dependant, orders: readonly FollowedOrder[]): Reacted<FollowScope> => ({
  aggregate: `customer.${kind}`,
  target: id,
  command: { type: "FollowScope", orders },
});

/** Nothing of an order that was not heard of yet. */
function followed(orderId: string, found: FoundOrder): FollowedOrder[] {
  const scope = found?.state.noted;
  if (!found || !scope) return [];
  const { department, assignee, visibleTo } = scope;
  return [{ orderId, revision: found.revision, department, assignee, visibleTo }];
}
