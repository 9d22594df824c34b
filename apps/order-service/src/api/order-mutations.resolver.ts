// What can be decided on orders: parses, seals, calls, maps; decides nothing.
import { derivedId, type Envelope } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import { ruleSetActor } from "../write/available-actions.js";
import { carryOut, type Context } from "./carry-out.js";
import { decide, decideResolved, own, type LookedUp, type Made, type OfOrder } from "./decide.js";
import { confirmingAs, confirmRules, noOrder } from "../write/confirming.js";
import { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";
import * as inputs from "./order.inputs.js";
import { correctOrder, receiveOrder } from "./order-content.js";

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
    const schema = inputs.resolveDiscrepancyInput;
    const command: Made<typeof schema, "agreedWith"> = ({ discrepancyId, outcome }, written) => {
      return { type: "ResolveDiscrepancy", discrepancyId, outcome, ...written };
    };
    const lookedUp = async () => ({ rules: await this.desk.parts.rules.current("comparison") });
    return decide(this.desk, context, input, { schema, command, lookedUp, sealed: ["agreedWith"] });
  }

  /** A rule set verifies as itself: who asked it to is nobody whom it acts for. */
  @Mutation()
  verifyOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = inputs.verifyOrderInput;
    const act = ({ orderId, ruleSet }: z.output<typeof schema>, envelope: Envelope) => {
      const as = ruleSet === undefined ? envelope : { ...envelope, actor: ruleSetActor(ruleSet) };
      const { orderCommands, rules } = this.desk.parts;
      const command = async () => ({ type: "VerifyOrder", comparison: await rules.current("comparison") }) as const;
      return orderCommands.handle(orderId, command, { ...as, body: { type: "VerifyOrder", ruleSet } });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }

  @Mutation()
  confirmOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "ConfirmOrder",
      schema: inputs.confirmOrderInput,
      resolved: async ({ orderId, promises, promiseRequested, occurredAt }) => {
        const { orderCommands, rules: book } = this.desk.parts;
        const rules = await confirmRules(book, orderId);
        const order = { ...((await orderCommands.load(orderId))?.state ?? noOrder), orderId };
        const at = occurredAt ?? this.desk.now();
        const confirming = await confirmingAs(this.desk.parts, context.caller.roles, order, at);
        return { type: "ConfirmOrder", promises, promiseRequested, rules, confirming };
      },
    });
  }

  @Mutation()
  repromiseSchedule(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.repromiseScheduleInput, (given, note) => {
      return { type: "RepromiseSchedule", ...own(given), ...note };
    });
  }

  @Mutation()
  placeHold(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const command: Made<typeof inputs.placeHoldInput> = (given, note) => ({
      type: "PlaceHold",
      ...own(given),
      ...note,
    });
    return this.decide(context, input, inputs.placeHoldInput, command, this.holdRules(context));
  }

  @Mutation()
  releaseHold(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const command: Made<typeof inputs.releaseHoldInput> = (given, note) => {
      return { type: "ReleaseHold", ...own(given), ...note };
    };
    return this.decide(context, input, inputs.releaseHoldInput, command, async (orderId) => ({
      ...(await this.holdRules(context)(orderId)),
      approval: await this.desk.parts.rules.about("approval", orderId),
    }));
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
    return this.decide(context, input, inputs.cancelOrderInput, (given, note) => {
      return { type: "CancelOrder", ...own(given), ...note };
    });
  }

  @Mutation()
  acceptDelivery(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.acceptDeliveryInput, (_, note) => ({ type: "AcceptDelivery", ...note }));
  }

  @Mutation()
  closeOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const rules = async () => ({ rules: await this.desk.parts.rules.current("closing") });
    return this.decide(context, input, inputs.closeOrderInput, () => ({ type: "CloseOrder" }), rules);
  }

  private holdRules({ caller }: Context): LookedUp {
    return async () => ({ rules: await this.desk.parts.rules.current("holds"), roles: caller.roles });
  }

  private decide<Schema extends z.ZodType<OfOrder>>(
    context: Context,
    input: unknown,
    schema: Schema,
    command: Made<Schema>,
    lookedUp?: LookedUp,
  ): Promise<Payload> {
    return decide(this.desk, context, input, { schema, command, lookedUp });
  }
}
