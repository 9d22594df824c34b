// An order is compared, and what was found is waived. Parses, seals, looks up, calls; decides nothing.
import { derivedId, type Envelope } from "@gendan/eventing";
import { withoutNulls, type PageArguments, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import { discrepanciesQuery, type DiscrepanciesAsked } from "../read/discrepancies-query.js";
import type { DiscrepancyRecord } from "../read/discrepancies.js";
import type { Aspect, ComparedWith } from "../domain/order/comparison/comparison.events.js";
import { comparedQuotations } from "../write/compared-quotations.js";
import { carryOut, type Context } from "./carry-out.js";
import * as inputs from "./comparison.inputs.js";
import type { DiscrepancyRecordNode } from "./comparison.nodes.js";
import { decide, own, type Made } from "./decide.js";
import { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";
import type { OrderNode } from "./order.nodes.js";
import { purchaseOrderLines } from "./purchase-order-csv.js";
import type { NodePage } from "./shelf.js";
import { lowerCamel } from "./words.js";

@Resolver()
export class ComparisonMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  recordPurchaseOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const command: Made<typeof inputs.recordPurchaseOrderInput> = ({ csv, lines = [], ...given }) => {
      const all = csv === undefined ? lines : purchaseOrderLines(csv);
      return { type: "RecordPurchaseOrder", ...own(given), lines: all };
    };
    return decide(this.desk, context, input, { schema: inputs.recordPurchaseOrderInput, command });
  }

  @Mutation()
  compareOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = inputs.compareOrderInput;
    const act = (given: z.output<typeof schema>, envelope: Envelope) => {
      const { orderId, commandId } = given;
      const { orderCommands, quotationCommands, rules } = this.desk.parts;
      const asked = { type: "CompareOrder", comparisonId: derivedId("order.comparison", commandId) } as const;
      const command = async () => {
        const loaded = await orderCommands.load(orderId, envelope.tokens);
        const quotations = loaded ? await comparedQuotations(quotationCommands, loaded.state) : [];
        return { ...asked, quotations, rules: await rules.current("comparison") };
      };
      return orderCommands.handle(orderId, command, { ...envelope, body: asked });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }

  @Mutation()
  waiveDiscrepancy(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { roles } = context.caller;
    const command: Made<typeof inputs.waiveDiscrepancyInput> = (given, note) => {
      return { type: "WaiveDiscrepancy", ...own(given), roles: [], ...note };
    };
    const lookedUp = async () => ({ rules: await this.desk.parts.rules.current("comparison"), roles });
    return decide(this.desk, context, input, { schema: inputs.waiveDiscrepancyInput, command, lookedUp });
  }
}

interface DiscrepanciesArguments extends PageArguments {
  readonly filter?: unknown;
  readonly direction?: string | null;
}

@Resolver("DiscrepancyRecord")
export class DiscrepancyResolver {
  constructor(private readonly desk: Desk) {}

  @Query()
  discrepancies(
    @Args() { filter, direction, ...page }: DiscrepanciesArguments,
    @Ctx() context: Context,
  ): Promise<NodePage<DiscrepancyRecordNode>> {
    const query = discrepanciesQuery({ ...askedOf(filter), descending: direction !== "ASC" });
    return this.desk.discrepancies.page(query, page, context);
  }

  @ResolveField()
  order({ orderId }: DiscrepancyRecordNode, _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }
}

/** In the domain's words. */
function askedOf(given: unknown): Omit<DiscrepanciesAsked, "descending"> {
  const { status, aspect, comparedWith, ...named } = (withoutNulls(given) ?? {}) as {
    status?: string[];
    aspect?: string[];
    comparedWith?: string;
  };
  return {
    ...named,
    ...(status && { standing: status.map((each) => lowerCamel(each) as DiscrepancyRecord["standing"]) }),
    ...(aspect && { aspect: aspect.map((each) => lowerCamel(each) as Aspect) }),
    ...(comparedWith !== undefined && { comparedWith: lowerCamel(comparedWith) as ComparedWith }),
  };
}
