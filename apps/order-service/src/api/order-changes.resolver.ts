// Orders as somebody follows them.
import { LiveDocuments, mapped } from "@gendan/service-kit";
import { Args, Context as Ctx, Resolver, Subscription } from "@nestjs/graphql";
import type { OrderDocument } from "../read/order.document.js";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { revisionOf } from "./shelf.js";

@Resolver()
export class OrderChanges {
  private readonly orders: LiveDocuments<OrderDocument>;

  constructor(desk: Desk) {
    this.orders = new LiveDocuments(desk.parts.orderDocuments, "orders");
  }

  /** How many follow an order. */
  get followers(): number {
    return this.orders.followers;
  }

  @Subscription()
  async orderChanged(
    @Args("id") id: string,
    @Args("fromRevision") revision: string | null | undefined,
    @Ctx() { caller }: Context,
  ) {
    const fromRevision = revision == null ? undefined : revisionOf(revision, "fromRevision");
    const changes = await this.orders.follow({ id, fromRevision, tokens: caller.tokens });
    return mapped(changes, (orderChanged) => ({ orderChanged }));
  }
}
