// Receipts: recorded, allocated to orders, asked for.
import type { Envelope } from "@gendan/eventing";
import type { PageArguments, Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { RecordReceipt } from "../domain/receipt/record-receipt.js";
import { receiptsQuery } from "../read/receipts.projection.js";
import { knownOrders } from "../write/known-orders.js";
import { ownership, receiptIdOf, yearOf } from "../write/receiving.js";
import { carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { allocateReceiptInput, recordReceiptInput } from "./order.inputs.js";
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
        const orders = await knownOrders(orderCommands, ids, context.caller.tokens);
        return { type: "AllocateReceipt", allocations, orders } as const;
      };
      return receiptCommands.handle(receiptId, command, { ...envelope, body: { allocations } });
    };
    return carryOut(context, input, { kind: "decision", schema: allocateReceiptInput, act, tell });
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
