// What can be decided on orders: parses, seals, calls, maps; decides nothing.
import { derivedId, type Envelope, type Outcome, type Sealed } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { OrderDecision } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import { ruleSetActor } from "../write/available-actions.js";
import type { Meant } from "@gendan/security";
import { carryOut, type ApiRefusal, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";
import * as inputs from "./order.inputs.js";
import { correctOrder, receiveOrder } from "./order-content.js";

type OfOrder = Meant & { readonly orderId: string; readonly note?: string };
/** What an input says beyond what all of them say. */
function own<Given extends OfOrder>(given: Given): Omit<Given, keyof OfOrder> {
  const { commandId: _, orderId: __, occurredAt: ___, historical: ____, note: _____, ...rest } = given;
  return rest;
}

type Result = Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal>;

@Resolver()
export class OrderMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  receiveOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: z.output<typeof inputs.receiveOrderInput>, envelope: Envelope) =>
      receiveOrder(this.desk, context.caller, given, envelope);
    return carryOut(context, input, { kind: "decision", schema: inputs.receiveOrderInput, act, tell });
  }

  @Mutation()
  correctOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: z.output<typeof inputs.correctOrderInput>, envelope: Envelope) =>
      correctOrder(this.desk, given, envelope);
    return carryOut(context, input, { kind: "decision", schema: inputs.correctOrderInput, act, tell });
  }

  @Mutation()
  recordDiscrepancy(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.recordDiscrepancyInput, (given, note) => {
      const discrepancyId = derivedId("order.discrepancy", given.commandId);
      return { type: "RecordDiscrepancy", discrepancyId, ...own(given), ...note };
    });
  }

  @Mutation()
  resolveDiscrepancy(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.resolveDiscrepancyInput, ({ discrepancyId, outcome }, note) => {
      return { type: "ResolveDiscrepancy", discrepancyId, outcome, ...note };
    });
  }

  /** A rule set verifies as itself: who asked it to is nobody whom it acts for. */
  @Mutation()
  verifyOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = inputs.verifyOrderInput;
    const act = ({ orderId, ruleSet }: z.output<typeof schema>, envelope: Envelope) => {
      const as = ruleSet === undefined ? envelope : { ...envelope, actor: ruleSetActor(ruleSet) };
      return this.desk.parts.orderCommands.handle(orderId, { type: "VerifyOrder" }, { ...as, body: { ruleSet } });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }

  @Mutation()
  confirmOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.confirmOrderInput, ({ promises, promiseRequested }) => {
      return { type: "ConfirmOrder", promises, promiseRequested };
    });
  }

  @Mutation()
  repromiseSchedule(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.repromiseScheduleInput, (given, note) => {
      const { lineId, scheduleId, promisedOn, reason, askedBy } = given;
      return { type: "RepromiseSchedule", lineId, scheduleId, promisedOn, reason, askedBy, ...note };
    });
  }

  @Mutation()
  placeHold(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.holdInput, ({ hold }, note) => ({ type: "PlaceHold", hold, ...note }));
  }

  @Mutation()
  releaseHold(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.holdInput, ({ hold }, note) => ({ type: "ReleaseHold", hold, ...note }));
  }

  @Mutation()
  moveOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.moveOrderInput, (given, note) => {
      return { type: "MoveOrder", ...own(given), ...note };
    });
  }

  @Mutation()
  assignOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.assignOrderInput, (given, note) => {
      return { type: "AssignOrder", ...own(given), ...note };
    });
  }

  @Mutation()
  shareOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.shareOrderInput, (given, note) => {
      return { type: "ShareOrder", ...own(given), ...note };
    });
  }

  @Mutation()
  unshareOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.unshareOrderInput, (given, note) => {
      return { type: "UnshareOrder", ...own(given), ...note };
    });
  }

  @Mutation()
  cancelOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.cancelOrderInput, ({ reason, cancelledBy }, note) => {
      return { type: "CancelOrder", reason, cancelledBy, ...note };
    });
  }

  @Mutation()
  acceptDelivery(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.acceptDeliveryInput, (_, note) => ({ type: "AcceptDelivery", ...note }));
  }

  @Mutation()
  closeOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.closeOrderInput, () => ({ type: "CloseOrder" }));
  }

  /** A decision on an order that is there, with the note that somebody wrote to it. */
  private decide<Schema extends z.ZodType<OfOrder>>(
    context: Context,
    input: unknown,
    schema: Schema,
    command: (given: z.output<Schema>, note: { readonly note?: Sealed }) => OrderDecision,
  ): Promise<Payload> {
    const act = async (given: z.output<Schema>, envelope: Envelope): Result => {
      const { orderId, note } = given;
      const { orderCommands } = this.desk.parts;
      if (note === undefined) return orderCommands.handle(orderId, command(given, {}), envelope);
      const loaded = await orderCommands.load(orderId, envelope.tokens, envelope.commandId);
      if (!loaded || loaded.state.lifecycle === "absent") return { code: "NOT_FOUND", id: orderId };
      const sealed = await this.desk.seal(loaded.state.customerId, { note });
      return orderCommands.handle(orderId, command(given, sealed), envelope);
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }
}
