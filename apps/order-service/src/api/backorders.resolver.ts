// Backorders: row by row, and by their age.
import { dayIn, type StoredDocument } from "@gendan/eventing";
import { withoutNulls, type PageArguments } from "@gendan/service-kit";
import { Args, Context as Ctx, Query, ResolveField, Resolver } from "@nestjs/graphql";
import type { DueBy, OpenSchedule } from "../read/backorders.js";
import { backorderAgeing, backordersQuery, type AgeingAsked, type BackordersAsked } from "../read/backorders-query.js";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import type { OrderNode } from "./order.nodes.js";
import { Shelf, type NodePage } from "./shelf.js";
import { lowerCamel } from "./words.js";

interface Asked {
  readonly by?: string | null;
  readonly groupBy?: string | null;
  readonly filter?: unknown;
}

const DAY_MS = 86_400_000;

function backorderNode({ id, doc }: StoredDocument<OpenSchedule>, by: DueBy, today: string) {
  const dueOn = (by === "requested" ? doc.requestedOn : doc.promisedOn)!;
  return {
    ...doc,
    id,
    customer: { __typename: "Customer", id: doc.customerId },
    daysLate: (Date.parse(today) - Date.parse(dueOn)) / DAY_MS,
  };
}
type BackorderNode = ReturnType<typeof backorderNode>;

@Resolver("BackorderRecord")
export class BackordersResolver {
  constructor(private readonly desk: Desk) {}

  @Query()
  backorders(
    @Args() { by, filter, ...page }: Asked & PageArguments,
    @Ctx() context: Context,
  ): Promise<NodePage<BackorderNode>> {
    const today = this.today();
    const asked: BackordersAsked = { ...(withoutNulls(filter) ?? {}), by: dueBy(by) };
    const shelf = new Shelf<OpenSchedule, BackorderNode>(this.desk.parts.orderDocuments, "openSchedules", (row) =>
      backorderNode(row, asked.by, today),
    );
    return shelf.page(backordersQuery(asked, today), page, context);
  }

  @Query()
  async backorderAgeing(
    @Args() { by, groupBy, filter }: Asked,
    @Ctx() { caller }: Context,
  ): Promise<readonly object[]> {
    const asked = {
      ...(withoutNulls(filter) ?? {}),
      by: dueBy(by),
      ...(groupBy == null ? {} : { groupBy: lowerCamel(groupBy) }),
    } as AgeingAsked;
    const rows = await backorderAgeing(this.desk.parts.orderDocuments, caller, asked, this.today());
    return rows.map(({ key, ages }) => {
      const [name, unit] = asked.groupBy === "product" ? key.split("\u0000") : [key];
      const customer = asked.groupBy === "customer" ? { __typename: "Customer", id: key } : null;
      return { key: asked.groupBy === undefined ? null : name, customer, unit, ages };
    });
  }

  @ResolveField()
  order({ orderId }: BackorderNode, _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }

  /** Orders of other zones go by the installation's day as well, so that a row and its sum are of the same age. */
  private today(): string {
    return dayIn(this.desk.parts.zone, this.desk.now());
  }
}

const dueBy = (by: string | null | undefined): DueBy => (by === "REQUESTED" ? "requested" : "promised");
