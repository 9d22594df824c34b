// Fields that are worked out when they are selected: actions, an order's shipments, sealed texts, a payload's shipment.
// Methods without parameter decorators are called directly with (parent, arguments, context).
import { Inject, type Type } from "@nestjs/common";
import { ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { actorOf } from "@gendan/security";
import { pageOf, type Payload } from "@gendan/service-kit";
import type { CheckpointDoc, ExceptionDoc, PackageDoc } from "../read/shipment-doc.js";
import { availableActions, type ShipmentAction } from "../write/available-actions.js";
import { ordersOf } from "../write/shipments.js";
import { LOGISTICS, type Context, type Logistics } from "./logistics.js";
import { nodeFor, type ShipmentNode } from "./shipment-nodes.js";
import { ShipmentReads } from "./shipment-reads.js";

@Resolver("Shipment")
export class ShipmentFields {
  constructor(
    @Inject(LOGISTICS) private readonly logistics: Logistics,
    private readonly reads: ShipmentReads,
  ) {}

  /** Worked out from the log, which is ahead of the documents; so only for a shipment that is asked for by itself. */
  @ResolveField()
  async availableActions(
    { id, single }: ShipmentNode,
    _: unknown,
    { caller }: Context,
  ): Promise<readonly ShipmentAction[] | null> {
    if (!single) return null;
    const { writing } = this.logistics;
    const loaded = await writing.shipments.load(id, caller.tokens);
    if (!loaded) return null;
    const at = new Date(writing.now()).toISOString();
    return availableActions(loaded.state, await ordersOf(writing, id), { actor: actorOf(caller), at });
  }

  @ResolveReference()
  reference({ id }: { readonly id: string }, context: Context): Promise<ShipmentNode | null> {
    return this.reads.byId(id, context, false);
  }
}

@Resolver("Order")
export class OrderShipments {
  constructor(private readonly reads: ShipmentReads) {}

  @ResolveField()
  async shipments(
    { id }: { readonly id: string },
    { first }: { readonly first?: number | null },
    context: Context,
  ): Promise<(ShipmentNode | null)[]> {
    const { limit } = pageOf({ first });
    const rows = await this.reads.ofOrder(id, context);
    return rows.slice(0, limit).map((row) => nodeFor(context, row));
  }
}

@Resolver("ShipmentPackage")
export class PackageTexts {
  constructor(private readonly reads: ShipmentReads) {}

  @ResolveField()
  receivedBy({ receivedBy }: PackageDoc, _: unknown, context: Context) {
    return this.reads.open("receivedBy", receivedBy, context);
  }

  @ResolveField()
  lossReason({ lossReason }: PackageDoc, _: unknown, context: Context) {
    return this.reads.open("reason", lossReason, context);
  }
}

@Resolver("Checkpoint")
export class CheckpointTexts {
  constructor(private readonly reads: ShipmentReads) {}

  @ResolveField()
  note({ note }: CheckpointDoc, _: unknown, context: Context) {
    return this.reads.open("note", note, context);
  }
}

@Resolver("ShipmentException")
export class ExceptionTexts {
  constructor(private readonly reads: ShipmentReads) {}

  @ResolveField()
  note({ kind, note }: ShipmentNode["exceptions"][number], _: unknown, context: Context) {
    // What is raised because a loss was disputed keeps the reason that was given for the loss.
    return this.reads.open(kind === "LOSS_DISPUTED" ? "reason" : "note", note, context);
  }

  @ResolveField()
  resolution({ resolution }: ExceptionDoc, _: unknown, context: Context) {
    return this.reads.open("resolution", resolution, context);
  }
}

/** Each mutation has a payload type of its own; the shipment in it is read only when it is selected. */
function payloadShipment(payload: string): Type {
  @Resolver(payload)
  class PayloadShipment {
    constructor(@Inject(ShipmentReads) private readonly reads: ShipmentReads) {}

    @ResolveField()
    shipment({ id, revision }: Payload, _: unknown, context: Context): Promise<ShipmentNode | null> | null {
      return id === null || revision === null ? null : this.reads.atRevision(id, Number(revision), context);
    }
  }
  return PayloadShipment;
}

export const payloadShipments: readonly Type[] = [
  "PlanShipmentPayload",
  "BookShipmentPayload",
  "DispatchShipmentPayload",
  "DropOrderFromShipmentPayload",
  "RecordCheckpointPayload",
  "ConfirmDeliveryPayload",
  "DeclareLostPayload",
  "InterceptShipmentPayload",
  "RecordInterceptPayload",
  "RaiseExceptionPayload",
  "ResolveExceptionPayload",
].map(payloadShipment);
