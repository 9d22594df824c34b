// Invoices: asked for, disputed, promised to be paid; and how old what is open is.
import { addDays, dayIn, money, type Envelope } from "@gendan/eventing";
import type { Meant } from "@gendan/security";
import { withoutNulls, type PageArguments, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import type { InvoiceCommand } from "../domain/invoice/invoice.decider.js";
import { invoicesQuery, RECEIVABLES, type InvoicesAsked } from "../read/invoices.projection.js";
import { carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { tellOfInvoice as tell } from "./invoice.messages.js";
import type { InvoiceNode } from "./invoice.nodes.js";
import { givenMoney, meant, written } from "./order.inputs.js";
import type { OrderNode } from "./order.nodes.js";
import { revisionOf, type NodePage } from "./shelf.js";
import { lowerCamel } from "./words.js";

const ofInvoice = { ...meant, invoiceId: written(100) };
const disputeInput = z.object({ ...ofInvoice, amount: givenMoney.exactOptional(), reason: z.string() });
const resolveInput = z.object({ ...ofInvoice, outcome: z.string() });
const promiseInput = z.object({ ...ofInvoice, until: z.string() });

interface InvoicesArguments extends PageArguments {
  readonly filter?: unknown;
  readonly orderBy?: unknown;
}

/** The first day of each age; the last one has no end. */
const AGES = [0, 1, 31, 61, 91];
/** Before any invoice was due, and after all of them. */
const FIRST_DAY = "1970-01-01";
const LAST_DAY = "9999-12-31";

@Resolver("Invoice")
export class InvoiceResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  disputeInvoice(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, disputeInput, ({ amount, reason }) => {
      return { type: "DisputeInvoice", reason, ...(amount ? { amount } : {}) };
    });
  }

  @Mutation()
  resolveInvoiceDispute(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, resolveInput, ({ outcome }) => ({ type: "ResolveDispute", outcome }));
  }

  @Mutation()
  promisePayment(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return this.decide(context, input, promiseInput, ({ until }) => ({ type: "PromisePayment", until }));
  }

  @Query()
  invoice(
    @Args("id") id: string,
    @Args("atLeastRevision") revision: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<InvoiceNode | null> {
    const { invoices } = this.desk;
    return revision == null ? invoices.get(id, context) : invoices.at(id, revisionOf(revision), context);
  }

  @Query()
  async invoiceByNumber(@Args("number") number: string, @Ctx() context: Context): Promise<InvoiceNode | null> {
    const [invoice = null] = await this.desk.invoices.under("number", number.trim(), context);
    return invoice;
  }

  @Query()
  invoices(
    @Args() { filter, orderBy, ...page }: InvoicesArguments,
    @Ctx() context: Context,
  ): Promise<NodePage<InvoiceNode>> {
    return this.desk.invoices.page(invoicesQuery(askedOf(filter, orderBy), this.desk.now()), page, context);
  }

  /** Sums of cells by the days on which the invoices were due: however many there are, five of them. */
  @Query()
  async receivablesAgeing(
    @Args("currency") currency: string,
    @Args("customerId") customerId: string | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<readonly object[]> {
    const { invoiceDocuments, zone } = this.desk.parts;
    const today = dayIn(zone, this.desk.now());
    const ages = AGES.map(async (fromDays, index) => {
      const next = AGES[index + 1];
      const to = fromDays === 0 ? LAST_DAY : addDays(today, -fromDays);
      const from = next === undefined ? FIRST_DAY : addDays(today, 1 - next);
      const rows =
        caller.departments.length === 0
          ? []
          : await invoiceDocuments.cells({
              rollup: RECEIVABLES,
              dimension: customerId == null ? "all" : "customer",
              values: [customerId ?? "all"],
              ranges: [{ from, to }],
              departments: caller.departments,
              histogram: false,
            });
      const sums = rows.filter((row) => row.currency === currency).map((row) => row.sums);
      const total = (measure: string) => sums.reduce((sum, each) => sum + (each[measure] ?? 0n), 0n);
      const toDays = next === undefined ? null : next - 1;
      return { fromDays, toDays, invoices: total("invoices").toString(), open: money(total("open"), currency) };
    });
    return Promise.all(ages);
  }

  @ResolveReference()
  reference({ id }: { readonly id: string }, context: Context): Promise<InvoiceNode | null> {
    return this.desk.invoices.get(id, context);
  }

  @ResolveField()
  order({ orderId }: InvoiceNode, _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }

  private decide<Schema extends z.ZodType<Meant & { readonly invoiceId: string }>>(
    context: Context,
    input: unknown,
    schema: Schema,
    command: (given: z.output<Schema>) => InvoiceCommand,
  ): Promise<Payload> {
    const act = (given: z.output<Schema>, envelope: Envelope) =>
      this.desk.parts.invoiceCommands.handle(given.invoiceId, command(given), envelope);
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }
}

/** The list that is asked for, in the domain's words. */
function askedOf(given: unknown, order: unknown): InvoicesAsked {
  const { promise, ...filter } = (withoutNulls(given) ?? {}) as Omit<InvoicesAsked, "sort" | "descending">;
  const { field = "ISSUED", direction = "DESC" } = (withoutNulls(order) ?? {}) as {
    field?: string;
    direction?: string;
  };
  const promised =
    promise === undefined ? {} : { promise: lowerCamel(promise) as NonNullable<InvoicesAsked["promise"]> };
  return { ...filter, ...promised, sort: lowerCamel(field) as InvoicesAsked["sort"], descending: direction === "DESC" };
}
