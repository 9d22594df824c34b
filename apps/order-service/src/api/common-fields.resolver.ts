// What all payloads, all pages and all sealed values have in common: each is read only when it is selected.
import type { Sealed } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import type { Type } from "@nestjs/common";
import { ResolveField, Resolver } from "@nestjs/graphql";
import type { Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { single } from "./order.resolver.js";
import { singleQuotation } from "./quotation.nodes.js";
import type { NodePage } from "./shelf.js";

const orderPayloads = [
  "ReceiveOrderPayload",
  "ReceiveOrderByMailPayload",
  "CorrectOrderPayload",
  "RecordPurchaseOrderPayload",
  "CompareOrderPayload",
  "RecordDiscrepancyPayload",
  "ResolveDiscrepancyPayload",
  "WaiveDiscrepancyPayload",
  "VerifyOrderPayload",
  "AgreePaymentTermsPayload",
  "OpenReviewPayload",
  "AnswerReviewPayload",
  "OverrideReplyPayload",
  "RecordCountersignaturePayload",
  "SubmitForApprovalPayload",
  "ApproveOrderPayload",
  "RejectOrderPayload",
  "WithdrawApprovalPayload",
  "CommentApprovalPayload",
  "ReviseOrderPayload",
  "ConfirmOrderPayload",
  "RepromiseSchedulePayload",
  "PlaceHoldPayload",
  "ReleaseHoldPayload",
  "MoveOrderPayload",
  "AssignOrderPayload",
  "ShareOrderPayload",
  "UnshareOrderPayload",
  "AgreeDatePayload",
  "ShortCloseSchedulePayload",
  "BackorderSchedulePayload",
  "CancelLinePayload",
  "ProposeAmendmentPayload",
  "ApproveAmendmentPayload",
  "ApplyAmendmentPayload",
  "WithdrawAmendmentPayload",
  "CancelOrderPayload",
  "RejectDeliveryPayload",
  "AuthoriseReturnPayload",
  "ReceiveReturnPayload",
  "InspectReturnPayload",
  "WithdrawReturnPayload",
  "LinkExchangePayload",
  "ReopenOrderPayload",
  "AcceptDeliveryPayload",
  "IssueInvoicePayload",
  "IssueCreditNotePayload",
  "WriteOffPayload",
  "CloseOrderPayload",
];
const quotationPayloads = [
  "DraftQuotationPayload",
  "ChangeQuotationPayload",
  "SendQuotationPayload",
  "ReviseQuotationPayload",
  "AcceptQuotationPayload",
  "DeclineQuotationPayload",
];
const connections = [
  "QuotationConnection",
  "DiscrepancyConnection",
  "OrderConnection",
  "InvoiceConnection",
  "PromiseConnection",
  "BackorderConnection",
  "ReceiptConnection",
];
const invoicePayloads = ["DisputeInvoicePayload", "ResolveInvoiceDisputePayload", "PromisePaymentPayload"];
const receiptPayloads = [
  "RecordReceiptPayload",
  "AllocateReceiptPayload",
  "AllocateReceiptByRulePayload",
  "DeallocateReceiptPayload",
  "RefundReceiptPayload",
];

/** The sealed fields of each type; a field is sealed under its own name. */
const sealed: Readonly<Record<string, readonly string[]>> = {
  OrderDeliveryPoint: ["address", "contactName", "phone"],
  QuotationAnswer: ["note"],
  AttachmentVersion: ["name"],
  OrderOriginal: ["text"],
  OrderPromise: ["note"],
  OrderAmendment: ["note"],
  OrderAgreement: ["agreedWith", "note"],
  PromiseRecord: ["agreedWith", "note"],
  OrderHold: ["note"],
  OrderShortClose: ["note"],
  OrderRejection: ["note"],
  OrderReopening: ["note"],
  OrderReturnAuthorisation: ["note"],
  OrderReturnInspection: ["note"],
  OrderReturnWithdrawal: ["note"],
  OrderPartCancellation: ["note"],
  OrderDiscrepancy: ["note"],
  OrderDiscrepancyResolution: ["agreedWith", "note"],
  OrderDiscrepancyWaiver: ["note"],
  OrderCorrection: ["note"],
  OrderReviewDepartment: ["note"],
  OrderReviewAnswer: ["condition"],
  OrderReplyOverride: ["note"],
  OrderCountersignature: ["note"],
  OrderApproval: ["note"],
  OrderApprovalStep: ["note"],
  OrderAcceptance: ["note"],
  OrderCancellation: ["note"],
};

function orderPayload(type: string): Type {
  @Resolver(type)
  class OrderPayload {
    constructor(private readonly desk: Desk) {}

    /** At the command's revision or later. Throws READ_BEHIND after a bounded wait. */
    @ResolveField()
    async order({ id, revision }: Payload, _: unknown, context: Context): Promise<object | null> {
      if (id === null || revision === null) return null;
      return single(await this.desk.orders.at(id, Number(revision), context));
    }
  }
  return OrderPayload;
}

function quotationPayload(type: string): Type {
  @Resolver(type)
  class QuotationPayload {
    constructor(private readonly desk: Desk) {}

    @ResolveField()
    async quotation({ id, revision }: Payload, _: unknown, context: Context): Promise<object | null> {
      if (id === null || revision === null) return null;
      return singleQuotation(await this.desk.quotations.at(id, Number(revision), context));
    }
  }
  return QuotationPayload;
}

function receiptPayload(type: string): Type {
  @Resolver(type)
  class ReceiptPayload {
    constructor(private readonly desk: Desk) {}

    @ResolveField()
    receipt({ id, revision }: Payload, _: unknown, context: Context): Promise<object | null> | null {
      return id === null || revision === null ? null : this.desk.receipts.at(id, Number(revision), context);
    }
  }
  return ReceiptPayload;
}

function invoicePayload(type: string): Type {
  @Resolver(type)
  class InvoicePayload {
    constructor(private readonly desk: Desk) {}

    @ResolveField()
    invoice({ id, revision }: Payload, _: unknown, context: Context): Promise<object | null> | null {
      return id === null || revision === null ? null : this.desk.invoices.at(id, Number(revision), context);
    }
  }
  return InvoicePayload;
}

function connection(type: string): Type {
  @Resolver(type)
  class Connection {
    @ResolveField()
    async totalCount({ total }: NodePage<object>): Promise<number> {
      return (await total()).count;
    }

    @ResolveField()
    async totalIsExact({ total }: NodePage<object>): Promise<boolean> {
      return (await total()).exact;
    }
  }
  return Connection;
}

function sealedFields(type: string, fields: readonly string[]): Type {
  @Resolver(type)
  class SealedFields {
    constructor(private readonly desk: Desk) {}

    protected open(field: string, value: Sealed | undefined, context: Context): Promise<string | null> | null {
      return this.desk.open(field, value, context);
    }
  }
  for (const field of fields) {
    const method = function (
      this: SealedFields,
      parent: Readonly<Record<string, Sealed>>,
      _: unknown,
      context: Context,
    ) {
      return this["open"](field, parent[field], context);
    };
    const descriptor = { value: method, configurable: true, writable: true };
    Object.defineProperty(SealedFields.prototype, field, descriptor);
    ResolveField(field)(SealedFields.prototype, field, descriptor);
  }
  return SealedFields;
}

export const commonResolvers: readonly Type[] = [
  ...orderPayloads.map(orderPayload),
  ...quotationPayloads.map(quotationPayload),
  ...invoicePayloads.map(invoicePayload),
  ...receiptPayloads.map(receiptPayload),
  ...connections.map(connection),
  ...Object.entries(sealed).map(([type, fields]) => sealedFields(type, fields)),
];
