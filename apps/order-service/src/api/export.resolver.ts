// This service's part of what is held of a customer: orders with their delivery points and notes, and receipts.
import { Fault, type Documents } from "@gendan/eventing";
import { demandExport, openedFor } from "@gendan/security";
import { ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";

/** The customer's id; carried by the gateway from the service that knows the customer. */
interface Held {
  readonly id: string;
}

/** The most of one kind that is given at once. */
const MOST = 10_000;

@Resolver("CustomerExport")
export class CustomerExports {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  reference({ id }: Held, { caller }: Context): Held {
    demandExport(caller);
    return { id };
  }

  @ResolveField()
  orders({ id }: Held): Promise<readonly object[]> {
    return this.opened(id, this.desk.parts.orderDocuments, "orders");
  }

  @ResolveField()
  receipts({ id }: Held): Promise<readonly object[]> {
    return this.opened(id, this.desk.parts.receiptDocuments, "receipts");
  }

  @ResolveField()
  async orderIds({ id }: Held): Promise<readonly string[]> {
    return (await ofCustomer(id, this.desk.parts.orderDocuments, "orders")).map((row) => row.id);
  }

  private async opened(id: string, documents: Documents, collection: string): Promise<readonly object[]> {
    const rows = await ofCustomer(id, documents, collection);
    return Promise.all(rows.map((row) => openedFor(this.desk.parts.sealer, new Set([id]), { id: row.id, ...row.doc })));
  }
}

/** Throws TOO_BROAD beyond what is given at once. */
async function ofCustomer(id: string, documents: Documents, collection: string) {
  const rows = (await documents.byKey<object>(collection, "customer", [id], MOST + 1)).get(id) ?? [];
  if (rows.length <= MOST) return rows;
  throw new Fault("TOO_BROAD", `Customer ${id} has more than ${MOST} ${collection}: page through them instead.`);
}
