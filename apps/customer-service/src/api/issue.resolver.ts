// Issues: GraphQL in, command or query out. Parses, seals, calls, maps; decides nothing.
import { derivedId } from "@gendan/eventing";
import { parseInput, type Payload } from "@gendan/service-kit";
import { Args, Context as Asked, Mutation, Query, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { IssueCommand } from "../domain/issue/issue.decider.js";
import { issues, showsOrder, type IssueDoc } from "../read/issues.js";
import { issueList } from "../read/lists.js";
import { openIssue } from "../write/create.js";
import { lookUpForIssue } from "../write/look-up.js";
import { carryOut, type Context } from "./carry-out.js";
import { notFound, type ListArguments } from "./case.resolver.js";
import type { NodeArguments } from "./customer.resolver.js";
import { Desk, revisionOf } from "./desk.js";
import type { Meant } from "@gendan/security";
import * as inputs from "./issue.inputs.js";

@Resolver()
export class IssueRoots {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  openIssue(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema: inputs.open, input }, async (given, envelope) => {
      const found = await lookUpForIssue(this.desk.writers, given, context.caller);
      if ("code" in found) return found;
      const { severity = "minor", title, orderId: named, shipmentId, caseId } = given;
      const { scope, customerId, orderId, zone } = found;
      const id = given.id ?? derivedId("issue", given.commandId);
      const { description } = await this.desk.seal(customerId ?? id, { description: given.description });
      const orderIds = orderId === undefined ? [] : [orderId];
      const about = { orderId, shipmentId, caseId, orderIds, customerId };
      const matter = { type: "OpenIssue", severity, title, description } as const;
      const said = { ...matter, orderId: named, shipmentId, caseId };
      const command = { ...matter, about, zone, ...scope };
      return openIssue(this.desk.writers, command, this.desk.creation(id, envelope, said));
    });
  }

  @Mutation()
  triageIssue(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return this.decide(context, inputs.triage, input, ({ severity, responsibleParty, owner }) => ({
      type: "TriageIssue",
      severity,
      responsibleParty,
      owner,
    }));
  }

  @Mutation()
  confirmCause(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return this.decide(context, inputs.confirm, input, async ({ cause, evidence }, subject) => ({
      type: "ConfirmCause",
      cause,
      ...(await this.desk.seal(subject, { evidence })),
    }));
  }

  @Mutation()
  async addAction(
    @Args("input") input: unknown,
    @Asked() context: Context,
  ): Promise<Payload & { actionId: string | null }> {
    const actionIdOf = ({ actionId, commandId }: z.output<typeof inputs.addAction>): string =>
      actionId ?? derivedId("action", commandId);
    let actionId: string | null = null;
    const payload = await this.decide(context, inputs.addAction, input, async (given, subject) => {
      const { description, owner, dueOn, mandatory = true } = given;
      actionId = actionIdOf(given);
      const sealed = await this.desk.seal(subject, { description });
      return { type: "AddAction", actionId, ...sealed, owner, dueOn, mandatory };
    });
    return { ...payload, actionId: payload.id === null ? null : actionId };
  }

  @Mutation()
  completeAction(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return this.decide(context, inputs.completeAction, input, ({ actionId }) => ({ type: "CompleteAction", actionId }));
  }

  @Mutation()
  resolveIssue(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return this.decide(context, inputs.resolve, input, () => ({ type: "ResolveIssue" }));
  }

  @Mutation()
  verifyIssue(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return this.decide(context, inputs.verify, input, ({ effective }) => ({ type: "VerifyIssue", effective }));
  }

  @Mutation()
  closeIssue(@Args("input") input: unknown, @Asked() context: Context): Promise<Payload> {
    return this.decide(context, inputs.close, input, ({ cause }) => ({ type: "CloseIssue", cause }));
  }

  @Query()
  issue(@Args() { id, atLeastRevision }: NodeArguments, @Asked() context: Context) {
    return this.desk.issues.node(id, revisionOf(atLeastRevision), context);
  }

  @Query()
  issueByNumber(@Args("number") number: string, @Asked() context: Context) {
    return this.desk.issues.numbered(number, context);
  }

  @Query()
  issues(@Args() { filter, orderBy, ...page }: ListArguments, @Asked() context: Context) {
    const { orderId, ...given } = parseInput(inputs.filter, filter ?? {});
    const list = issueList(given, orderBy?.direction !== "ASC");
    if (orderId === undefined) return this.desk.issues.page(list, page, context);
    const shows = (tokens: readonly string[], doc: IssueDoc) => showsOrder(tokens, doc, orderId);
    const byOrder = { key: "order", value: orderId, spec: issues.collection, shows };
    return this.desk.issues.keyedPage(byOrder, list, page, context);
  }

  /** Sends a command to an issue that the caller sees. Free text about it is sealed under its customer, else under itself. */
  private decide<Schema extends z.ZodType<Meant & { readonly issueId: string }>>(
    context: Context,
    schema: Schema,
    input: unknown,
    commandOf: (given: z.output<Schema>, subject: string) => IssueCommand | Promise<IssueCommand>,
  ): Promise<Payload> {
    return carryOut(context, { kind: "decision", schema, input }, async (given, envelope) => {
      const { issueId } = given;
      const known = (await this.desk.writers.issues.load(issueId, context.caller.tokens))?.state.opened;
      if (!known) return notFound(issueId);
      const command = await commandOf(given, known.about.customerId ?? issueId);
      return this.desk.writers.issues.handle(issueId, command, envelope);
    });
  }
}
