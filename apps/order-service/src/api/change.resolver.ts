// What becomes of a binding order: dates, and the promise ledger.
import type { Payload } from "@gendan/service-kit";
import { withoutNulls, type PageArguments } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { promisesQuery, type PromisesAsked } from "../read/promises-query.js";
import type { PromiseKind, PromiseStanding } from "../read/promises.js";
import type { Context } from "./carry-out.js";
import * as inputs from "./change.inputs.js";
import type { PromiseNode } from "./change.nodes.js";
import { decide } from "./decide.js";
import { Desk } from "./desk.js";
import type { OrderNode } from "./order.nodes.js";
import type { NodePage } from "./shelf.js";
import { lowerCamel } from "./words.js";

interface PromisesArguments extends PageArguments {
  readonly orderId?: string | null;
  readonly customerId?: string | null;
  readonly person?: string | null;
  readonly filter?: unknown;
  readonly direction?: string | null;
}

@Resolver("PromiseRecord")
export class ChangeResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  agreeDate(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.agreeDateInput,
      sealed: ["agreedWith"],
      command: ({ lineId, scheduleId, agreedOn }, sealed) => ({
        type: "AgreeDate",
        lineId,
        scheduleId,
        agreedOn,
        ...sealed,
      }),
    });
  }

  @Query()
  promises(@Args() given: PromisesArguments, @Ctx() context: Context): Promise<NodePage<PromiseNode>> {
    const { first, after, ...asked } = given;
    return this.desk.promises.page(promisesQuery(askedOf(asked), this.desk.now()), { first, after }, context);
  }

  @ResolveField()
  order({ orderId }: PromiseNode, _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }
}

/** In the domain's words. */
function askedOf(given: Omit<PromisesArguments, keyof PageArguments>): PromisesAsked {
  const {
    filter = {},
    direction,
    ...named
  } = withoutNulls(given) as {
    filter?: { status?: string[]; kind?: string[]; dueFrom?: string; dueTo?: string };
    direction?: string;
    orderId?: string;
    customerId?: string;
    person?: string;
  };
  const { status, kind, ...days } = filter;
  return {
    ...named,
    ...days,
    ...(status && { standing: status.map((each) => lowerCamel(each) as PromiseStanding) }),
    ...(kind && { kind: kind.map((each) => lowerCamel(each) as PromiseKind) }),
    descending: direction === "DESC",
  };
}
