// This service's part of what is held of a customer: the shipments of their orders.
import { Inject } from "@nestjs/common";
import { demandExport, openedFor, type FieldOf } from "@gendan/security";
import { ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { ShipmentDoc } from "../read/shipment-doc.js";
import { MOST_OF_ORDER } from "../read/shipment-list.js";
import { SHIPMENTS } from "../read/shipments.js";
import { LOGISTICS, type Context, type Logistics } from "./logistics.js";

/** The customer's id and orders; carried by the gateway from the services that know them. */
interface Held {
  readonly id: string;
  readonly orderIds?: readonly string[] | null;
}

/** The reason of a loss is kept under other names. */
const fieldOf: FieldOf = (name, holder) => {
  const disputes = name === "note" && "kind" in holder && holder.kind === "lossDisputed";
  return name === "lossReason" || disputes ? "reason" : name;
};

@Resolver("CustomerExport")
export class CustomerExports {
  constructor(@Inject(LOGISTICS) private readonly logistics: Logistics) {}

  @ResolveReference()
  reference({ id, orderIds }: Held, { caller }: Context): Held {
    demandExport(caller);
    return { id, orderIds: orderIds ?? [] };
  }

  @ResolveField()
  async shipments({ id, orderIds }: Held, _: unknown, context: Context): Promise<readonly object[]> {
    const { documents, sealer } = this.logistics;
    const found = await documents.byKey<ShipmentDoc>(SHIPMENTS, "order", orderIds ?? [], MOST_OF_ORDER);
    const rows = new Map([...found.values()].flat().map((row) => [row.id, row.doc]));
    return Promise.all(
      [...rows].map(([own, doc]) => openedFor(sealer, new Set([id]), { id: own, ...doc }, context, fieldOf)),
    );
  }
}
