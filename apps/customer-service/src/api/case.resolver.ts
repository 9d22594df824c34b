// Cases: GraphQL in, command or query out. Parses, seals, calls, maps; decides nothing.
import { derivedId, type Envelope } from "@gendan/eventing";
import { actorOf } from "@gendan/security";
import { parseInput, type PageArguments, type Payload } from "@gendan/service-kit";
import { Args, Context as Asked, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import type { CaseCommand } from "../domain/case/case.decider.js";
import { caseList } from "../read/lists.js";
import { caseActions } from "../write/available-actions.js";
import { openCase } from "../write/create.js";
import { lookUp } from "../write/look-up.js";
import { carryOut, type Context, type Result } from "./carry-out.js";
import type { NodeArguments } from "./customer.resolver.js";
import { Desk, revisionOf } from "./desk.js";
import * as input from "./inputs.js";
import type { CaseNode, CustomerNode } from "./nodes.js";
import type { Single } from "./shelf.js";

const { optional, meant } = input;
const kind = input.enumOf({ INQUIRY: "inquiry", COMPLAINT: "complaint" });
const priorityOf = input.enumOf({ LOW: "low", NORMAL: "normal", HIGH: "high", URGENT: "urgent" });

const openCaseInput = z.object({
  ...meant,
  id: optional(input.id),
  kind,
  customerId: input.id,
  orderId: optional(input.id),
  shipmentId: optional(input.id),
  subject: input.code,
  text: optional(input.freeText),
  priority: optional(priorityOf),
});
const answerCaseInput = z.object({ ...meant, caseId: input.id, text: input.freeText });
const closeCaseInput = z.object({ ...meant, caseId: input.id, outcome: input.code });

const caseFilterInput = z.object({
  kinds: optional(z.array(kind)),
  states: optional(z.array(input.enumOf({ OPEN: "open", ANSWERED: "answered", CLOSED: "closed" }))),
  priorities: optional(z.array(priorityOf)),
  subjects: optional(z.array(z.string())),
  department: optional(input.department),
  assignee: optional(input.user),
  customerId: optional(input.id),
  orderId: optional(input.id),
});

@Resolver()
export class CaseRoots {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  openCase(@Args("input") given: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: openCaseInput, input: given }, async (asked, envelope) => {
      const { customerId, orderId, shipmentId, subject, priority = "normal" } = asked;
      const found = await lookUp(this.desk.writers, { customerId, orderId }, context.caller.tokens);
      if ("code" in found) return found;
      const { text } = await this.desk.seal(customerId, { text: asked.text });
      const about = { orderId, shipmentId };
      const matter = { kind: asked.kind, customerId, subject, text, priority, about };
      const said = { type: "OpenCase", ...matter } as const;
      const id = asked.id ?? derivedId("case", asked.commandId);
      return openCase(this.desk.writers, { ...said, ...found.scope }, this.desk.creation(id, envelope, said));
    });
  }

  @Mutation()
  answerCase(@Args("input") given: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "decision", schema: answerCaseInput, input: given } as const;
    return carryOut(context, mutation, async ({ caseId, text: plain }, envelope) => {
      const known = (await this.desk.writers.cases.load(caseId, context.caller.tokens))?.state.opened;
      if (!known) return notFound(caseId);
      const { text } = await this.desk.seal(known.customerId, { text: plain });
      return this.send(caseId, { type: "AnswerCase", text }, envelope);
    });
  }

  @Mutation()
  closeCase(@Args("input") given: unknown, @Asked() context: Context): Promise<Payload> {
    const mutation = { kind: "decision", schema: closeCaseInput, input: given } as const;
    return carryOut(context, mutation, ({ caseId, outcome }, envelope) =>
      this.send(caseId, { type: "CloseCase", outcome }, envelope),
    );
  }

  @Query()
  case(@Args() { id, atLeastRevision }: NodeArguments, @Asked() context: Context) {
    return this.desk.cases.node(id, revisionOf(atLeastRevision), context);
  }

  @Query()
  caseByNumber(@Args("number") number: string, @Asked() context: Context) {
    return this.desk.cases.numbered(number, context);
  }

  @Query()
  cases(@Args() { filter, orderBy, ...page }: ListArguments, @Asked() context: Context) {
    const list = caseList(parseInput(caseFilterInput, filter ?? {}), orderBy?.direction !== "ASC");
    return this.desk.cases.page(list, page, context);
  }

  private send(caseId: string, command: CaseCommand, envelope: Envelope): Promise<Result> {
    return this.desk.writers.cases.handle(caseId, command, envelope);
  }
}

/** The arguments of a list that is ordered by time alone. */
export interface ListArguments extends PageArguments {
  readonly filter?: unknown;
  readonly orderBy?: { readonly direction?: "ASC" | "DESC" | null } | null;
}

export const notFound = (id: string): Result => ({ status: "refused", id, refusals: [{ code: "NOT_FOUND", id }] });

@Resolver("Case")
export class CaseFields {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  byReference({ id }: { readonly id: string }, context: Context): Promise<CaseNode | null> {
    return this.desk.cases.get(id, context);
  }

  @ResolveField()
  customer({ customerId }: CaseNode, _: unknown, context: Context): Promise<CustomerNode | null> {
    return this.desk.customers.get(customerId, context);
  }

  @ResolveField()
  text({ text }: CaseNode, _: unknown, context: Context) {
    return this.desk.open("text", text, context);
  }

  @ResolveField()
  issues({ id }: CaseNode, _: unknown, context: Context) {
    return this.desk.issues.under("case", id, context);
  }

  @ResolveField()
  interactions({ id }: CaseNode, _: unknown, context: Context) {
    return this.desk.interactions.under("case", id, context);
  }

  @ResolveField()
  satisfaction({ id }: CaseNode, _: unknown, context: Context) {
    return this.desk.satisfaction.under("case", id, context);
  }

  @ResolveField()
  async availableActions({ id, single }: Single<CaseNode>, _: unknown, { caller }: Context) {
    const known = single && (await this.desk.writers.cases.load(id, caller.tokens));
    return known ? caseActions(known.state, actorOf(caller), this.desk.now()) : null;
  }
}

@Resolver("CaseAnswer")
export class CaseAnswerFields {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  text({ text }: CaseNode["answers"][number], _: unknown, context: Context) {
    return this.desk.open("text", text, context);
  }
}
