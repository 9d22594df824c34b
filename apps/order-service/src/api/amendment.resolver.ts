// Amendments of orders: parses, seals, calls, maps; and what of them costs a further look.
import { derivedId, type Envelope, type Outcome } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { AmendmentImpact } from "../domain/order/amendment/impact.js";
import type { ProposeAmendment } from "../domain/order/amendment/propose-amendment.js";
import type { Change } from "../domain/order/order.events.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import { VERSIONS, versionId, type VersionContent } from "../read/fold-amendments.js";
import { impactOf, versionChanges } from "../write/amendments.js";
import { intakeRules } from "../write/intake-rules.js";
import { asked, carryOut, type ApiRefusal, type Context } from "./carry-out.js";
import * as inputs from "./change.inputs.js";
import type { AmendmentNode } from "./change.nodes.js";
import { decide, orderFor, own } from "./decide.js";
import { Desk } from "./desk.js";
import { sealedPoint } from "./order-content.js";
import { tellOfOrder as tell } from "./order.messages.js";
import type { OrderNode } from "./order.nodes.js";

type Proposed = z.output<typeof inputs.proposeAmendmentInput>;

@Resolver("Order")
export class AmendmentResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  proposeAmendment(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: Proposed, envelope: Envelope) => this.propose(given, envelope);
    return carryOut(context, input, { kind: "decision", schema: inputs.proposeAmendmentInput, act, tell });
  }

  @Mutation()
  approveAmendment(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.approveAmendmentInput,
      command: (given, note) => ({ type: "ApproveAmendment", ...own(given), ...note }),
    });
  }

  @Mutation()
  applyAmendment(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.applyAmendmentInput,
      command: (given) => ({ type: "ApplyAmendment", ...own(given) }),
      lookedUp: async (orderId) => ({ approval: await this.desk.parts.rules.about("approval", orderId) }),
    });
  }

  @Mutation()
  withdrawAmendment(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.withdrawAmendmentInput,
      command: (given, note) => ({ type: "WithdrawAmendment", ...own(given), ...note }),
    });
  }

  /** Of an order that the caller sees. */
  @Query()
  async compareVersions(
    @Args("orderId") orderId: string,
    @Args("from") from: number,
    @Args("to") to: number,
    @Ctx() context: Context,
  ): Promise<readonly Change[] | null> {
    if ((await this.desk.orders.get(orderId, context)) === null) return null;
    const ids = [from, to].map((version) => versionId(orderId, version));
    const found = await this.desk.parts.orderDocuments.getMany<VersionContent>(VERSIONS, ids);
    const [before, after] = ids.map((id) => found.get(id)?.doc);
    return before && after ? versionChanges(before, after) : null;
  }

  @ResolveField()
  amendment({ id, single, amendment }: OrderNode): AmendmentNode | undefined {
    return amendment && single ? { ...amendment, orderId: id } : amendment;
  }

  private async propose(given: Proposed, envelope: Envelope): Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal> {
    const { orderId, note, deliveryPoint, ...changes } = asked(given);
    const found = await orderFor(this.desk, orderId, envelope);
    if ("code" in found) return found;
    const { customerId } = found.order;
    const command: ProposeAmendment = {
      ...changes,
      type: "ProposeAmendment",
      amendmentId: derivedId("order.amendment", given.commandId),
      ...(await this.desk.seal(customerId, { note })),
      ...(await sealedPoint(this.desk, customerId, deliveryPoint)),
    };
    const { orderCommands, rules } = this.desk.parts;
    const ruled = async () => ({ ...command, rules: await intakeRules(rules) });
    return orderCommands.handle(orderId, ruled, { ...envelope, body: command });
  }
}

@Resolver("OrderAmendment")
export class AmendmentImpactResolver {
  constructor(private readonly desk: Desk) {}

  /** Reckoned on the order as it stands. */
  @ResolveField()
  async impact({ orderId }: AmendmentNode, _: unknown, { caller }: Context): Promise<object | null> {
    if (orderId === undefined) return null;
    const loaded = await this.desk.parts.orderCommands.load(orderId, caller.tokens);
    const { rules } = await this.desk.parts.rules.about("approval", orderId);
    const impact = loaded && impactOf(loaded.state, new Date(this.desk.now()).toISOString(), rules);
    return impact ? impactNode(impact) : null;
  }
}

const impactNode = ({ before, after, ...impact }: AmendmentImpact) => ({
  ...impact,
  totalBefore: before,
  totalAfter: after,
});
