// The credit of customers: limits are set, and what is open under them is asked for.
import { dayIn, sees, type Envelope, type StoredDocument } from "@gendan/eventing";
import { parseInput, type Messages, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import type { CreditRefusal } from "../domain/credit/credit.decider.js";
import type { FollowedOrder } from "../domain/credit/credit.events.js";
import { linesOf, ordersFor, type CreditDocument, type CreditLine } from "../read/credits.projection.js";
import { ownership } from "../write/receiving.js";
import { asked, carryOut, teller, type ApiRefusal, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { envelopeMessages, fieldMessages } from "./field.messages.js";
import { meant, text } from "./order.inputs.js";
import type { OrderNode } from "./order.nodes.js";
import { actorName } from "./words.js";

const setCreditLimitInput = z.object({
  ...meant,
  customerId: z.string(),
  limit: z.object({ minor: z.string(), currency: z.string() }),
  validFrom: text,
  validUntil: text,
  department: text,
});

type Told = Exclude<CreditRefusal, { readonly code: "NOT_FOUND" }>;
const { ID_INVALID, CURRENCY_INVALID, DATE_INVALID, DATE_PAST, DEPARTMENT_INVALID, DEPARTMENT_OUT_OF_SCOPE } =
  fieldMessages;
const messages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  ...{ ID_INVALID, CURRENCY_INVALID, DATE_INVALID, DATE_PAST, DEPARTMENT_INVALID, DEPARTMENT_OUT_OF_SCOPE },
  AMOUNT_INVALID: fieldMessages.PRICE_INVALID,
};
const tell = teller<Told>(messages);

const MOST_ORDERS = 200;

interface CreditNode {
  readonly customer: object;
  readonly revision: string;
  readonly lines: readonly object[];
}

@Resolver("SetCreditLimitPayload")
class CreditPayloadResolver {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  async credit({ id, revision }: Payload, _: unknown, context: Context): Promise<CreditNode | null> {
    if (id === null || revision === null) return null;
    const found = await this.desk.parts.creditDocuments.at<CreditDocument>("credits", id, Number(revision));
    return found ? creditNode(found, context, this.desk) : null;
  }
}

@Resolver()
class CreditResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  setCreditLimit(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { creditCommands, zone } = this.desk.parts;
    const act = (given: z.output<typeof setCreditLimitInput>, envelope: Envelope) => {
      const body = asked(given);
      const { department, ...limit } = body;
      const command = { type: "SetCreditLimit", ...limit, zone, ...ownership(context.caller, department) } as const;
      return creditCommands.handle(limit.customerId, command, { ...envelope, body });
    };
    return carryOut(context, input, { kind: "decision", schema: setCreditLimitInput, act, tell });
  }

  @Query()
  async credit(@Args("customerId") customerId: string, @Ctx() context: Context): Promise<CreditNode | null> {
    const id = parseInput(z.string().min(1), customerId);
    const found = (await this.desk.parts.creditDocuments.getMany<CreditDocument>("credits", [id])).get(id);
    return found && sees(context.caller.tokens, found.doc.visibleTo) ? creditNode(found, context, this.desk) : null;
  }
}

@Resolver("CreditOrder")
class CreditOrderResolver {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  order({ orderId }: FollowedOrder, _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }
}

function creditNode({ sequence, doc }: StoredDocument<CreditDocument>, { caller }: Context, desk: Desk): CreditNode {
  const today = dayIn(desk.parts.zone, desk.now());
  return {
    customer: { __typename: "Customer", id: doc.customerId },
    revision: String(sequence),
    lines: linesOf(doc).map((line) => ({
      ...lineNode(line, today),
      orders: ordersFor(caller.tokens, doc, line.currency)
        .slice(0, MOST_ORDERS)
        .map(({ open, currency, ...order }) => ({ ...order, open: { minor: open, currency } })),
    })),
  };
}

function lineNode({ currency, limit, open }: CreditLine, today: string): object {
  const money = (minor: bigint) => ({ minor: minor.toString(), currency });
  if (!limit) return { currency, open: money(open) };
  const { amount, validFrom, validUntil, setAt, setBy } = limit;
  const holds = validFrom <= today && (validUntil === undefined || today <= validUntil);
  return {
    currency,
    limit: money(BigInt(amount)),
    validFrom,
    validUntil,
    setAt,
    setBy: actorName(setBy),
    open: money(open),
    available: holds ? money(BigInt(amount) - open) : null,
  };
}

export const creditResolvers = [CreditResolver, CreditPayloadResolver, CreditOrderResolver];
