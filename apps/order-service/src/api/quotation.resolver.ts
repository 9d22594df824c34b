// Quotations: drafted, sent, answered, asked for. Parses, seals, calls, maps; decides nothing.
import { derivedId, personBehind, type Envelope } from "@gendan/eventing";
import type { Meant } from "@gendan/security";
import { withoutNulls, type PageArguments, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { QuotationLifecycle } from "../domain/quotation/quotation.events.js";
import type { QuotationCommand } from "../domain/quotation/quotation.decider.js";
import type { DraftQuotation } from "../domain/quotation/draft-quotation.js";
import { quotationsQuery, type QuotationsAsked } from "../read/quotations-query.js";
import { quotationActions } from "../write/quotation-actions.js";
import { answeringOrder } from "../write/answering-order.js";
import { intakeRules } from "../write/intake-rules.js";
import { ownership, yearOf } from "../write/receiving.js";
import { asked, carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { sealedPoint } from "./order-content.js";
import type { OrderNode } from "./order.nodes.js";
import * as inputs from "./quotation.inputs.js";
import { tellOfQuotation as tell } from "./quotation.messages.js";
import { singleQuotation, type QuotationNode } from "./quotation.nodes.js";
import { revisionOf, type NodePage } from "./shelf.js";
import { lowerCamel } from "./words.js";

@Resolver()
export class QuotationMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  draftQuotation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = inputs.draftQuotationInput;
    const act = async (given: z.output<typeof schema>, envelope: Envelope) => {
      const { service, quotationCommands, zone: ownZone } = this.desk.parts;
      const { id, deliveryPoint, ...offered } = asked(given);
      const { zone = ownZone, customerId = "", assignee = personBehind(envelope.actor) } = offered;
      const quotationId = id ?? derivedId("order.quotation", given.commandId);
      const command: DraftQuotation = {
        ...offered,
        type: "DraftQuotation",
        quotationId,
        number: "",
        zone,
        ...(assignee === undefined ? {} : { assignee }),
        ...ownership(context.caller, given.department),
        ...(await sealedPoint(this.desk, customerId, deliveryPoint)),
      };
      const year = yearOf(envelope.occurredAt ?? this.desk.now(), zone);
      const numbered = async () => ({ ...command, number: await service.number("QU", year) });
      return quotationCommands.handle(quotationId, numbered, { ...envelope, body: command });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }

  @Mutation()
  changeQuotation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.changeQuotationInput, async ({ deliveryPoint, ...given }, customerId) => {
      return { type: "ChangeQuotation", ...own(given), ...(await sealedPoint(this.desk, customerId, deliveryPoint)) };
    });
  }

  @Mutation()
  sendQuotation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.sendQuotationInput, () => ({ type: "SendQuotation" }));
  }

  @Mutation()
  reviseQuotation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.reviseQuotationInput, async ({ deliveryPoint, ...given }, customerId) => {
      return { type: "ReviseQuotation", ...own(given), ...(await sealedPoint(this.desk, customerId, deliveryPoint)) };
    });
  }

  @Mutation()
  acceptQuotation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = inputs.acceptQuotationInput;
    const act = (given: z.output<typeof schema>, envelope: Envelope) => {
      const { quotationId } = given;
      const { quotationCommands, orderCommands, references, rules } = this.desk.parts;
      const { orderId, ...more } = own(given);
      const body = { type: "AcceptQuotation", quotationId, ...more } as const;
      const command = async () => {
        const known = { ...body, rules: await intakeRules(rules) };
        // An order that is here has its numbers.
        if (orderId !== undefined) {
          return { ...known, order: await answeringOrder(orderCommands, orderId, envelope.tokens) };
        }
        const loaded = await quotationCommands.load(quotationId, envelope.tokens);
        return references.offered(loaded?.state, known, envelope);
      };
      return quotationCommands.handle(quotationId, command, { ...envelope, body: { ...body, orderId } });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }

  @Mutation()
  declineQuotation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.declineQuotationInput, async ({ reason, note }, customerId) => {
      const sealed = await this.desk.seal(customerId, { note });
      return { type: "DeclineQuotation", reason, ...sealed };
    });
  }

  /** A decision on a quotation that is there; what leads to a person is sealed under its customer's key. */
  private decide<Schema extends z.ZodType<OfQuotation>>(
    context: Context,
    input: unknown,
    schema: Schema,
    command: (given: z.output<Schema>, customerId: string) => QuotationCommand | Promise<QuotationCommand>,
  ): Promise<Payload> {
    const act = async (given: z.output<Schema>, envelope: Envelope) => {
      const { quotationId: id } = given;
      const { quotationCommands } = this.desk.parts;
      const loaded = await quotationCommands.load(id, envelope.tokens, envelope.commandId);
      if (!loaded || loaded.state.lifecycle === "absent") return { code: "NOT_FOUND", id } as const;
      return quotationCommands.handle(id, await command(given, loaded.state.customerId), envelope);
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }
}

