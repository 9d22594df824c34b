// Orders as other systems know them.
import { Fault, type Envelope } from "@gendan/eventing";
import { parseInput, withoutNulls, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { OrderDocument } from "../read/order.document.js";
import { referenceKey } from "../read/orders.projection.js";
import { differencesFrom } from "../read/reconcile.js";
import { inSystem, type ReceivedSpan } from "../read/references-query.js";
import { carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { mailInput, receiveOrderByMailInput, reconcileInput } from "./intake.inputs.js";
import { proposalOf, receiveMail, type Proposal } from "./mail/receive-mail.js";
import { tellOfOrder } from "./order.messages.js";

/** So many orders of a span are looked through. */
const MOST_IN_SPAN = 2_000;
const AT_ONCE = 200;

@Resolver()
export class IntakeResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  receiveOrderByMail(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = receiveOrderByMailInput;
    const act = ({ mail }: z.output<typeof schema>, envelope: Envelope) =>
      receiveMail(this.desk, context, mail, envelope);
    return carryOut(context, input, { kind: "decision", schema, act, tell: tellOfOrder });
  }

  @Query()
  proposedOrder(@Args("mail") mail: object, @Ctx() context: Context): Promise<Proposal> {
    return proposalOf(this.desk, context, parseInput(mailInput, withoutNulls(mail)));
  }

  @Query()
  async reconcileOrders(@Args() asked: object, @Ctx() context: Context): Promise<object> {
    const { system, orders, receivedFrom, receivedTo } = parseInput(reconcileInput, withoutNulls(asked));
    const { caller } = context;
    const keys = orders.map(({ number }) => referenceKey({ system, number }));
    const found = await this.desk.orders.documentsUnder("reference", keys, context);
    const pairs = orders.map((stated, index) => ({ stated, rows: found[index]! }));
    return {
      compared: pairs.filter(({ rows }) => rows.length > 0).length,
      missingHere: pairs.flatMap(({ stated, rows }) => (rows.length === 0 ? [stated.number] : [])),
      missingThere:
        receivedFrom === undefined && receivedTo === undefined
          ? null
          : (await this.inSpan(system, { receivedFrom, receivedTo }, caller.tokens)).flatMap(({ id, doc }) => {
              // What is found by words is found whatever the case; a system is another one in another case.
              const own = doc.references.find((reference) => reference.system === system);
              return !own || orders.some(({ number }) => number === own.number)
                ? []
                : [{ number: own.number, orderId: id, orderNumber: doc.number }];
            }),
      differences: pairs.flatMap(({ stated, rows }) =>
        rows.flatMap(({ id, doc }) =>
          differencesFrom(stated, doc).map((each) => ({ number: stated.number, orderId: id, ...each })),
        ),
      ),
    };
  }

  private async inSpan(
    system: string,
    span: ReceivedSpan,
    tokens: readonly string[],
  ): Promise<readonly { readonly id: string; readonly doc: OrderDocument }[]> {
    const query = { ...inSystem(system, span), tokens };
    const rows: { readonly id: string; readonly doc: OrderDocument }[] = [];
    for (let after: { sort: string | number | null; id: string } | undefined; ;) {
      const page = await this.desk.parts.orderDocuments.list<OrderDocument>({
        ...query,
        ...(after ? { after } : {}),
        limit: AT_ONCE,
      });
      rows.push(...page.rows);
      if (rows.length > MOST_IN_SPAN) {
        throw new Fault(
          "TOO_BROAD",
          `More than ${MOST_IN_SPAN} orders of ${system} were received then: ask for a shorter span.`,
        );
      }
      const last = page.rows.at(-1);
      if (!page.more || !last) return rows;
      after = { sort: last.sort, id: last.id };
    }
  }
}
