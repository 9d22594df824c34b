// GraphQL in, command out: parses, seals, calls, maps; decides nothing.
import { Inject } from "@nestjs/common";
import { Args, Context as Ctx, Mutation, Resolver } from "@nestjs/graphql";
import { derivedId, type Sealed } from "@gendan/eventing";
import { parseInput, payloadOf, refusedPayload, withoutNulls, type Payload } from "@gendan/service-kit";
import { dispatchShipment, dropOrder, planShipment, toShipment, type ShipmentOutcome } from "../write/shipments.js";
import type { ShipmentCommand } from "../domain/shipment/shipment.decider.js";
import {
  bookShipmentInput,
  confirmDeliveryInput,
  declareLostInput,
  dispatchShipmentInput,
  dropOrderInput,
  planShipmentInput,
  interceptShipmentInput,
  raiseExceptionInput,
  recordInterceptInput,
  recordCheckpointInput,
  resolveExceptionInput,
} from "./inputs.js";
import { envelopeOf, unlessErased, type Meant } from "@gendan/security";
import { LOGISTICS, type Context, type Logistics } from "./logistics.js";
import { shipmentMessages } from "./messages.js";

type Input = Meant & { readonly shipmentId: string };

@Resolver()
export class ShipmentMutations {
  constructor(@Inject(LOGISTICS) private readonly logistics: Logistics) {}

  @Mutation()
  planShipment(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(planShipmentInput, withoutNulls(given));
    const { commandId, occurredAt: _, historical: __, id = derivedId("shipment", commandId), ...request } = input;
    return this.answer("decision", input, context, (envelope) =>
      planShipment(this.logistics.writing, id, request, envelope),
    );
  }

  @Mutation()
  bookShipment(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(bookShipmentInput, withoutNulls(given));
    const { commandId: _, occurredAt: __, historical: ___, shipmentId: ____, ...booking } = input;
    return this.send("decision", input, context, () => ({ type: "BookShipment", ...booking }));
  }

  @Mutation()
  dispatchShipment(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(dispatchShipmentInput, withoutNulls(given));
    return this.answer(input.reported ? "fact" : "decision", input, context, (envelope) =>
      dispatchShipment(this.logistics.writing, input.shipmentId, input.reported, envelope),
    );
  }

  @Mutation()
  dropOrderFromShipment(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(dropOrderInput, withoutNulls(given));
    return this.answer("decision", input, context, (envelope) =>
      dropOrder(this.logistics.writing, input.shipmentId, input.orderId, envelope),
    );
  }

  @Mutation()
  recordCheckpoint(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(recordCheckpointInput, withoutNulls(given));
    const { commandId: _, occurredAt: __, historical: ___, shipmentId: ____, note, ...checkpoint } = input;
    return this.send("fact", input, context, async () => ({
      type: "RecordCheckpoint",
      ...checkpoint,
      ...(await this.sealed(input, context, { note })),
    }));
  }

  @Mutation()
  confirmDelivery(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(confirmDeliveryInput, withoutNulls(given));
    const { packageIds, receivedBy } = input;
    return this.send("fact", input, context, async () => ({
      type: "ConfirmDelivery",
      ...(packageIds && { packageIds }),
      ...(await this.sealed(input, context, { receivedBy })),
    }));
  }

  @Mutation()
  declareLost(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(declareLostInput, withoutNulls(given));
    const { packageIds, reason, commandId } = input;
    return this.send("fact", input, context, async () => ({
      type: "DeclareLost",
      exceptionId: derivedId("exception", commandId),
      ...(packageIds && { packageIds }),
      ...(await this.sealed(input, context, { reason })),
    }));
  }

  @Mutation()
  interceptShipment(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(interceptShipmentInput, withoutNulls(given));
    const { packageIds, reason } = input;
    return this.send("decision", input, context, () => ({
      type: "InterceptShipment",
      ...(packageIds && { packageIds }),
      reason,
    }));
  }

  @Mutation()
  recordIntercept(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(recordInterceptInput, withoutNulls(given));
    const { packageIds, outcome } = input;
    return this.send("fact", input, context, () => ({
      type: "RecordIntercept",
      ...(packageIds && { packageIds }),
      outcome,
    }));
  }

  @Mutation()
  async raiseException(
    @Args("input") given: unknown,
    @Ctx() context: Context,
  ): Promise<Payload & { readonly exceptionId: string | null }> {
    const input = parseInput(raiseExceptionInput, withoutNulls(given));
    const { commandId, exceptionId = derivedId("exception", commandId), kind, packageId, note } = input;
    const payload = await this.send("fact", input, context, async () => ({
      type: "RaiseException",
      exceptionId,
      kind,
      ...(packageId === undefined ? {} : { packageId }),
      ...(await this.sealed(input, context, { note })),
    }));
    return { ...payload, exceptionId: payload.id === null ? null : exceptionId };
  }

  @Mutation()
  resolveException(@Args("input") given: unknown, @Ctx() context: Context): Promise<Payload> {
    const input = parseInput(resolveExceptionInput, withoutNulls(given));
    const { exceptionId, resolution } = input;
    return this.send("decision", input, context, async () => ({
      type: "ResolveException",
      exceptionId,
      ...(await this.sealed(input, context, { resolution })),
    }));
  }

  private send(
    kind: "decision" | "fact",
    input: Input,
    context: Context,
    command: () => ShipmentCommand | Promise<ShipmentCommand>,
  ): Promise<Payload> {
    return this.answer(kind, input, context, async (envelope) =>
      toShipment(this.logistics.writing, input.shipmentId, await command(), envelope),
    );
  }

  private async answer(
    kind: "decision" | "fact",
    input: Meant,
    context: Context,
    command: (envelope: Parameters<typeof toShipment>[3]) => Promise<ShipmentOutcome>,
  ): Promise<Payload> {
    const envelope = envelopeOf(context, input, kind);
    if ("code" in envelope) return refusedPayload([envelope], shipmentMessages, context);
    const outcome = await unlessErased(() => command(envelope));
    if ("code" in outcome) return refusedPayload([outcome], shipmentMessages, context);
    return payloadOf(outcome, shipmentMessages, context);
  }

  /** Free text under the key of the customer whose goods they are: erased with the customer. */
  private async sealed<Field extends string>(
    { shipmentId }: Input,
    { caller }: Context,
    texts: Readonly<Record<Field, string | undefined>>,
  ): Promise<Partial<Record<Field, Sealed>>> {
    const given = Object.entries<string | undefined>(texts).filter(([, text]) => text !== undefined);
    if (given.length === 0) return {};
    const shipment = await this.logistics.writing.shipments.load(shipmentId, caller.tokens);
    const subject = shipment?.state.orders[0]?.customerId;
    if (subject === undefined) return {}; // there is no such shipment, as the command will say
    return (await this.logistics.sealer.sealAll(subject, Object.fromEntries(given))) as Partial<Record<Field, Sealed>>;
  }
}
