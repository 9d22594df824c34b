// Erasures: GraphQL in, command out. Whoever sees a person may ask for one; the right to carry it out is a role's.
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Asked, Mutation, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import { erase } from "../write/erase.js";
import { carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { code, id, meant } from "./inputs.js";

const ofCustomer = z.object({ ...meant, customerId: id });
const ofContact = z.object({ ...meant, contactId: id });
const requestOfCustomer = ofCustomer.extend({ reason: code });
const requestOfContact = ofContact.extend({ reason: code });

@Resolver()
export class ErasureMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  requestCustomerErasure(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "decision", schema: requestOfCustomer, input } as const;
    return carryOut(context, mutation, ({ customerId, reason }, envelope) =>
      this.desk.writers.customers.handle(customerId, { type: "RequestErasure", reason }, envelope),
    );
  }

  @Mutation()
  withdrawCustomerErasure(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: ofCustomer, input }, ({ customerId }, envelope) =>
      this.desk.writers.customers.handle(customerId, { type: "WithdrawErasure" }, envelope),
    );
  }

  @Mutation()
  eraseCustomer(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: ofCustomer, input }, ({ customerId }, envelope) =>
      erase(this.desk.writers.customers, this.desk.service.engines, customerId, envelope),
    );
  }

  @Mutation()
  requestContactErasure(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "decision", schema: requestOfContact, input } as const;
    return carryOut(context, mutation, ({ contactId, reason }, envelope) =>
      this.desk.writers.contacts.handle(contactId, { type: "RequestErasure", reason }, envelope),
    );
  }

  @Mutation()
  withdrawContactErasure(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: ofContact, input }, ({ contactId }, envelope) =>
      this.desk.writers.contacts.handle(contactId, { type: "WithdrawErasure" }, envelope),
    );
  }

  @Mutation()
  eraseContact(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: ofContact, input }, ({ contactId }, envelope) =>
      erase(this.desk.writers.contacts, this.desk.service.engines, contactId, envelope),
    );
  }
}
