// What resolvers read: shipments for a caller, batched within a request, and sealed values opened for whoever may.
import { Inject, Injectable } from "@nestjs/common";
import { Fault, type Sealed } from "@gendan/eventing";
import { type SealedField, seesFields } from "@gendan/security";
import DataLoader from "dataloader";
import type { ShipmentDoc } from "../read/shipment-doc.js";
import { MOST_OF_ORDER, ofOrder } from "../read/shipment-list.js";
import { SHIPMENTS } from "../read/shipments.js";
import { LOGISTICS, type Context, type Logistics } from "./logistics.js";
import { nodeFor, type ShipmentNode, type ShipmentRow } from "./shipment-nodes.js";

@Injectable()
export class ShipmentReads {
  constructor(@Inject(LOGISTICS) private readonly logistics: Logistics) {}

  /** The shipment at this revision or a later one; throws READ_BEHIND when that takes too long. */
  async atRevision(id: string, revision: number, context: Context): Promise<ShipmentNode | null> {
    return nodeFor(context, await this.logistics.documents.at<ShipmentDoc>(SHIPMENTS, id, revision), true);
  }

  async byId(id: string, context: Context, single: boolean): Promise<ShipmentNode | null> {
    return nodeFor(context, await context.loader(this.rowsById).load(id), single);
  }

  async byNumber(number: string, context: Context): Promise<ShipmentNode | null> {
    const found = await this.logistics.documents.byKey<ShipmentDoc>(SHIPMENTS, "number", [number], 1);
    return nodeFor(context, found.get(number)?.[0], true);
  }

  /** The order's shipments that the caller may know to be the order's, in the order of their planning. */
  ofOrder(orderId: string, context: Context): Promise<readonly ShipmentRow[]> {
    return context.loader(this.rowsByOrder).load(orderId);
  }

  /** The text; null for callers who may not open personal values, and where the person was erased. */
  open(field: string, sealed: Sealed | undefined, context: Context): Promise<string | null> | null {
    if (!sealed || !seesFields(context.caller, "personal")) return null;
    return context.loader(this.opened).load({ field, sealed });
  }

  private readonly rowsById = () =>
    new DataLoader<string, ShipmentRow | undefined>(
      async (ids) => {
        const found = await this.logistics.documents.getMany<ShipmentDoc>(SHIPMENTS, ids);
        return ids.map((id) => found.get(id));
      },
      { cache: false },
    );

  private readonly rowsByOrder = (context: Context) =>
    new DataLoader<string, readonly ShipmentRow[]>(
      async (orderIds) => {
        const most = MOST_OF_ORDER + 1;
        const found = await this.logistics.documents.byKey<ShipmentDoc>(SHIPMENTS, "order", orderIds, most);
        return orderIds.map((orderId) => {
          const rows = found.get(orderId) ?? [];
          return rows.length < most ? ofOrder(context.caller.tokens, orderId, rows) : tooMany(orderId);
        });
      },
      { cache: false },
    );

  private readonly opened = (context: Context) =>
    new DataLoader<SealedField, string | null>((fields) => this.logistics.sealer.open(fields, context), {
      cache: false,
    });
}

const tooMany = (orderId: string): Fault =>
  new Fault("TOO_BROAD", `Order ${orderId} has more than ${MOST_OF_ORDER} shipments; list shipments by other filters.`);
