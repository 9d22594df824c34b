// Customers and contacts: GraphQL in, command or query out. Parses, calls, maps; decides nothing.
import { derivedId, isSealed } from "@gendan/eventing";
import { actorOf } from "@gendan/security";
import { parseInput, type PageArguments, type Payload, SETTLE_WAIT_MS } from "@gendan/service-kit";
import { Args, Context as Asked, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { nameKey, referenceKey } from "../read/customers.js";
import { customerList, ofCustomer } from "../read/lists.js";
import { contactActions, customerActions } from "../write/available-actions.js";
import { faultsNow, fieldRulesNow } from "../write/field-rules.js";
import { lookUp } from "../write/look-up.js";
import { carryOut, type Context } from "./carry-out.js";
import { customFieldSeal, fieldNodes, findableBy, sealFields } from "./custom-fields.js";
import {
  changeCustomerFieldsInput,
  customerFilterInput,
  registerContactInput,
  registerCustomerInput,
  type CustomerOrderInput,
} from "./customer.inputs.js";
import { Desk, revisionOf } from "./desk.js";
import { departmentFor } from "./envelope.js";
import type { ContactNode, CustomerNode } from "./nodes.js";
import { customerIdOf, localNameField, register } from "./register-customer.js";
import { MOST_OF_KEY, type Single } from "./shelf.js";

interface Ref {
  readonly id: string;
}

@Resolver()
export class CustomerMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  registerCustomer(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: registerCustomerInput, input }, async (given, envelope) => {
      const owner = departmentFor(context.caller, given.department);
      if (typeof owner !== "string") return owner;
      const id = customerIdOf(given) ?? derivedId("customer", given.commandId);
      return register(this.desk, id, { ...given, owner }, envelope);
    });
  }

  @Mutation()
  changeCustomerFields(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "decision", schema: changeCustomerFieldsInput, input } as const;
    return carryOut(context, mutation, async ({ customerId, set = [], remove = [] }, envelope) => {
      const { writers } = this.desk;
      const found = await lookUp(writers, { customerId }, context.caller.tokens);
      if ("code" in found) return found;
      // Of a command that was carried out already, sealed as it was then.
      const sent = await writers.customers.load(customerId, [], envelope.commandId);
      const fields = await sealFields(this.desk, customerId, set, sent?.state.customFields);
      const said = { type: "ChangeCustomerFields", set: fields, remove } as const;
      const command = async () => ({ ...said, fieldRules: await fieldRulesNow(writers) });
      return writers.customers.handle(customerId, command, { ...envelope, body: said });
    });
  }

  @Mutation()
  registerContact(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: registerContactInput, input }, async (given, envelope) => {
      const { customerId, role, name, phone, mail } = given;
      const found = await lookUp(this.desk.writers, { customerId }, context.caller.tokens);
      if ("code" in found) return found;
      const id = given.id ?? derivedId("contact", given.commandId);
      const sealed = await this.desk.seal(id, { name, phone, mail });
      const said = { type: "RegisterContact", customerId, role, ...sealed } as const;
      return this.desk.writers.contacts.handle(id, { ...said, ...found.scope }, { ...envelope, body: said });
    });
  }
}

@Resolver()
export class CustomerQueries {
  constructor(private readonly desk: Desk) {}

  @Query()
  customer(@Args() { id, atLeastRevision }: NodeArguments, @Asked() context: Context): Promise<CustomerNode | null> {
    return this.desk.customers.node(id, revisionOf(atLeastRevision), context);
  }

  @Query()
  contact(@Args() { id, atLeastRevision }: NodeArguments, @Asked() context: Context): Promise<ContactNode | null> {
    return this.desk.contacts.node(id, revisionOf(atLeastRevision), context);
  }

  @Query()
  async customerByReference(
    @Args() { system, number }: { readonly system: string; readonly number: string },
    @Asked() context: Context,
  ): Promise<CustomerNode | null> {
    const [found] = await this.desk.customers.under("reference", referenceKey(system, number), context);
    return found ?? null;
  }

  /** Persons by their keyed hash, organisations by their plain name. */
  @Query()
  async customersByName(@Args("name") name: string, @Asked() context: Context): Promise<readonly CustomerNode[]> {
    const [persons, organisations] = await Promise.all([
      this.desk.subjectsNamed(name, MOST_OF_KEY),
      this.desk.customers.under("name", nameKey(name), context),
    ]);
    const named = await Promise.all(persons.map((id) => this.desk.customers.get(id, context)));
    return [...named.filter((each) => each !== null), ...organisations].slice(0, MOST_OF_KEY);
  }

