// Queries of shipments: nodes, lists, and whether this service has heard of something.
import { Inject } from "@nestjs/common";
import { Args, Context as Ctx, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { Fault, type ListPage } from "@gendan/eventing";
import { connectionOf, pageOf, parseInput, withoutNulls, type Connection, SETTLE_WAIT_MS } from "@gendan/service-kit";
import type { State } from "../domain/shipment/shipment.events.js";
import type { ShipmentDoc } from "../read/shipment-doc.js";
import { listOf, pageOfOrder, type ShipmentFilter, type ShipmentOrder } from "../read/shipment-list.js";
import { shipmentFilter } from "./inputs.js";
import { LOGISTICS, type Context, type Logistics } from "./logistics.js";
import { nodeFor, type ShipmentNode } from "./shipment-nodes.js";
import { ShipmentReads } from "./shipment-reads.js";
import { pascal } from "./words.js";

/** A connection counts only when it is asked to, and once for both of its counts. */
type ShipmentConnection = Connection<ShipmentNode> & { readonly total: () => Promise<Total> };

interface Total {
  readonly count: number;
  readonly exact: boolean;
}

interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly filter?: unknown;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

const COUNTED = 10_000;

@Resolver()
export class ShipmentQueries {
  constructor(
    @Inject(LOGISTICS) private readonly logistics: Logistics,
    private readonly reads: ShipmentReads,
  ) {}

  @Query()
  shipment(
    @Args("id") id: string,
    @Args("atLeastRevision") revision: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<ShipmentNode | null> {
    return revision == null
      ? this.reads.byId(id, context, true)
      : this.reads.atRevision(id, revisionOf(revision), context);
  }

  @Query()
  shipmentByNumber(@Args("number") number: string, @Ctx() context: Context): Promise<ShipmentNode | null> {
    return this.reads.byNumber(number, context);
  }

  @Query()
  async shipments(@Args() args: ListArguments, @Ctx() context: Context): Promise<ShipmentConnection> {
    const { orderId, states, ...others } = parseInput(shipmentFilter, withoutNulls(args.filter ?? {}));
    const filter = { ...others, ...(states && { states: states.map((state) => pascal(state) as State) }) };
    const order = orderOf(args.orderBy);
    const { page, total } =
      orderId === undefined
        ? await this.listed(args, filter, order, context)
        : await this.listedOfOrder(orderId, args, filter, order, context);
    // Lists go through the caller's tokens, so every row has a node.
    return { ...connectionOf(page, args.after, (row) => nodeFor(context, row)!), total };
  }

  @Query()
  logisticsSettled(@Args("token") token: string): Promise<boolean> {
    return this.logistics.settled(token, SETTLE_WAIT_MS);
  }

  private async listed(args: ListArguments, filter: ShipmentFilter, order: ShipmentOrder, { caller }: Context) {
    const { documents } = this.logistics;
    const query = listOf(caller.tokens, filter, order);
    const page = await documents.list<ShipmentDoc>({ ...query, ...pageOf(args) });
    return { page, total: once(() => documents.count(query, COUNTED)) };
  }

  private async listedOfOrder(
    orderId: string,
    args: ListArguments,
    filter: ShipmentFilter,
    order: ShipmentOrder,
    context: Context,
  ): Promise<{ readonly page: ListPage<ShipmentDoc>; readonly total: () => Promise<Total> }> {
    const page = pageOfOrder(await this.reads.ofOrder(orderId, context), filter, order, pageOf(args));
    return { page, total: () => Promise.resolve({ count: page.count, exact: true }) };
  }
}

@Resolver("ShipmentConnection")
export class ShipmentConnections {
  @ResolveField()
  async totalCount({ total }: ShipmentConnection): Promise<number> {
    return (await total()).count;
  }

  @ResolveField()
  async totalIsExact({ total }: ShipmentConnection): Promise<boolean> {
    return (await total()).exact;
  }
}

const orderOf = (orderBy: ListArguments["orderBy"]): ShipmentOrder => ({
  by: orderBy?.field === "PLANNED_SHIP_ON" ? "shipDay" : "planned",
  descending: orderBy?.direction !== "ASC",
});

function revisionOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Fault("BAD_USER_INPUT", "atLeastRevision must be a revision that a mutation answered.", {
    field: "atLeastRevision",
  });
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
