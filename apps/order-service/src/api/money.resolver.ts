// An order's money: terms agreed, invoices and credit notes issued, what is given up; and what waits for an invoice.
import { derivedId, type Envelope, type Outcome } from "@gendan/eventing";
import type { Meant } from "@gendan/security";
import type { PageArguments, Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { OrderDecision } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import { notInvoicedQuery, type NotInvoicedAsked } from "../read/orders-query.js";
import { yearOf } from "../write/receiving.js";
import { asked, carryOut, type Context } from "./carry-out.js";
import { own } from "./decide.js";
import { Desk } from "./desk.js";
import * as inputs from "./money.inputs.js";
import { tellOfOrder as tell } from "./order.messages.js";
import type { OrderNode } from "./order.nodes.js";
import type { NodePage } from "./shelf.js";
import { withoutNulls } from "@gendan/service-kit";

type OfOrder = Meant & { readonly orderId: string };

@Resolver()
export class MoneyResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  agreePaymentTerms(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.agreePaymentTermsInput, ({ milestones }) =>
      Promise.resolve({ type: "AgreePaymentTerms", milestones }),
    );
  }

  @Mutation()
  issueInvoice(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.issueInvoiceInput, async (given, envelope) => {
      const rules = await this.desk.parts.rules.current("invoicing");
      const invoiceId = derivedId("order.invoice", given.commandId);
      return { type: "IssueInvoice", invoiceId, number: await this.number("IN", envelope), ...own(given), rules };
    });
  }

  @Mutation()
  issueCreditNote(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.issueCreditNoteInput, async (given, envelope) => {
      const { version } = await this.desk.parts.rules.current("invoicing");
      const invoiceId = derivedId("order.invoice", given.commandId);
      const number = await this.number("CN", envelope);
      return { type: "IssueCreditNote", invoiceId, number, ...own(given), rules: { version } };
    });
  }

  @Mutation()
  writeOff(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, inputs.writeOffInput, async (given) => {
      const rules = await this.desk.parts.rules.current("payment");
      return { type: "WriteOff", writeOffId: derivedId("order.writeOff", given.commandId), ...own(given), rules };
    });
  }

  @Query()
  shippedNotInvoiced(
    @Args() { customerId, department, currency, ...page }: PageArguments & NotInvoicedAsked,
    @Ctx() context: Context,
  ): Promise<NodePage<OrderNode>> {
    const asked = withoutNulls({ customerId, department, currency }) as NotInvoicedAsked;
    return this.desk.orders.page(notInvoicedQuery(asked), page, context);
  }

  private number(series: string, { occurredAt }: Envelope): Promise<string> {
    const { service, zone } = this.desk.parts;
    return service.number(series, yearOf(occurredAt ?? this.desk.now(), zone));
  }

  /** A decision that takes rules or a number with it: both are fetched only where the command is new. */
  private decide<Schema extends z.ZodType<OfOrder>>(
    context: Context,
    input: unknown,
    schema: Schema,
    command: (given: z.output<Schema>, envelope: Envelope) => Promise<OrderDecision>,
  ): Promise<Payload> {
    const act = (given: z.output<Schema>, envelope: Envelope): Promise<Outcome<OrderState, OrderRefusal>> => {
      const { orderCommands } = this.desk.parts;
      return orderCommands.handle(given.orderId, () => command(given, envelope), { ...envelope, body: asked(given) });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }
}