  @Query()
  async customers(
    @Args() { filter, orderBy, ...page }: PageArguments & { filter?: unknown; orderBy?: CustomerOrderInput | null },
    @Asked() context: Context,
  ) {
    const by = orderBy?.field === "NUMBER" ? "number" : "registeredAt";
    const descending = orderBy?.direction !== "ASC";
    const asked = parseInput(customerFilterInput, filter ?? {});
    const { customFields } = asked;
    const definitions = customFields && findableBy(customFields, await this.desk.fieldRules(context));
    const list = customerList(asked, { by, descending }, definitions);
    return this.desk.customers.page(list, page, context);
  }

  @Query()
  customerSettled(@Args("token") token: string): Promise<boolean> {
    return this.desk.service.settled(token, SETTLE_WAIT_MS);
  }
}

export interface NodeArguments {
  readonly id: string;
  readonly atLeastRevision?: string | null;
}

@Resolver("Customer")
export class CustomerFields {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  byReference({ id }: Ref, context: Context): Promise<CustomerNode | null> {
    return this.desk.customers.get(id, context);
  }

  @ResolveField()
  name({ name }: CustomerNode, _: unknown, context: Context) {
    return this.desk.open("name", name, context);
  }

  @ResolveField()
  address({ address }: CustomerNode, _: unknown, context: Context) {
    return this.desk.open("address", address, context);
  }

  @ResolveField()
  phone({ phone }: CustomerNode, _: unknown, context: Context) {
    return this.desk.open("phone", phone, context);
  }

  @ResolveField()
  mail({ mail }: CustomerNode, _: unknown, context: Context) {
    return this.desk.open("mail", mail, context);
  }

  @ResolveField()
  async customFields({ customFields }: CustomerNode, _: unknown, context: Context) {
    return fieldNodes(customFields, await this.desk.fieldRules(context));
  }

  @ResolveField()
  async customFieldFaults({ customFields }: CustomerNode, _: unknown, context: Context) {
    return faultsNow(customFields, await this.desk.fieldRules(context));
  }

  @ResolveField()
  async contacts({ id }: Ref, _: unknown, context: Context): Promise<readonly ContactNode[]> {
    return [...(await this.desk.contacts.under("customer", id, context))].reverse();
  }

  @ResolveField()
  interactions({ id }: Ref, page: PageArguments, context: Context) {
    return this.desk.interactions.pageOfEach(ofCustomer("interactions", id), page, context);
  }

  @ResolveField()
  satisfaction({ id }: Ref, page: PageArguments, context: Context) {
    return this.desk.satisfaction.pageOfEach(ofCustomer("satisfaction", id), page, context);
  }

  @ResolveField()
  cases({ id }: Ref, page: PageArguments, context: Context) {
    return this.desk.cases.pageOfEach(ofCustomer("cases", id), page, context);
  }

  @ResolveField()
  issues({ id }: Ref, page: PageArguments, context: Context) {
    return this.desk.issues.pageOfEach(ofCustomer("issues", id), page, context);
  }

  @ResolveField()
  async availableActions({ id, single }: Single<CustomerNode>, _: unknown, { caller }: Context) {
    const known = single && (await this.desk.writers.customers.load(id, caller.tokens));
    return known ? customerActions(known.state, actorOf(caller), this.desk.now()) : null;
  }
}

@Resolver("CustomerCustomField")
export class CustomFieldFields {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  value({ name, value }: CustomerNode["customFields"][number], _: unknown, context: Context) {
    return isSealed(value) ? this.desk.open(customFieldSeal(name), value, context) : value;
  }
}

@Resolver("LocalName")
export class LocalNameFields {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  name({ language, name }: CustomerNode["localNames"][number], _: unknown, context: Context) {
    return this.desk.open(localNameField(language), name, context);
  }
}

@Resolver("Contact")
export class ContactFields {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  byReference({ id }: Ref, context: Context): Promise<ContactNode | null> {
    return this.desk.contacts.get(id, context);
  }

  @ResolveField()
  customer({ customerId }: ContactNode, _: unknown, context: Context): Promise<CustomerNode | null> {
    return this.desk.customers.get(customerId, context);
  }

  @ResolveField()
  name({ name }: ContactNode, _: unknown, context: Context) {
    return this.desk.open("name", name, context);
  }

  @ResolveField()
  phone({ phone }: ContactNode, _: unknown, context: Context) {
    return this.desk.open("phone", phone, context);
  }

  @ResolveField()
  mail({ mail }: ContactNode, _: unknown, context: Context) {
    return this.desk.open("mail", mail, context);
  }

  @ResolveField()
  async availableActions({ id, single }: Single<ContactNode>, _: unknown, { caller }: Context) {
    const known = single && (await this.desk.writers.contacts.load(id, caller.tokens));
    return known ? contactActions(known.state, actorOf(caller), this.desk.now()) : null;
  }
}
