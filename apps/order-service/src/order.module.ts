// The order service as a Nest module: its resolvers around a running service. It names no engine.
import { Module, type DynamicModule } from "@nestjs/common";
import { instant, type Service } from "@gendan/eventing";
import type { Sealer } from "@gendan/security";
import {
  AttachFilePayload,
  AttachmentReference,
  AttachmentsResolver,
  RemoveAttachmentPayload,
} from "./api/attachments.resolver.js";
import { AmendmentImpactResolver, AmendmentResolver } from "./api/amendment.resolver.js";
import { BackordersResolver } from "./api/backorders.resolver.js";
import { ChangeResolver } from "./api/change.resolver.js";
import { approvalResolvers } from "./api/approval.resolver.js";
import { commonResolvers } from "./api/common-fields.resolver.js";
import { ComparisonMutations, DiscrepancyResolver } from "./api/comparison.resolver.js";
import { Desk } from "./api/desk.js";
import { CustomerExports } from "./api/export.resolver.js";
import { ConfirmStatementPayloadResolver, StatementResolver } from "./api/statement.resolver.js";
import { InvoiceResolver } from "./api/invoice.resolver.js";
import { MoneyResolver } from "./api/money.resolver.js";
import { IntakeResolver } from "./api/intake.resolver.js";
import { OrderReturnResolver, ReturnsResolver } from "./api/returns.resolver.js";
import { GoodsMutations } from "./api/goods.resolver.js";
import { OrderChanges } from "./api/order-changes.resolver.js";
import { OrderMutations } from "./api/order-mutations.resolver.js";
import { OrderResolver } from "./api/order.resolver.js";
import {
  AcceptedOrderResolver,
  QuotationAnswerResolver,
  QuotationMutations,
  QuotationResolver,
  QuotedLineResolver,
} from "./api/quotation.resolver.js";
import { ReceiptAllocationResolver, ReceiptResolver } from "./api/receipt.resolver.js";
import { creditResolvers } from "./api/credit.resolver.js";
import { ReviewResolver } from "./api/review.resolver.js";
import { RulesResolver } from "./api/rules.resolver.js";
import {
  assortmentAggregate,
  creditAggregate,
  delegationAggregate,
  attachmentAggregate,
  accountAggregate,
  invoiceAggregate,
  orderAggregate,
  quotationAggregate,
  receiptAggregate,
  referenceAggregate,
  rulesAggregate,
} from "./service.js";
import { References } from "./write/references.js";
import { OrphanClearing } from "./write/orphan-clearing.js";
import { RuleBook } from "./write/rule-book.js";

interface RunningOrders {
  readonly service: Service;
  readonly sealer: Sealer;
  /** The IANA time zone of orders that name none. */
  readonly zone?: string;
}

const DEFAULT_ZONE = "Asia/Shanghai";

@Module({})
export class OrderModule {
  static with({ service, sealer, zone = DEFAULT_ZONE }: RunningOrders): DynamicModule {
    const rulesCommands = service.commands(rulesAggregate);
    const orderCommands = service.commands(orderAggregate);
    const references = new References({
      referenceCommands: service.commands(referenceAggregate),
      orderCommands,
      now: () => instant(service.engines.clock),
    });
    const desk = new Desk({
      service,
      sealer,
      zone,
      quotationCommands: service.commands(quotationAggregate),
      orderCommands,
      references,
      attachmentCommands: service.commands(attachmentAggregate),
      accountCommands: service.commands(accountAggregate),
      accountDocuments: service.documents("accounts"),
      invoiceCommands: service.commands(invoiceAggregate),
      invoiceDocuments: service.documents("invoices"),
      receiptCommands: service.commands(receiptAggregate),
      creditCommands: service.commands(creditAggregate),
      delegationCommands: service.commands(delegationAggregate),
      rulesCommands,
      rules: new RuleBook({
        rulesCommands,
        orderCommands,
        assortmentCommands: service.commands(assortmentAggregate),
      }),
      quotationDocuments: service.documents("quotations"),
      orderDocuments: service.documents("orders"),
      attachmentDocuments: service.documents("attachments"),
      receiptDocuments: service.documents("receipts"),
      creditDocuments: service.documents("credits"),
      delegationDocuments: service.documents("delegations"),
      rulesDocuments: service.documents("rules"),
    });
    return {
      module: OrderModule,
      providers: [
        { provide: Desk, useValue: desk },
        { provide: OrphanClearing, useValue: new OrphanClearing(service) },
        OrderMutations,
        ChangeResolver,
        BackordersResolver,
        IntakeResolver,
        GoodsMutations,
        ComparisonMutations,
        DiscrepancyResolver,
        ReturnsResolver,
        OrderReturnResolver,
        AmendmentResolver,
        AmendmentImpactResolver,
        CustomerExports,
        OrderChanges,
        MoneyResolver,
        OrderResolver,
        QuotationMutations,
        QuotationResolver,
        QuotationAnswerResolver,
        QuotedLineResolver,
        AcceptedOrderResolver,
        ...creditResolvers,
        ReviewResolver,
        ...approvalResolvers,
        AttachmentsResolver,
        AttachFilePayload,
        AttachmentReference,
        RemoveAttachmentPayload,
        StatementResolver,
        ConfirmStatementPayloadResolver,
        InvoiceResolver,
        ReceiptResolver,
        ReceiptAllocationResolver,
        RulesResolver,
        ...commonResolvers,
      ],
    };
  }
}
