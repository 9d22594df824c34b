// Orders as they are asked for: one, by number, in lists; and what of an order costs a further look.
import { Fault } from "@gendan/eventing";
import { actorOf } from "@gendan/security";
import { MAX_PAGE_ROWS, pageOf, withoutNulls, SETTLE_WAIT_MS } from "@gendan/service-kit";
import { Args, Context as Ctx, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { Extent, Lifecycle } from "../domain/order/order.events.js";
import { ordersQuery, type OrdersAsked } from "../read/orders-query.js";
import { availableActions } from "../write/available-actions.js";
import { confirmingAs } from "../write/confirming.js";
import { approverOf } from "../write/delegations.js";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import type { OrderNode, ReceiptNode } from "./order.nodes.js";
import { standsForOf } from "./waiting-for.js";
import { revisionOf, type NodePage } from "./shelf.js";
import { lowerCamel, pascal } from "./words.js";

interface OrdersArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly filter?: unknown;
  readonly orderBy?: unknown;
}

@Resolver("Order")
export class OrderResolver {
  constructor(private readonly desk: Desk) {}

  @Query()
  async order(
    @Args("id") id: string,
    @Args("atLeastRevision") revision: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<OrderNode | null> {
    const { orders } = this.desk;
    return single(
      revision == null ? await orders.get(id, context) : await orders.at(id, revisionOf(revision), context),
    );
  }

  @Query()
  async orderByNumber(@Args("number") number: string, @Ctx() context: Context): Promise<OrderNode | null> {
    const [order = null] = await this.desk.orders.under("number", number.trim(), context);
    return single(order);
  }

  private async fieldDefinitions() {
    const { rules } = await this.desk.parts.rules.current("customFields");
    return rules.fields.filter(({ of }) => of !== "customer");
  }

  @Query()
  async orders(
    @Args() { filter, orderBy, ...page }: OrdersArguments,
    @Ctx() context: Context,
  ): Promise<NodePage<OrderNode>> {
    const asked = askedOf(filter, orderBy);
    const query = ordersQuery(asked, this.desk.now(), asked.customFields && (await this.fieldDefinitions()));
    if (query) return this.desk.orders.page(query, page, context);
    throw new Fault("BAD_USER_INPUT", "Amounts compare within one currency: name it in filter.currency.", {
      field: "filter.currency",
    });
  }

  @Query()
  orderSettled(@Args("token") token: string): Promise<boolean> {
    return this.desk.parts.service.settled(token, SETTLE_WAIT_MS);
  }

  @ResolveReference()
  reference({ id }: { readonly id: string }, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(id, context);
  }

  /** The latest first. */
  @ResolveField()
  async receipts(
    { id }: OrderNode,
    { first }: { readonly first?: number | null },
    context: Context,
  ): Promise<readonly ReceiptNode[]> {
    const { limit } = pageOf({ first: first ?? MAX_PAGE_ROWS });
    const receipts = await this.desk.receipts.under("order", id, context);
    return receipts.toSorted((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1)).slice(0, limit);
  }

  @ResolveField()
  async availableActions(
    { id, single: alone }: OrderNode,
    _: unknown,
    { caller }: Context,
  ): Promise<readonly string[] | null> {
    if (!alone) return null;
    const loaded = await this.desk.parts.orderCommands.load(id, caller.tokens);
    if (!loaded) return null;
    const { rules, delegationDocuments } = this.desk.parts;
    const standsFor = await standsForOf(delegationDocuments, caller.user);
    const at = this.desk.now();
    const order = { ...loaded.state, orderId: id };
    const asking = {
      approver: approverOf(caller),
      standsFor,
      at,
      confirming: await confirmingAs(this.desk.parts, caller.roles, order, at),
      comparison: await rules.current("comparison"),
    };
    return availableActions(loaded.state, actorOf(caller), await rules.all(id), asking);
  }
}

export const single = (node: OrderNode | null): OrderNode | null => node && { ...node, single: true };

interface Filter extends Omit<OrdersAsked, "sort" | "descending" | "lifecycle" | "shipping" | "delivery"> {
  readonly lifecycle?: readonly string[];
  readonly shipping?: readonly string[];
  readonly delivery?: readonly string[];
}

/** The list that is asked for, in the domain's words. */
function askedOf(given: unknown, order: unknown): OrdersAsked {
  const { lifecycle, shipping, delivery, ...filter } = (withoutNulls(given) ?? {}) as Filter;
  const { field = "RECEIVED", direction = "DESC" } = (withoutNulls(order) ?? {}) as {
    field?: string;
    direction?: string;
  };
  return {
    ...filter,
    ...(lifecycle && { lifecycle: lifecycle.map((each) => lowerCamel(each) as Lifecycle) }),
    ...(shipping && { shipping: shipping.map((each) => pascal(each) as Extent) }),
    ...(delivery && { delivery: delivery.map((each) => pascal(each) as Extent) }),
    sort: lowerCamel(field) as OrdersAsked["sort"],
    descending: direction === "DESC",
  };
}
