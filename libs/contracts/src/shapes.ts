// The shapes that public events share. Strict where a mistake would cost money, open to fields that are added later.
import { z } from "zod";
import { none, OPEN_ENUM, pseudonymousId } from "./fields.js";

/** The id of a thing: an order, a shipment, an issue. A UUID in lower case. */
export const id = none(z.uuid());
/** The id of somebody or of what leads to one: a customer (who may be a person), a contact, a conversation. */
export const personId = pseudonymousId(z.uuid());
/** A colleague's user name; the directory of the company says who it is. */
export const user = pseudonymousId(z.string());
/** A code, a number for people, or a text that is about goods: never of a person. */
export const text = none(z.string());
/** A whole number. */
export const count = none(z.int());
/** Yes or no. */
export const flag = none(z.boolean());
/** One of these values, for ever. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) => none(z.enum(values));
/**
 * One of these codes so far. More may come within the same type, so a reader must know what it does with one that it has
 * never seen; none of these is ever taken away.
 */
export const oneOfSoFar = (...values: readonly string[]) => none(z.string().meta({ [OPEN_ENUM]: values }));
/** An amount: integer minor units as a decimal string, ISO 4217 currency. */
export const amount = z.object({
  minor: none(z.string().regex(/^-?\d{1,18}$/)),
  currency: none(z.string().regex(/^[A-Z]{3}$/)),
});
/** A decimal string of at most six places. */
export const quantity = none(z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/));
/** A calendar day. */
export const day = none(z.iso.date());
/** An instant in UTC. */
export const instant = none(z.iso.datetime());
/** Scope tokens of those who may see the aggregate: departments (`d:cn/east`) and persons (`u:li`). */
export const visibleTo = z.array(user);
/** A part of one delivery schedule of one order line. */
export const part = z.object({ lineId: text, scheduleId: text, quantity });
/** How much of a whole: of goods or money, of what concerns them. */
export const extent = oneOf("None", "Partial", "Full");
/** Who may decide: a person, who has a role, or who is of a department; one of the three. */
export const party = z.object({ person: user.optional(), role: text.optional(), department: text.optional() });
/** An order's part in a shipment. */
export const orderPart = z.object({ orderId: id, lines: z.array(part) });
/** A shipment and what it carries of which orders. */
export const carried = { shipmentId: id, orderIds: z.array(id), orders: z.array(orderPart) };
/** A package, and the number by which its carrier knows it. */
export const parcel = z.object({ packageId: text, trackingNumber: pseudonymousId(z.string()).optional() });
/** A line of an order as it was taken in or mended. */
export const orderLine = z.object({
  lineId: text,
  kind: oneOf("goods", "service"),
  sku: text,
  description: text.optional(),
  family: text.optional(),
  unit: text,
  quantity,
  unitPrice: amount,
  amount,
  freight: amount.optional(),
  schedules: z.array(z.object({ scheduleId: text, quantity, requestedOn: day.optional() })),
});
/** What lines say besides since the second version of the orders' contents: of the goods, never of what they cost us. */
export const detailedOrderLine = orderLine.extend({
  customerSku: text.optional(),
  revision: text.optional(),
  /** One of the line's unit is numerator/denominator of the stock unit. */
  conversion: z.object({ unit: text, numerator: count, denominator: count }).optional(),
  /** By colour and size; adds up to the line. */
  matrix: z.array(z.object({ colour: text.optional(), size: text.optional(), quantity })).optional(),
  packaging: text.optional(),
  shippingMark: text.optional(),
  listPrice: amount.optional(),
});
/** A delivery schedule with the day that is promised for it now. */
export const promisedSchedule = z.object({
  lineId: text,
  scheduleId: text,
  kind: oneOf("goods", "service"),
  sku: text,
  unit: text,
  quantity,
  promisedOn: day,
  overTolerance: text,
});
/** What of an order is not delivered any more. */
export const givenUp = {
  orderId: id,
  lines: z.array(part),
  /** By how much the lines are worth less, freight apart. */
  less: amount,
  /** Of what is still owed. */
  delivery: extent,
  reason: text,
};
/** What an invoice or a credit note says of its order. */
export const charged = {
  invoiceId: id,
  orderId: id,
  number: text,
  orderNumber: text,
  customerId: personId,
  issuedOn: day,
  lines: z.array(z.object({ lineId: text, quantity, amount })),
  amount,
  /** How much of the order is invoiced now. */
  invoicing: extent,
  /** The version of the invoicing rules. */
  rules: count,
};
/** What a part of the payment is due after. */
export const paymentDue = oneOf("confirmation", "beforeShipment", "shipment", "delivery", "invoice", "endOfMonth");
/** Who owns it and who may see it. */
export const scope = { department: text, assignee: user.optional(), visibleTo };
/** Why an order is held, in the first versions of its messages. */
export const firstHoldType = oneOfSoFar("credit", "quality", "stock", "customer", "compliance");
/** Why an order is held. */
export const holdType = oneOfSoFar(
  ...["credit", "quality", "stock", "customer", "compliance", "payment", "overdue", "price", "approval"],
);
/** The types of hold that block each of these now; absent from before a hold could block anything but the dispatch. */
export const blocked = z.object({
  dispatch: z.array(holdType),
  production: z.array(holdType),
  invoice: z.array(holdType),
});
/** Whose quotation it is, in what currency it offers, and who may see it. */
export const quotationOf = { quotationId: id, number: text, customerId: personId, currency: text, ...scope };
/** A rule that a recorded fact breaks: a stable code, what it concerns, and which of a shipment's orders (absent: all). */
export const breach = z.object({ code: text, detail: text.optional(), orderId: id.optional() });
/** What a case, an interaction or an answer is about. */
export const about = { orderId: id.optional(), shipmentId: id.optional(), caseId: id.optional() };
/** What an issue is about; orderIds are all orders it concerns (a shipment's issue may concern several). */
export const issueAbout = { ...about, orderIds: z.array(id), customerId: personId.optional() };
/** What lies over a shipment. */
export const exceptionKind = oneOfSoFar(
  ...["delay", "customs", "damage", "short", "refused", "address", "silent", "lossDisputed"],
);
/** How far a shipment is: as far as its hindmost package. */
export const shipmentState = oneOfSoFar(
  ...["Planned", "Booked", "PickedUp", "InTransit", "OutForDelivery", "AvailableForPickup", "AttemptFailed"],
  ...["Returning", "Lost", "Returned", "Delivered", "PodConfirmed", "Cancelled"],
);
/** What a carrier reports of a package, normalised. */
export const checkpointCode = oneOfSoFar(
  ...["RELEASED", "GATED_IN", "PICKED_UP", "DEPARTED", "IN_TRANSIT", "TRANSHIPPED", "ARRIVED", "DEPARTED_HUB"],
  ...["ARRIVED_AT_HUB", "CUSTOMS", "EXCEPTION", "OUT_FOR_DELIVERY", "ATTEMPT_FAILED", "AVAILABLE_FOR_PICKUP"],
  ...["RETURNING", "RETURNED", "DELIVERED"],
);

export type Amount = z.output<typeof amount>;
export type Part = z.output<typeof part>;
export type OrderPart = z.output<typeof orderPart>;
export type Party = z.output<typeof party>;
export type Breach = z.output<typeof breach>;
