// The credit of customers: limits are set, and what is open under them is asked for.
import { dayIn, sees, type Envelope, type StoredDocument } from "@gendan/eventing";
import { parseInput, type Messages, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import type { CreditRefusal } from "../domain/credit/credit.decider.js";
import type { Exposure } from "../domain/credit/credit.state.js";
import type { FollowedOrder } from "../domain/credit/credit.events.js";
import { linesOf, ordersFor, type CreditDocument, type CreditLine } from "../read/credits.projection.js";
import { creditRates, exposureOf } from "../write/confirming.js";
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
    const { creditCommands, rules, zone } = this.desk.parts;
    const act = (given: z.output<typeof setCreditLimitInput>, envelope: Envelope) => {
      const body = asked(given);
      const { department, ...limit } = body;
      const owned = { ...limit, zone, ...ownership(context.caller, department) };
      const command = async () => ({ type: "SetCreditLimit", ...owned, ...(await creditRates(rules)) }) as const;
      return creditCommands.handle(limit.customerId, command, {
        ...envelope,
        body: { type: "SetCreditLimit", ...body },
      });
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

async function creditNode(
  { sequence, doc }: StoredDocument<CreditDocument>,
  { caller }: Context,
  desk: Desk,
): Promise<CreditNode> {
  const today = dayIn(desk.parts.zone, desk.now());
  const lines = linesOf(doc).map(async (line) => ({
    ...lineNode(line, today, await exposureOf(desk.parts.rules, line.currency, doc.orders, today)),
    orders: ordersFor(caller.tokens, doc, line.currency)
      .slice(0, MOST_ORDERS)
      .map(({ open, currency, ...order }) => ({ ...order, open: { minor: open, currency } })),
  }));
  return {
    customer: { __typename: "Customer", id: doc.customerId },
    revision: String(sequence),
    lines: await Promise.all(lines),
  };
}

function lineNode({ currency, limit, open }: CreditLine, today: string, exposure: Exposure | undefined): object {
  const money = (minor: bigint) => ({ minor: minor.toString(), currency });
  const { rates, unrated } = exposure ?? {};
  const common = { currency, open: money(open), converted: exposure && money(exposure.open - open), rates, unrated };
  if (!limit) return common;
  const { amount, validFrom, validUntil, setAt, setBy } = limit;
  const holds = validFrom <= today && (validUntil === undefined || today <= validUntil) && !unrated?.length;
  return {
    ...common,
    limit: money(BigInt(amount)),
    validFrom,
    validUntil,
    setAt,
    setBy: actorName(setBy),
    available: holds ? money(BigInt(amount) - (exposure?.open ?? open)) : null,
  };
}

export const creditResolvers = [CreditResolver, CreditPayloadResolver, CreditOrderResolver];
