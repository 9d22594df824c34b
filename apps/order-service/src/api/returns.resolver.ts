// What comes back from the customer, and the end of an order.
import { derivedId, type Envelope } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, ResolveField, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import { closingOf } from "../write/closing.js";
import { carryOut, type Context } from "./carry-out.js";
import { decide, orderFor, own } from "./decide.js";
import { Desk } from "./desk.js";
import * as inputs from "./goods.inputs.js";
import { tellOfOrder as tell } from "./order.messages.js";
import type { OrderNode } from "./order.nodes.js";
import { upperSnake } from "./words.js";

@Resolver("Order")
export class ReturnsResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  rejectDelivery(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.rejectDeliveryInput,
      command: (given, note) => ({ type: "RejectDelivery", ...own(given), ...note }),
    });
  }

  @Mutation()
  authoriseReturn(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { rules } = this.desk.parts;
    return decide(this.desk, context, input, {
      schema: inputs.authoriseReturnInput,
      command: (given, note) => {
        const returnId = derivedId("order.return", given.commandId);
        return { type: "AuthoriseReturn", returnId, ...own(given), ...note, rules: NO_RULES };
      },
      lookedUp: async () => ({ rules: await rules.current("returns") }),
    });
  }

  /** A fact of an order that is there. */
  @Mutation()
  receiveReturn(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { orderCommands } = this.desk.parts;
    const act = async (given: z.output<typeof inputs.receiveReturnInput>, envelope: Envelope) => {
      const { orderId, commandId, returnId = derivedId("order.return", commandId), lines } = given;
      const found = await orderFor(this.desk, orderId, envelope);
      if ("code" in found) return found;
      return orderCommands.handle(orderId, { type: "ReceiveReturn", returnId, lines }, envelope);
    };
    return carryOut(context, input, { kind: "fact", schema: inputs.receiveReturnInput, act, tell });
  }

  @Mutation()
  inspectReturn(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.inspectReturnInput,
      command: (given, note) => ({ type: "InspectReturn", ...own(given), ...note }),
    });
  }

  @Mutation()
  withdrawReturn(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.withdrawReturnInput,
      command: (given, note) => ({ type: "WithdrawReturn", ...own(given), ...note }),
    });
  }

  /** The other order is one of the same customer that the caller sees; else it is as absent. */
  @Mutation()
  linkExchange(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { orderCommands } = this.desk.parts;
    const act = async (given: z.output<typeof inputs.linkExchangeInput>, envelope: Envelope) => {
      const { orderId, returnId, exchangeOrderId } = given;
      const [found, exchange] = await Promise.all(
        [orderId, exchangeOrderId].map((id) => orderFor(this.desk, id, envelope)),
      );
      if ("code" in found!) return found;
      const isOther =
        exchangeOrderId !== orderId && "order" in exchange! && exchange.order.customerId === found!.order.customerId;
      if (!isOther) return { code: "NOT_FOUND", id: exchangeOrderId } as const;
      return orderCommands.handle(orderId, { type: "LinkExchange", returnId, exchangeOrderId }, envelope);
    };
    return carryOut(context, input, { kind: "decision", schema: inputs.linkExchangeInput, act, tell });
  }

  @Mutation()
  reopenOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.reopenOrderInput,
      command: (given, note) => ({ type: "ReopenOrder", ...own(given), ...note }),
    });
  }

  /** Of a return whose order the caller does not see, nothing is said. */
  @ResolveField()
  async exchangeOf(
    { exchangeOf }: OrderNode,
    _: unknown,
    context: Context,
  ): Promise<{ readonly order: OrderNode; readonly returnId: string } | null> {
    const order = exchangeOf && (await this.desk.orders.get(exchangeOf.orderId, context));
    return order ? { order, returnId: exchangeOf.returnId } : null;
  }

  @ResolveField()
  async closingChecklist(
    { id, single }: OrderNode,
    _: unknown,
    { caller }: Context,
  ): Promise<readonly object[] | null> {
    if (!single) return null;
    const { orderCommands, rules } = this.desk.parts;
    const items = await closingOf(orderCommands, rules, id, caller.tokens);
    return (
      items?.map(({ item, done, blocking, detail }) => ({ item: upperSnake(item), done, blocking, detail })) ?? null
    );
  }
}

@Resolver("OrderReturn")
export class OrderReturnResolver {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  exchangeOrder(
    { exchangeOrderId }: OrderNode["returns"][number],
    _: unknown,
    context: Context,
  ): Promise<OrderNode | null> | null {
    return exchangeOrderId === undefined ? null : this.desk.orders.get(exchangeOrderId, context);
  }
}

/** Replaced by what is looked up. */
const NO_RULES = { version: 0, rules: {} };
