// What the resolvers work with: the commands, the documents of each kind, and the seals.
import { instant, type Commands, type Documents, type Sealed, type Service } from "@gendan/eventing";
import { type SealedField, type Sealer, seesFields } from "@gendan/security";
import DataLoader from "dataloader";
import type { AttachmentCommand, AttachmentRefusal, AttachmentState } from "../domain/attachment/attachment.decider.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { QuotationCommand } from "../domain/quotation/quotation.decider.js";
import type { QuotationRefusal } from "../domain/quotation/quotation.refusals.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import type { AccountCommand, AccountRefusal } from "../domain/account/account.decider.js";
import type { AccountState } from "../domain/account/account.state.js";
import type { InvoiceCommand } from "../domain/invoice/invoice.decider.js";
import type { InvoiceRefusal } from "../domain/invoice/invoice.refusals.js";
import type { InvoiceState } from "../domain/invoice/invoice.state.js";
import type { ReceiptCommand } from "../domain/receipt/receipt.decider.js";
import type { ReceiptRefusal } from "../domain/receipt/receipt.refusals.js";
import type { ReceiptState } from "../domain/receipt/receipt.state.js";
import type { RulesRefusal, RulesState, SetRules } from "../domain/rules/rules.decider.js";
import type { OrderDocument } from "../read/order.document.js";
import type { QuotationDocument } from "../read/quotation.document.js";
import type { DiscrepancyRecord } from "../read/discrepancies.js";
import type { PromiseRecord } from "../read/promises.js";
import type { InvoiceDocument } from "../read/invoices.projection.js";
import { receiptFor, type ReceiptDocument } from "../read/receipts.projection.js";
import type { CreditCommands } from "../write/confirming.js";
import type { DelegationCommands } from "../write/delegations.js";
import { paymentDueQuery } from "../read/orders-query.js";
import type { References } from "../write/references.js";
import type { RuleBook } from "../write/rule-book.js";
import type { Context } from "./carry-out.js";
import { promiseNode, type PromiseNode } from "./change.nodes.js";
import { discrepancyRecordNode, type DiscrepancyRecordNode } from "./comparison.nodes.js";
import { orderNode, receiptNode, type OrderNode, type ReceiptNode } from "./order.nodes.js";
import { quotationNode, type QuotationNode } from "./quotation.nodes.js";
import { invoiceNode, type InvoiceNode } from "./invoice.nodes.js";
import { MOST_OF_KEY, Shelf } from "./shelf.js";

export interface DeskParts {
  readonly service: Pick<Service, "number" | "settled" | "engines">;
  readonly quotationCommands: Commands<QuotationState, QuotationCommand, QuotationRefusal | OrderRefusal>;
  readonly orderCommands: Commands<OrderState, OrderCommand, OrderRefusal>;
  readonly attachmentCommands: Commands<AttachmentState, AttachmentCommand, AttachmentRefusal>;
  readonly accountCommands: Commands<AccountState, AccountCommand, AccountRefusal>;
  readonly accountDocuments: Documents;
  readonly invoiceCommands: Commands<InvoiceState, InvoiceCommand, InvoiceRefusal>;
  readonly invoiceDocuments: Documents;
  readonly receiptCommands: Commands<ReceiptState, ReceiptCommand, ReceiptRefusal>;
  readonly creditCommands: CreditCommands;
  readonly delegationCommands: DelegationCommands;
  readonly rulesCommands: Commands<RulesState, SetRules, RulesRefusal>;
  /** What the installation has ruled, for commands that depend on it. */
  readonly rules: RuleBook;
  /** The numbers of orders in other systems. */
  readonly references: References;
  readonly quotationDocuments: Documents;
  readonly orderDocuments: Documents;
  readonly attachmentDocuments: Documents;
  readonly receiptDocuments: Documents;
  readonly creditDocuments: Documents;
  readonly delegationDocuments: Documents;
  readonly rulesDocuments: Documents;
  readonly sealer: Sealer;
  /** Of orders that name no zone. */
  readonly zone: string;
}

export class Desk {
  readonly quotations: Shelf<QuotationDocument, QuotationNode>;
  readonly orders: Shelf<OrderDocument, OrderNode>;
  readonly invoices: Shelf<InvoiceDocument, InvoiceNode>;
  readonly receipts: Shelf<ReceiptDocument, ReceiptNode>;
  readonly discrepancies: Shelf<DiscrepancyRecord, DiscrepancyRecordNode>;
  readonly promises: Shelf<PromiseRecord, PromiseNode>;

  constructor(readonly parts: DeskParts) {
    const { quotationDocuments, orderDocuments, receiptDocuments } = parts;
    this.quotations = new Shelf<QuotationDocument, QuotationNode>(quotationDocuments, "quotations", quotationNode);
    this.orders = new Shelf<OrderDocument, OrderNode>(orderDocuments, "orders", (row) => orderNode(row, this.now()));
    this.discrepancies = new Shelf<DiscrepancyRecord, DiscrepancyRecordNode>(
      orderDocuments,
      "discrepancies",
      discrepancyRecordNode,
    );
    this.promises = new Shelf<PromiseRecord, PromiseNode>(orderDocuments, "promises", (row) =>
      promiseNode(row, this.now()),
    );
    this.invoices = new Shelf<InvoiceDocument, InvoiceNode>(parts.invoiceDocuments, "invoices", (row) =>
      invoiceNode(row, this.now()),
    );
    this.receipts = new Shelf<ReceiptDocument, ReceiptNode>(receiptDocuments, "receipts", (row, tokens) =>
      receiptNode({ ...row, doc: receiptFor(tokens, row.doc) }),
    );
  }

  /** At most so many of a customer's orders that something is due of, the oldest first, as the caller sees them. */
  async payable(customerId: string, currency: string, tokens: readonly string[]): Promise<readonly string[]> {
    const query = { ...paymentDueQuery(customerId, currency), tokens, limit: MOST_OF_KEY };
    return (await this.parts.orderDocuments.list(query)).rows.map(({ id }) => id);
  }

  now(): string {
    return instant(this.parts.service.engines.clock);
  }

  /** Seals what is there; a customer of whom nothing personal is said gets no key. */
  async seal<Field extends string>(
    subject: string,
    values: { readonly [Each in Field]?: string | undefined },
  ): Promise<{ readonly [Each in Field]?: Sealed }> {
    const given = Object.entries(values).filter(([, value]) => value !== undefined) as [string, string][];
    if (given.length === 0) return {};
    return (await this.parts.sealer.sealAll(subject, Object.fromEntries(given))) as { [Each in Field]?: Sealed };
  }

  /** A personal value for whom the policy lets open it; null for others, and where its customer was erased. */
  open(field: string, sealed: Sealed | undefined, context: Context): Promise<string | null> | null {
    return sealed === undefined ? null : context.loader(this.opened).load({ field, sealed });
  }

  private readonly opened = (context: Context): DataLoader<SealedField, string | null> =>
    new DataLoader(
      (values) =>
        seesFields(context.caller, "personal")
          ? this.parts.sealer.open(values, context)
          : Promise.resolve(values.map(() => null)),
      { cache: false },
    );
}
