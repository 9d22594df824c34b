// What GraphQL tells of an issue beyond its document: opened texts, the things it is about, what may be done with it now.
import { actorOf } from "@gendan/security";
import { ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { issueActions } from "../write/available-actions.js";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import type { CaseNode, CustomerNode, IssueNode } from "./nodes.js";
import type { Single } from "./shelf.js";

@Resolver("Issue")
export class IssueFields {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  byReference({ id }: { readonly id: string }, context: Context): Promise<IssueNode | null> {
    return this.desk.issues.get(id, context);
  }

  @ResolveField()
  description({ description }: IssueNode, _: unknown, context: Context) {
    return this.desk.open("description", description, context);
  }

  @ResolveField()
  evidence({ evidence }: IssueNode, _: unknown, context: Context) {
    return this.desk.open("evidence", evidence, context);
  }

  @ResolveField()
  case({ caseId }: IssueNode, _: unknown, context: Context): Promise<CaseNode | null> | null {
    return caseId === undefined ? null : this.desk.cases.get(caseId, context);
  }

  @ResolveField()
  customer({ customerId }: IssueNode, _: unknown, context: Context): Promise<CustomerNode | null> | null {
    return customerId === undefined ? null : this.desk.customers.get(customerId, context);
  }

  @ResolveField()
  async availableActions({ id, single }: Single<IssueNode>, _: unknown, { caller }: Context) {
    const known = single && (await this.desk.writers.issues.load(id, caller.tokens));
    return known ? issueActions(known.state, actorOf(caller), this.desk.now()) : null;
  }
}

@Resolver("IssueAction")
export class IssueActionFields {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  description({ description }: IssueNode["actions"][number], _: unknown, context: Context) {
    return this.desk.open("description", description, context);
  }
}
