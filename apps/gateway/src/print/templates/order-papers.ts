// Papers of an order: the confirmation that the customer countersigns, the proforma invoice.
import type { PaperBody } from "../paper.js";
import { said, type Money, type Words } from "../words.js";
import { customerOn, deliverTo, incotermOn, type Customer, type DeliveryPoint, type Incoterm } from "./parties.js";
import { PRICES_MASKED, type NotPrinted, type Template } from "./template.js";

export interface PrintedOrder {
  readonly number: string;
  readonly sourceReference: string | null;
  readonly receivedOn: string;
  readonly confirmedAt: string | null;
  readonly zone: string;
  readonly currency: string;
  readonly paymentTerms: string | null;
  readonly incoterm: Incoterm | null;
  readonly assignee: string | null;
  readonly customer: Customer | null;
  readonly deliveryPoint: DeliveryPoint | null;
  readonly amount: Money | null;
  readonly freight: Money | null;
  readonly total: Money | null;
  readonly lines: readonly PrintedLine[];
}

export interface PrintedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly customerSku: string | null;
  readonly revision: string | null;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: Money | null;
  readonly amount: Money | null;
  readonly schedules: readonly {
    readonly quantity: string;
    readonly requestedOn: string | null;
    readonly promisedOn: string | null;
  }[];
}

const query = `query Print_order($id: ID!) { subject: order(id: $id) {
  number sourceReference receivedOn confirmedAt zone currency paymentTerms incoterm { code place } assignee
  customer { number name address }
  deliveryPoint { name address postcodePrefix region country }
  amount { minor currency } freight { minor currency } total { minor currency }
  lines { lineId sku customerSku revision description quantity unit unitPrice { minor currency } amount { minor currency }
    schedules { quantity requestedOn promisedOn } }
} }`;

export const orderConfirmation: Template = {
  query,
  paper: (order: PrintedOrder, words) => {
    if (order.confirmedAt === null) return NOT_CONFIRMED;
    const day = dayIn(order.zone, order.confirmedAt);
    return orderPaper(order, words, {
      title: words.say("orderConfirmation"),
      day,
      days: ({ schedules }) =>
        schedules.map(({ promisedOn, quantity }) => dated(promisedOn, quantity, schedules, words)),
      notes: [],
      signatures: [words.say("seller"), words.say("buyer")],
    });
  },
};

export const proformaInvoice: Template = {
  query,
  paper: (order: PrintedOrder, words) =>
    orderPaper(order, words, {
      title: words.say("proformaInvoice"),
      day: order.receivedOn,
      days: ({ schedules }) =>
        schedules.map(({ promisedOn, requestedOn, quantity }) =>
          dated(promisedOn ?? requestedOn, quantity, schedules, words),
        ),
      notes: [words.say("proformaNote")],
      signatures: [words.say("seller")],
    }),
};

const NOT_CONFIRMED: NotPrinted = {
  code: "NOT_CONFIRMED",
  text: {
    en: "The order is not confirmed: there is a proforma invoice of it.",
    zh: "订单尚未确认：可打印形式发票。",
  },
};

interface Kind {
  readonly title: string;
  readonly day: string;
  readonly days: (line: PrintedLine) => readonly string[];
  readonly notes: readonly string[];
  readonly signatures: readonly string[];
}

function orderPaper(
  order: PrintedOrder,
  words: Words,
  { title, day, days, notes, signatures }: Kind,
): PaperBody | NotPrinted {
  const { amount, freight, total, lines } = order;
  if (!amount || !total || lines.some((line) => !line.amount)) return PRICES_MASKED;
  const { incoterm, customer } = order;
  return {
    title,
    number: order.number,
    facts: [
      [words.say("order"), order.number],
      [words.say("date"), day],
      [words.say("yourReference"), order.sourceReference ?? "—"],
      [words.say("currency"), order.currency],
      incotermOn(words, incoterm),
      [words.say("paymentTerms"), order.paymentTerms ?? "—"],
      [words.say("contactPerson"), order.assignee ?? "—"],
    ],
    parties: [customerOn(words, customer), deliverTo(words, order.deliveryPoint)],
    table: {
      columns: [
        { label: words.say("line"), width: 5, align: "left" },
        { label: words.say("item"), width: 14, align: "left" },
        { label: words.say("description"), width: 27, align: "left" },
        { label: words.say("promised"), width: 14, align: "left" },
        { label: words.say("quantity"), width: 10, align: "right" },
        { label: words.say("unit"), width: 7, align: "left" },
        { label: words.say("unitPrice"), width: 11, align: "right" },
        { label: words.say("amount"), width: 12, align: "right" },
      ],
      rows: lines.map((line) => [
        line.lineId,
        itemOf(line),
        line.description ?? "",
        days(line).join("\n"),
        words.quantity(line.quantity),
        line.unit,
        line.unitPrice ? words.amount(line.unitPrice) : "",
        line.amount ? words.amount(line.amount) : "",
      ]),
    },
    totals: [
      [words.say("subtotal"), words.sum(amount)],
      ...(freight ? [[words.say("freight"), words.sum(freight)] as const] : []),
      [words.say("total"), words.sum(total)],
    ],
    notes,
    signatures,
  };
}

/** Our item, its version, the customer's own number. */
export const itemOf = ({ sku, revision, customerSku }: Pick<PrintedLine, "sku" | "revision" | "customerSku">): string =>
  said(said(sku, revision).join(" / "), customerSku).join("\n");

/** A day, with how much of the line where there are several. */
function dated(day: string | null, quantity: string, all: readonly unknown[], words: Words): string {
  const text = day ?? "—";
  return all.length > 1 ? `${text} (${words.quantity(quantity)})` : text;
}

/** The calendar day of an instant where the order is. */
export const dayIn = (zone: string, instant: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(new Date(instant));
