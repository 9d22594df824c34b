// What was said with customers and what they answered: facts, recorded as they are told.
import { derivedId, uuidFrom } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Asked, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import { lookUp } from "../write/look-up.js";
import { carryOut, type Context } from "./carry-out.js";
import type { NodeArguments } from "./customer.resolver.js";
import { Desk, revisionOf } from "./desk.js";
import * as input from "./inputs.js";
import type { CaseNode, CustomerNode, InteractionNode, SatisfactionNode } from "./nodes.js";

const { optional, meant } = input;

const about = { orderId: optional(input.id), shipmentId: optional(input.id), caseId: optional(input.id) };

const logInteractionInput = z.object({
  ...meant,
  ...about,
  id: optional(input.id),
  customerId: input.id,
  channel: input.enumOf({ CALL: "call", MAIL: "mail", CHAT: "chat", VISIT: "visit", PORTAL: "portal" }),
  direction: input.enumOf({ INBOUND: "inbound", OUTBOUND: "outbound" }),
  summary: optional(input.freeText),
});

const recordSatisfactionInput = z.object({
  ...meant,
  ...about,
  id: optional(input.id),
  externalReference: optional(input.reference),
  customerId: input.id,
  score: z.int(),
  comment: optional(input.freeText),
  zone: optional(input.zone),
});

@Resolver()
export class InteractionRoots {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  logInteraction(@Args("input") given: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "fact", schema: logInteractionInput, input: given } as const;
    return carryOut(context, mutation, async (told, envelope) => {
      const { customerId, channel, direction, shipmentId, caseId } = told;
      const found = await lookUp(this.desk.writers, told, context.caller.tokens);
      if ("code" in found) return found;
      const { summary } = await this.desk.seal(customerId, { summary: told.summary });
      const id = told.id ?? derivedId("interaction", told.commandId);
      const subject = { orderId: found.orderId, shipmentId, caseId };
      const said = { type: "LogInteraction", customerId, channel, direction, summary, about: subject } as const;
      return this.desk.writers.interactions.handle(id, { ...said, ...found.scope }, { ...envelope, body: said });
    });
  }

  @Mutation()
  recordSatisfaction(@Args("input") given: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "fact", schema: recordSatisfactionInput, input: given } as const;
    return carryOut(context, mutation, async (told, envelope) => {
      const { customerId, score, externalReference, shipmentId, caseId } = told;
      const found = await lookUp(this.desk.writers, told, context.caller.tokens);
      if ("code" in found) return found;
      const { comment } = await this.desk.seal(customerId, { comment: told.comment });
      const named = externalReference && uuidFrom("satisfaction", externalReference.system, externalReference.number);
      const id = told.id ?? named ?? derivedId("satisfaction", told.commandId);
      const answer = {
        customerId,
        score,
        comment,
        externalReference,
        about: { orderId: found.orderId, shipmentId, caseId },
      };
      const said = { type: "RecordSatisfaction", ...answer, zone: told.zone } as const;
      const command = { ...said, ...found.scope, zone: told.zone ?? found.zone };
      return this.desk.writers.satisfaction.handle(id, command, { ...envelope, body: said });
    });
  }

  @Query()
  interaction(@Args() { id, atLeastRevision }: NodeArguments, @Asked() context: Context) {
    return this.desk.interactions.node(id, revisionOf(atLeastRevision), context);
  }

  @Query()
  satisfactionAnswer(@Args() { id, atLeastRevision }: NodeArguments, @Asked() context: Context) {
    return this.desk.satisfaction.node(id, revisionOf(atLeastRevision), context);
  }
}

@Resolver("Interaction")
export class InteractionFields {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  byReference({ id }: { readonly id: string }, context: Context): Promise<InteractionNode | null> {
    return this.desk.interactions.get(id, context);
  }

  @ResolveField()
  customer({ customerId }: InteractionNode, _: unknown, context: Context): Promise<CustomerNode | null> {
    return this.desk.customers.get(customerId, context);
  }

  @ResolveField()
  case({ caseId }: InteractionNode, _: unknown, context: Context): Promise<CaseNode | null> | null {
    return caseId === undefined ? null : this.desk.cases.get(caseId, context);
  }

  @ResolveField()
  summary({ summary }: InteractionNode, _: unknown, context: Context) {
    return this.desk.open("summary", summary, context);
  }
}

@Resolver("Satisfaction")
export class SatisfactionFields {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  byReference({ id }: { readonly id: string }, context: Context): Promise<SatisfactionNode | null> {
    return this.desk.satisfaction.get(id, context);
  }

  @ResolveField()
  customer({ customerId }: SatisfactionNode, _: unknown, context: Context): Promise<CustomerNode | null> {
    return this.desk.customers.get(customerId, context);
  }

  @ResolveField()
  case({ caseId }: SatisfactionNode, _: unknown, context: Context): Promise<CaseNode | null> | null {
    return caseId === undefined ? null : this.desk.cases.get(caseId, context);
  }

  @ResolveField()
  comment({ comment }: SatisfactionNode, _: unknown, context: Context) {
    return this.desk.open("comment", comment, context);
  }
}