type OfQuotation = Meant & { readonly quotationId: string };
/** What an input says beyond what all of them say. */
function own<Given extends OfQuotation>(given: Given): Omit<Omit<Given, keyof Meant>, "quotationId"> {
  const { quotationId: _, ...rest } = asked(given);
  return rest;
}

interface QuotationsArguments extends PageArguments {
  readonly filter?: unknown;
  readonly orderBy?: unknown;
}

@Resolver("Quotation")
export class QuotationResolver {
  constructor(private readonly desk: Desk) {}

  @Query()
  async quotation(
    @Args("id") id: string,
    @Args("atLeastRevision") revision: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<QuotationNode | null> {
    const { quotations } = this.desk;
    return singleQuotation(
      revision == null ? await quotations.get(id, context) : await quotations.at(id, revisionOf(revision), context),
    );
  }

  @Query()
  async quotationByNumber(@Args("number") number: string, @Ctx() context: Context): Promise<QuotationNode | null> {
    const [quotation = null] = await this.desk.quotations.under("number", number.trim(), context);
    return singleQuotation(quotation);
  }

  @Query()
  quotations(
    @Args() { filter, orderBy, ...page }: QuotationsArguments,
    @Ctx() context: Context,
  ): Promise<NodePage<QuotationNode>> {
    return this.desk.quotations.page(quotationsQuery(askedOf(filter, orderBy)), page, context);
  }

  @ResolveField()
  async availableActions(
    { id, single }: QuotationNode,
    _: unknown,
    { caller }: Context,
  ): Promise<readonly string[] | null> {
    const loaded = single && (await this.desk.parts.quotationCommands.load(id, caller.tokens));
    return loaded ? quotationActions(loaded.state, this.desk.now()) : null;
  }

  @ResolveReference()
  reference({ id }: { readonly id: string }, context: Context): Promise<QuotationNode | null> {
    return this.desk.quotations.get(id, context);
  }
}

@Resolver("QuotationAnswer")
export class QuotationAnswerResolver {
  constructor(private readonly desk: Desk) {}

  /** Null for callers who see the quotation and not the order. */
  @ResolveField()
  order({ orderId }: { readonly orderId?: string }, _: unknown, context: Context): Promise<OrderNode | null> | null {
    return orderId === undefined ? null : this.desk.orders.get(orderId, context);
  }
}

@Resolver("OrderLine")
export class QuotedLineResolver {
  constructor(private readonly desk: Desk) {}

  /** Null for callers who see the order and not the quotation. */
  @ResolveField()
  quotation(
    { quoted }: OrderNode["lines"][number],
    _: unknown,
    context: Context,
  ): Promise<QuotationNode | null> | null {
    return quoted ? this.desk.quotations.get(quoted.quotationId, context) : null;
  }
}

@Resolver("AcceptQuotationPayload")
export class AcceptedOrderResolver {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  async orderId({ id, revision }: Payload, _: unknown, context: Context): Promise<string | null> {
    if (id === null || revision === null) return null;
    const quotation = await this.desk.quotations.at(id, Number(revision), context);
    const answer = quotation?.versions.at(-1)?.answer;
    return answer && "orderId" in answer ? answer.orderId : null;
  }
}

interface Filter extends Omit<QuotationsAsked, "sort" | "descending" | "lifecycle"> {
  readonly lifecycle?: readonly string[];
}

/** The list that is asked for, in the domain's words. */
function askedOf(given: unknown, order: unknown): QuotationsAsked {
  const { lifecycle, ...filter } = (withoutNulls(given) ?? {}) as Filter;
  const { field = "DRAFTED", direction = "DESC" } = (withoutNulls(order) ?? {}) as {
    field?: string;
    direction?: string;
  };
  return {
    ...filter,
    ...(lifecycle && { lifecycle: lifecycle.map((each) => lowerCamel(each) as QuotationLifecycle) }),
    sort: lowerCamel(field) as QuotationsAsked["sort"],
    descending: direction === "DESC",
  };
}
