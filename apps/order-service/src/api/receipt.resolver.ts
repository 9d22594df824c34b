// Receipts: recorded, allocated to orders, asked for.
import { derivedId, type Envelope, type Outcome } from "@gendan/eventing";
import type { PageArguments, Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { RecordReceipt } from "../domain/receipt/record-receipt.js";
import type { ReceiptCommand } from "../domain/receipt/receipt.decider.js";
import type { ReceiptRefusal } from "../domain/receipt/receipt.refusals.js";
import type { ReceiptState } from "../domain/receipt/receipt.state.js";
import { receiptsQuery } from "../read/receipts.projection.js";
import { knownOrder, returnOpenOf, seenOrders } from "../write/known-orders.js";
import { proposeAllocation } from "../write/propose-allocation.js";
import { ownership, receiptIdOf, yearOf } from "../write/receiving.js";
import { asked, carryOut, type ApiRefusal, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import {
  allocateByRuleInput,
  allocateReceiptInput,
  deallocateReceiptInput,
  recordReceiptInput,
  refundReceiptInput,
} from "./order.inputs.js";
import type { OrderNode, ReceiptNode } from "./order.nodes.js";
import { tellOfReceipt as tell } from "./receipt.messages.js";
import { revisionOf, type NodePage } from "./shelf.js";

@Resolver("Receipt")
export class ReceiptResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  recordReceipt(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (
      { customerId, amount, method, reference, ...given }: z.output<typeof recordReceiptInput>,
      envelope: Envelope,
    ) => {
      const { service, receiptCommands, zone } = this.desk.parts;
      const receiptId = receiptIdOf(given);
      const command: RecordReceipt = {
        type: "RecordReceipt",
        receiptId,
        number: "",
        ...(customerId === undefined ? {} : { customerId }),
        ...(amount === undefined ? {} : { amount }),
        method,
        ...(reference === undefined ? {} : { reference }),
        ...ownership(context.caller, given.department),
      };
      const year = yearOf(envelope.occurredAt ?? this.desk.now(), zone);
      const numbered = async () => ({ ...command, number: await service.number("RC", year) });
      return receiptCommands.handle(receiptId, numbered, { ...envelope, body: command });
    };
    return carryOut(context, input, { kind: "fact", schema: recordReceiptInput, act, tell });
  }

  @Mutation()
  allocateReceipt(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = ({ receiptId, allocations }: z.output<typeof allocateReceiptInput>, envelope: Envelope) => {
      const { orderCommands, receiptCommands } = this.desk.parts;
      const command = async () => {
        const ids = allocations.map(({ orderId }) => orderId);
        const orders = (await seenOrders(orderCommands, ids, context.caller.tokens)).map(knownOrder);
        const rates = await this.desk.parts.rules.current("rates");
        return { type: "AllocateReceipt", allocations, orders, rates } as const;
      };
      return receiptCommands.handle(receiptId, command, { ...envelope, body: { allocations } });
    };
    return carryOut(context, input, { kind: "decision", schema: allocateReceiptInput, act, tell });
  }

  /** Documents say which orders may be meant, their streams how much each is open. */
  @Mutation()
  allocateReceiptByRule(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = ({ receiptId, rule }: z.output<typeof allocateByRuleInput>, envelope: Envelope) => {
      const { orderCommands, receiptCommands } = this.desk.parts;
      const { tokens } = context.caller;
      const command = async () => {
        const receipt = (await receiptCommands.load(receiptId, tokens))?.state;
        const ids = receipt ? await this.desk.payable(receipt.customerId, receipt.currency, tokens) : [];
        const found = await seenOrders(orderCommands, ids, tokens);
        const allocations = receipt ? proposeAllocation(receipt, found, rule) : [];
        return { type: "AllocateReceipt", allocations, orders: found.map(knownOrder) } as const;
      };
      return receiptCommands.handle(receiptId, command, { ...envelope, body: { type: "AllocateReceipt", rule } });
    };
    return carryOut(context, input, { kind: "decision", schema: allocateByRuleInput, act, tell });
  }

  @Mutation()
  deallocateReceipt(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: z.output<typeof deallocateReceiptInput>, envelope: Envelope) => {
      const { receiptId, ...back } = asked(given);
      return this.seen(receiptId, back.orderId, { type: "DeallocateReceipt", ...back }, envelope, context);
    };
    return carryOut(context, input, { kind: "decision", schema: deallocateReceiptInput, act, tell });
  }

  @Mutation()
  refundReceipt(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: z.output<typeof refundReceiptInput>, envelope: Envelope) => {
      const { receiptId, ...refund } = asked(given);
      const refundId = derivedId("order.refund", given.commandId);
      const body = { type: "RefundReceipt", refundId, ...refund } as const;
      const { orderCommands } = this.desk.parts;
      const command = async () => ({ ...body, ...(await returnOpenOf(orderCommands, refund, context.caller.tokens)) });
      return this.seen(receiptId, refund.orderId, command, { ...envelope, body }, context);
    };
    return carryOut(context, input, { kind: "decision", schema: refundReceiptInput, act, tell });
  }

  /** Of an order that the caller does not see nothing is said. */
  private async seen(
    receiptId: string,
    orderId: string | undefined,
    command: ReceiptCommand | (() => Promise<ReceiptCommand>),
    envelope: Envelope,
    { caller }: Context,
  ): Promise<Outcome<ReceiptState, ReceiptRefusal> | ApiRefusal> {
    const { orderCommands, receiptCommands } = this.desk.parts;
    if (orderId !== undefined && !(await orderCommands.load(orderId, caller.tokens)))
      return { code: "NOT_FOUND", id: orderId };
    return receiptCommands.handle(receiptId, command, envelope);
  }

  @Query()
  receipt(
    @Args("id") id: string,
    @Args("atLeastRevision") revision: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<ReceiptNode | null> {
    const { receipts } = this.desk;
    return revision == null ? receipts.get(id, context) : receipts.at(id, revisionOf(revision), context);
  }

  @Query()
  receipts(
    @Args() { customerId, ...page }: PageArguments & { readonly customerId?: string | null },
    @Ctx() context: Context,
  ): Promise<NodePage<ReceiptNode>> {
    return this.desk.receipts.page(receiptsQuery(customerId ?? undefined), page, context);
  }

  @ResolveReference()
  reference({ id }: { readonly id: string }, context: Context): Promise<ReceiptNode | null> {
    return this.desk.receipts.get(id, context);
  }
}

@Resolver("ReceiptAllocation")
export class ReceiptAllocationResolver {
  constructor(private readonly desk: Desk) {}

  /** Null for callers who see the receipt and not the order. */
  @ResolveField()
  order({ orderId }: ReceiptNode["allocations"][number], _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }
}
