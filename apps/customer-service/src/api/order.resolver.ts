// What this service knows of other services' orders and shipments. The things are theirs; each line is checked against the caller.
import { ResolveField, Resolver } from "@nestjs/graphql";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";

interface Ref {
  readonly id: string;
}

@Resolver("Order")
export class OrderFields {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  cases({ id }: Ref, _: unknown, context: Context) {
    return this.desk.cases.under("order", id, context);
  }

  @ResolveField()
  issues({ id }: Ref, _: unknown, context: Context) {
    return this.desk.issues.under("order", id, context);
  }

  @ResolveField()
  satisfaction({ id }: Ref, _: unknown, context: Context) {
    return this.desk.satisfaction.under("order", id, context);
  }

  @ResolveField()
  interactions({ id }: Ref, _: unknown, context: Context) {
    return this.desk.interactions.under("order", id, context);
  }
}

@Resolver("Shipment")
export class ShipmentFields {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  issues({ id }: Ref, _: unknown, context: Context) {
    return this.desk.issues.under("shipment", id, context);
  }
}
