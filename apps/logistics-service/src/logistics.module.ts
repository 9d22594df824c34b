// The composition of the logistics service: a running service and its resolvers. Names no adapter.
import { Module, type DynamicModule } from "@nestjs/common";
import type { Service } from "@gendan/eventing";
import type { Sealer } from "@gendan/security";
import { CustomerExports } from "./api/export.resolver.js";
import { LOGISTICS, type Logistics } from "./api/logistics.js";
import {
  CheckpointTexts,
  ExceptionTexts,
  OrderShipments,
  PackageTexts,
  payloadShipments,
  ShipmentFields,
} from "./api/shipment-fields.resolver.js";
import { ShipmentMutations } from "./api/shipment-mutations.resolver.js";
import { ShipmentConnections, ShipmentQueries } from "./api/shipment-queries.resolver.js";
import { ShipmentReads } from "./api/shipment-reads.js";
import { SHIPMENTS } from "./read/shipments.js";
import { orderAggregate, shipmentAggregate } from "./service.js";

@Module({})
export class LogisticsModule {
  static with({ service, sealer }: { readonly service: Service; readonly sealer: Sealer }): DynamicModule {
    const logistics: Logistics = {
      writing: {
        shipments: service.commands(shipmentAggregate),
        orders: service.commands(orderAggregate),
        number: service.number,
        now: () => service.engines.clock.now(),
      },
      documents: service.documents(SHIPMENTS),
      sealer,
      settled: (token, waitMs) => service.settled(token, waitMs),
    };
    return {
      module: LogisticsModule,
      providers: [
        { provide: LOGISTICS, useValue: logistics },
        ShipmentReads,
        ShipmentMutations,
        CustomerExports,
        ShipmentQueries,
        ShipmentConnections,
        ShipmentFields,
        OrderShipments,
        PackageTexts,
        CheckpointTexts,
        ExceptionTexts,
        ...payloadShipments,
      ],
    };
  }
}
