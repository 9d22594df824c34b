// This service's part of what is held of a customer: orders with their delivery points and notes, and receipts.
import type { Documents } from "@gendan/eventing";
import { demandExport, ofCustomerIn, openedFor } from "@gendan/security";
import { ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";

/** The customer's id; carried by the gateway from the service that knows the customer. */
interface Held {
  readonly id: string;
}

@Resolver("CustomerExport")
export class CustomerExports {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  reference({ id }: Held, { caller }: Context): Held {
    demandExport(caller);
    return { id };
  }

  @ResolveField()
  orders({ id }: Held, _: unknown, context: Context): Promise<readonly object[]> {
    return this.opened(id, this.desk.parts.orderDocuments, "orders", context);
  }

  @ResolveField()
  quotations({ id }: Held, _: unknown, context: Context): Promise<readonly object[]> {
    return this.opened(id, this.desk.parts.quotationDocuments, "quotations", context);
  }

  /** What is known of the files; the files themselves come at the gateway. */
  @ResolveField()
  attachments({ id }: Held, _: unknown, context: Context): Promise<readonly object[]> {
    return this.opened(id, this.desk.parts.attachmentDocuments, "attachments", context);
  }

  @ResolveField()
  receipts({ id }: Held, _: unknown, context: Context): Promise<readonly object[]> {
    return this.opened(id, this.desk.parts.receiptDocuments, "receipts", context);
  }

  @ResolveField()
  async orderIds({ id }: Held): Promise<readonly string[]> {
    return (await ofCustomerIn<object>(this.desk.parts.orderDocuments, "orders", id)).map((row) => row.id);
  }

  private async opened(
    id: string,
    documents: Documents,
    collection: string,
    context: Context,
  ): Promise<readonly object[]> {
    const rows = await ofCustomerIn<object>(documents, collection, id);
    const { sealer } = this.desk.parts;
    return Promise.all(rows.map((row) => openedFor(sealer, new Set([id]), { id: row.id, ...row.doc }, context)));
  }
}
