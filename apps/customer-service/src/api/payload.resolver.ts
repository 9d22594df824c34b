// What all payloads and all pages have in common: the aggregate is read only when it is selected, a total only when it is asked for.
import type { Payload } from "@gendan/service-kit";
import type { Type } from "@nestjs/common";
import { ResolveField, Resolver } from "@nestjs/graphql";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import type { NodePage } from "./shelf.js";

type ShelfName = "customers" | "contacts" | "interactions" | "satisfaction" | "cases" | "issues";

/** Which aggregate each mutation's payload gives, and from where. */
const payloads: Readonly<Record<string, readonly [field: string, shelf: ShelfName]>> = {
  RegisterCustomerPayload: ["customer", "customers"],
  ChangeCustomerFieldsPayload: ["customer", "customers"],
  RegisterContactPayload: ["contact", "contacts"],
  RequestCustomerErasurePayload: ["customer", "customers"],
  WithdrawCustomerErasurePayload: ["customer", "customers"],
  EraseCustomerPayload: ["customer", "customers"],
  RequestContactErasurePayload: ["contact", "contacts"],
  WithdrawContactErasurePayload: ["contact", "contacts"],
  EraseContactPayload: ["contact", "contacts"],
  LogInteractionPayload: ["interaction", "interactions"],
  RecordSatisfactionPayload: ["satisfaction", "satisfaction"],
  OpenCasePayload: ["case", "cases"],
  AnswerCasePayload: ["case", "cases"],
  CloseCasePayload: ["case", "cases"],
  OpenIssuePayload: ["issue", "issues"],
  TriageIssuePayload: ["issue", "issues"],
  ConfirmCausePayload: ["issue", "issues"],
  AddActionPayload: ["issue", "issues"],
  CompleteActionPayload: ["issue", "issues"],
  ResolveIssuePayload: ["issue", "issues"],
  VerifyIssuePayload: ["issue", "issues"],
  CloseIssuePayload: ["issue", "issues"],
};

const connections = [
  "CustomerConnection",
  "CaseConnection",
  "IssueConnection",
  "InteractionConnection",
  "SatisfactionConnection",
];

function payloadFields(type: string, [field, shelf]: readonly [string, ShelfName]): Type {
  @Resolver(type)
  class PayloadFields {
    constructor(private readonly desk: Desk) {}

    /** The document at the command's revision or later. Throws READ_BEHIND after a bounded wait. */
    @ResolveField(field)
    aggregate({ id, revision }: Payload, _: unknown, context: Context): Promise<object | null> | null {
      if (id === null || revision === null) return null;
      return this.desk[shelf].node(id, Number(revision), context);
    }
  }
  return PayloadFields;
}

function connectionFields(type: string): Type {
  @Resolver(type)
  class ConnectionFields {
    @ResolveField()
    async totalCount({ total }: NodePage<object>): Promise<number> {
      return (await total()).count;
    }

    @ResolveField()
    async totalIsExact({ total }: NodePage<object>): Promise<boolean> {
      return (await total()).exact;
    }
  }
  return ConnectionFields;
}

export const commonResolvers: readonly Type[] = [
  ...Object.entries(payloads).map(([type, from]) => payloadFields(type, from)),
  ...connections.map(connectionFields),
];
