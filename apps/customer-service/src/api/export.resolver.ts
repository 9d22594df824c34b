// exportCustomer: this service's part of what is held of a customer.
import type { ListPage, ListQuery } from "@gendan/eventing";
import { demandExport, MOST_EXPORTED, ofCustomerIn, openedFor, tooMuchToExport, type FieldOf } from "@gendan/security";
import { Args, Context as Asked, Query, ResolveField, Resolver } from "@nestjs/graphql";
import type { ContactDoc, CustomerDoc } from "../read/customers.js";
import { ofCustomer } from "../read/lists.js";
import type { Context } from "./carry-out.js";
import { customFieldSeal } from "./custom-fields.js";
import { Desk } from "./desk.js";
import { localNameField } from "./register-customer.js";

interface CustomerExport {
  readonly id: string;
  readonly exportedAt: string;
  readonly customer: object;
  readonly contacts: readonly object[];
  /** The customer and its contacts: whose texts are opened. */
  readonly subjects: ReadonlySet<string>;
}

/** How many are read at once. */
const PAGE = 500;

const fieldOf: FieldOf = (name, holder) => {
  if (name === "value" && "name" in holder) return customFieldSeal(String(holder.name));
  return name === "name" && "language" in holder && !("kind" in holder)
    ? localNameField(String(holder.language))
    : name;
};

@Resolver("CustomerExport")
export class CustomerExports {
  constructor(private readonly desk: Desk) {}

  @Query()
  async exportCustomer(@Args("id") id: string, @Asked() context: Context): Promise<CustomerExport | null> {
    demandExport(context.caller);
    const documents = this.desk.service.documents("customers");
    const customer = await documents.get<CustomerDoc>("customers", id);
    if (!customer) return null;
    const contacts = await ofCustomerIn<ContactDoc>(documents, "contacts", id);
    const subjects = new Set([id, ...contacts.map((contact) => contact.id)]);
    return {
      id,
      exportedAt: this.desk.now(),
      customer: await this.opened(subjects, { id, ...customer.doc }, context),
      contacts: await Promise.all(
        contacts.map((contact) => this.opened(subjects, { id: contact.id, ...contact.doc }, context)),
      ),
      subjects,
    };
  }

  @ResolveField()
  interactions(held: CustomerExport, _: unknown, context: Context): Promise<readonly object[]> {
    return this.all("interactions", "interactions", held, context);
  }

  @ResolveField()
  satisfaction(held: CustomerExport, _: unknown, context: Context): Promise<readonly object[]> {
    return this.all("interactions", "satisfaction", held, context);
  }

  @ResolveField()
  cases(held: CustomerExport, _: unknown, context: Context): Promise<readonly object[]> {
    return this.all("cases", "cases", held, context);
  }

  @ResolveField()
  issues(held: CustomerExport, _: unknown, context: Context): Promise<readonly object[]> {
    return this.all("issues", "issues", held, context);
  }

  /** Everything of the customer's in a collection, the latest first. Throws TOO_BROAD beyond what is given at once. */
  private async all(
    projection: string,
    collection: string,
    { id, subjects }: CustomerExport,
    context: Context,
  ): Promise<readonly object[]> {
    const documents = this.desk.service.documents(projection);
    const found: object[] = [];
    const list = { ...ofCustomer(collection, id), tokens: context.caller.tokens, limit: PAGE };
    for (let query: ListQuery | undefined = list; query;) {
      const { rows, more }: ListPage<object> = await documents.list<object>(query);
      found.push(...(await Promise.all(rows.map((row) => this.opened(subjects, { id: row.id, ...row.doc }, context)))));
      const last = rows.at(-1);
      query = more && last ? { ...list, after: { sort: last.sort, id: last.id } } : undefined;
      if (query && found.length >= MOST_EXPORTED) throw tooMuchToExport(id, collection);
    }
    return found;
  }

  private opened(subjects: ReadonlySet<string>, document: object, context: Context): Promise<object> {
    return openedFor(this.desk.sealer, subjects, document, context, fieldOf);
  }
}
