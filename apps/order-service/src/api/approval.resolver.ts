// Approvals: asked for, given, and what waits for whom.
import type { Envelope } from "@gendan/eventing";
import { connectionOf, pageOf, type Connection, type PageArguments, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { DelegationDocument } from "../read/delegations.projection.js";
import { approverOf, delegatingOf, delegationId } from "../write/delegations.js";
import * as inputs from "./approval.inputs.js";
import { tellOfDelegation } from "./approval.messages.js";
import { approvalNode } from "./approval.nodes.js";
import { asked, carryOut, type Context } from "./carry-out.js";
import { decideResolved } from "./decide.js";
import { Desk } from "./desk.js";
import type { OrderNode } from "./order.nodes.js";
import { waitingFor, type WaitingRow } from "./waiting-for.js";

interface WaitingNode {
  readonly orderId: string;
  readonly approvals: readonly ReturnType<typeof approvalNode>[];
}

@Resolver()
class ApprovalResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  submitForApproval(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "SubmitForApproval",
      schema: inputs.submitForApprovalInput,
      resolved: async ({ orderId, subject }, note) => ({
        type: "SubmitForApproval",
        subject,
        approval: await this.desk.parts.rules.about("approval", orderId),
        calendar: await this.desk.parts.rules.current("calendar"),
        ...note,
      }),
    });
  }

  @Mutation()
  approveOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "GiveApproval",
      schema: inputs.approveOrderInput,
      resolved: async ({ subject, onBehalfOf }, note) => ({
        type: "GiveApproval",
        subject,
        calendar: await this.desk.parts.rules.current("calendar"),
        ...(await this.deciding(context, onBehalfOf)),
        ...note,
      }),
    });
  }

  @Mutation()
  rejectOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "RejectApproval",
      schema: inputs.rejectOrderInput,
      resolved: async ({ subject, onBehalfOf, reason }, note) => ({
        type: "RejectApproval",
        subject,
        reason,
        ...(await this.deciding(context, onBehalfOf)),
        ...note,
      }),
    });
  }

  @Mutation()
  withdrawApproval(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "WithdrawApproval",
      schema: inputs.withdrawApprovalInput,
      resolved: ({ subject }, note) => Promise.resolve({ type: "WithdrawApproval", subject, ...note }),
    });
  }

  @Mutation()
  commentApproval(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "CommentApproval",
      schema: inputs.commentApprovalInput,
      resolved: ({ subject }, { note }) => Promise.resolve({ type: "CommentApproval", subject, note: note! }),
    });
  }

  @Mutation()
  reviseOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "ReviseOrder",
      schema: inputs.reviseOrderInput,
      resolved: (_, note) => Promise.resolve({ type: "ReviseOrder", ...note }),
    });
  }

  /** The caller, and whom they decide for, as the rules know them. */
  private async deciding({ caller }: Context, onBehalfOf: string | undefined) {
    const approver = approverOf(caller);
    if (onBehalfOf === undefined) return { approver };
    return { approver, onBehalfOf: await delegatingOf(this.desk.parts.delegationCommands, onBehalfOf) };
  }

  @Query()
  async myApprovals(@Args() page: PageArguments, @Ctx() { caller }: Context): Promise<Connection<WaitingNode>> {
    const rows = await waitingFor(this.desk.parts, caller, pageOf(page), this.desk.now());
    return connectionOf<WaitingRow, WaitingNode>(rows, page.after, ({ id, doc }) => ({
      orderId: id,
      approvals: doc.approvals.map(approvalNode),
    }));
  }
}

@Resolver("WaitingApproval")
class WaitingApprovalResolver {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  order({ orderId }: WaitingNode, _: unknown, context: Context): Promise<OrderNode | null> {
    return this.desk.orders.get(orderId, context);
  }
}

const told = ({ person, delegations }: DelegationDocument) =>
  delegations.map(({ to, from, until }) => ({ person, to, from, until }));

@Resolver()
class DelegationResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  delegateApprovals(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { delegationCommands, zone } = this.desk.parts;
    const act = (given: z.output<typeof inputs.delegateApprovalsInput>, envelope: Envelope) => {
      const { person, roles, tokens } = approverOf(context.caller);
      const body = asked(given);
      const command = { type: "DelegateApprovals", ...body, zone, roles, tokens } as const;
      return delegationCommands.handle(delegationId(person), command, { ...envelope, body });
    };
    return carryOut(context, input, {
      kind: "decision",
      schema: inputs.delegateApprovalsInput,
      act,
      tell: tellOfDelegation,
    });
  }

  @Mutation()
  revokeDelegation(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = ({ to }: z.output<typeof inputs.revokeDelegationInput>, envelope: Envelope) =>
      this.desk.parts.delegationCommands.handle(
        delegationId(context.caller.user),
        { type: "RevokeDelegation", to },
        envelope,
      );
    return carryOut(context, input, {
      kind: "decision",
      schema: inputs.revokeDelegationInput,
      act,
      tell: tellOfDelegation,
    });
  }

  @Query()
  async approvalDelegations(@Ctx() { caller: { user } }: Context): Promise<readonly object[]> {
    const { delegationDocuments } = this.desk.parts;
    const [given, held] = await Promise.all(
      (["person", "to"] as const).map((key) =>
        delegationDocuments.byKey<DelegationDocument>("delegations", key, [user], MOST_DELEGATIONS),
      ),
    );
    const own = (given!.get(user) ?? []).flatMap(({ doc }) => told(doc));
    const others = (held!.get(user) ?? []).flatMap(({ doc }) => told(doc).filter(({ to }) => to === user));
    return [...own, ...others].filter(({ until }) => until > this.desk.now());
  }
}

const MOST_DELEGATIONS = 100;

function delegationPayload(type: string) {
  @Resolver(type)
  class DelegationPayload {
    constructor(private readonly desk: Desk) {}

    /** As the command has left them. */
    @ResolveField()
    async approvalDelegations({ id, revision }: Payload): Promise<readonly object[] | null> {
      if (id === null || revision === null) return null;
      const { delegationDocuments } = this.desk.parts;
      const found = await delegationDocuments.at<DelegationDocument>("delegations", id, Number(revision));
      return found ? told(found.doc) : null;
    }
  }
  return DelegationPayload;
}

export const approvalResolvers = [
  ApprovalResolver,
  WaitingApprovalResolver,
  DelegationResolver,
  ...["DelegateApprovalsPayload", "RevokeDelegationPayload"].map(delegationPayload),
];
