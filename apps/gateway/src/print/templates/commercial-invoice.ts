// The commercial invoice: what is charged by one invoice of an order, and by when it is paid.
import type { Money } from "../words.js";
import { itemOf, type PrintedLine } from "./order-papers.js";
import { customerOn, deliverTo, incotermOn, type Customer, type DeliveryPoint, type Incoterm } from "./parties.js";
import { PRICES_MASKED, type Template } from "./template.js";

interface PrintedInvoice {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly amount: Money | null;
  readonly customer: Customer | null;
  readonly order: {
    readonly number: string;
    readonly sourceReference: string | null;
    readonly paymentTerms: string | null;
    readonly incoterm: Incoterm | null;
    readonly assignee: string | null;
    readonly freight: Money | null;
    readonly deliveryPoint: DeliveryPoint | null;
    readonly lines: readonly Omit<PrintedLine, "quantity" | "amount" | "schedules">[];
    readonly invoices:
      | readonly {
          readonly invoiceId: string;
          readonly lines:
            readonly { readonly lineId: string; readonly quantity: string; readonly amount: Money }[] | null;
        }[]
      | null;
  } | null;
}

const query = `query Print_invoice($id: ID!) { subject: invoice(id: $id) {
  id number issuedOn dueOn amount { minor currency } customer { number name address }
  order { number sourceReference paymentTerms incoterm { code place } assignee freight { minor currency }
    deliveryPoint { name address postcodePrefix region country }
    lines { lineId sku customerSku revision description unit unitPrice { minor currency } }
    invoices { invoiceId lines { lineId quantity amount { minor currency } } } }
} }`;

export const commercialInvoice: Template = {
  query,
  paper: (invoice: PrintedInvoice, words) => {
    const { id, amount, customer, order } = invoice;
    const charged = order?.invoices?.find(({ invoiceId }) => invoiceId === id)?.lines;
    if (!amount || !order || !charged) return PRICES_MASKED;
    const { incoterm, freight } = order;
    const hasFreight = freight !== null && freight.minor !== "0";
    return {
      title: words.say("commercialInvoice"),
      number: invoice.number,
      facts: [
        [words.say("invoice"), invoice.number],
        [words.say("date"), invoice.issuedOn],
        [words.say("order"), order.number],
        [words.say("yourReference"), order.sourceReference ?? "—"],
        [words.say("paymentTerms"), order.paymentTerms ?? "—"],
        [words.say("dueOn"), invoice.dueOn],
        incotermOn(words, incoterm),
        [words.say("currency"), amount.currency],
      ],
      parties: [customerOn(words, customer), deliverTo(words, order.deliveryPoint)],
      table: {
        columns: [
          { label: words.say("line"), width: 6, align: "left" },
          { label: words.say("item"), width: 16, align: "left" },
          { label: words.say("description"), width: 34, align: "left" },
          { label: words.say("quantity"), width: 11, align: "right" },
          { label: words.say("unit"), width: 8, align: "left" },
          { label: words.say("unitPrice"), width: 12, align: "right" },
          { label: words.say("amount"), width: 13, align: "right" },
        ],
        rows: charged.map((each) => {
          const line = order.lines.find(({ lineId }) => lineId === each.lineId);
          return [
            each.lineId,
            line ? itemOf(line) : "",
            line?.description ?? "",
            words.quantity(each.quantity),
            line?.unit ?? "",
            line?.unitPrice ? words.amount(line.unitPrice) : "",
            words.amount(each.amount),
          ];
        }),
      },
      totals: [[words.say("total"), words.sum(amount)]],
      notes: hasFreight ? [words.say("freightWithin")] : [],
      signatures: [words.say("seller")],
    };
  },
};
