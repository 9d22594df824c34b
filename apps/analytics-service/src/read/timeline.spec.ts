import { describe, expect, test } from "@jest/globals";
import { catalog, readPublic, type PublicEvent } from "@gendan/contracts";
import { z } from "zod";
import { happened, id } from "./spec.js";
import { timeline, timelineEntries, type TimelineEntry } from "./timeline.js";

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
}

/** Data that fills every field of a schema; ids are told apart by their fields' names, free text by `text of <field>`. */
function sample(schema: Schema, name: string): unknown {
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([field, of]) => [field, sample(of, field)]),
      );
    case "array":
      return [sample(schema.items!, name)];
    case "boolean":
      return true;
    case "integer":
      return Math.max(1, schema.minimum ?? 1);
    default:
      return text(schema, name);
  }
}

function text({ format, pattern }: Schema, name: string): string {
  if (format === "uuid") return id(name.replace(/Ids?$/, ""), name.endsWith("Ids") ? 2 : 1);
  if (format === "date") return "2026-03-02";
  if (format === "date-time") return "2026-03-02T08:00:00.000Z";
  return pattern?.includes("A-Z") ? "CNY" : pattern ? "12" : `text of ${name}`;
}

const sampled: PublicEvent[] = catalog.map((contract) =>
  readPublic(contract.type, contract.newest, sample(z.toJSONSchema(contract.schemaOf(contract.newest)) as Schema, "")),
);

const entryOf = (event: PublicEvent): TimelineEntry | undefined => timelineEntries(happened(event))[0]?.doc;

/** Each event: the facts that bound it, the kinds of its subjects, and what it tells. */
const expected: Readonly<Record<PublicEvent["type"], string | undefined>> = {
  "quotation.drafted": "quotations | quot cust | currency number quotationId",
  "quotation.sent": "quotations | quot cust | amount currency freight number quotationId validUntil version",
  "quotation.revised": "quotations | quot cust | currency number quotationId version",
  "quotation.accepted": "quotations | quot orde cust | currency number orderId quotationId version whole",
  "quotation.declined": "quotations | quot cust | currency number quotationId reason version",
  "quotation.expired": "quotations | quot cust | currency number quotationId version",
  "order.received": "orders | orde cust | amount channel currency freight number orderId sourceReference",
  "order.corrected": "orders | orde | amount freight orderId",
  "order.quoted": "orders | quot orde | orderId quotationId version",
  "order.purchase.recorded": "orders | orde | number orderId revision",
  "order.compared": "orders | orde | found open orderId settled",
  "order.discrepancy.recorded": "orders | orde | aspect discrepancyId lineId orderId",
  "order.discrepancy.resolved": "orders | orde | discrepancyId open orderId",
  "order.discrepancy.waived": "orders | orde | discrepancyId open orderId reason",
  "attachment.filed": "orders | orde | attachmentId mediaType orderId version",
  "attachment.removed": "orders | orde | attachmentId orderId",
  "order.verified": "orders | orde | firstPass orderId",
  "order.payment.terms.agreed": "orders | orde | orderId",
  "order.payment.reversed": "orders | orde rece | amount orderId receiptId received",
  "order.milestones.reckoned": "orders | orde | orderId",
  "order.invoiced": "orders | orde cust | amount dueOn number orderId",
  "order.credited": "orders | orde cust | amount cause number orderId",
  "order.written.off": "orders | orde cust | amount orderId reason",
  "order.review.opened": "orders | orde | orderId",
  "order.review.answered": "orders | orde | ofDepartment open orderId",
  "order.review.invalidated": "orders | orde | countersignature orderId",
  "order.review.reminded": "orders | orde | ofDepartment open orderId",
  "order.reply.overridden": "orders | orde | lineId orderId promisedOn reason scheduleId",
  "order.countersigned": "orders | orde | orderId signedOn version",
  "order.approval.requested": "orders | orde | approvalOf levels orderId version",
  "order.approval.given": "orders | orde | approvalOf approved level onBehalfOf orderId person",
  "order.approval.rejected": "orders | orde | approvalOf level onBehalfOf orderId person reason",
  "order.approval.withdrawn": "orders | orde | approvalOf orderId why",
  "order.approval.escalated": "orders | orde | approvalOf level orderId",
  "order.revised": "orders | orde | orderId",
  "order.confirmed": "orders | orde cust | currency holds number orderId version",
  "order.schedule.repromised": "orders | orde | askedBy from lineId orderId reason scheduleId to",
  "order.date.agreed": "orders | orde | agreedOn from lineId orderId scheduleId",
  "order.amendment.proposed": "orders | orde | askedBy orderId reason version",
  "order.amendment.approved": "orders | orde | orderId",
  "order.amendment.withdrawn": "orders | orde | orderId reason",
  "order.amended": "orders | orde cust | amount currency delivery freight holds number orderId reason shipping version",
  "order.hold.placed": "orders | orde | hold holds orderId reason",
  "order.hold.released": "orders | orde | hold holds orderId",
  "order.scope.changed": "orders | orde | change orderId reason",
  "order.cancelled": "orders | orde | cancelledBy orderId reason",
  "order.allocated": "orders | orde ship | orderId shipmentId",
  "order.allocation.declined": "orders | orde ship | orderId reasons shipmentId",
  "order.allocation.released": "orders | orde ship | orderId shipmentId",
  "order.shipped": "orders | orde ship cust | breaches orderId shipmentId shipping",
  "order.delivered": "orders | orde ship cust | breaches deliveredOn delivery late orderId shipmentId",
  "order.lost": "orders | orde ship | orderId shipmentId",
  "order.returned.to.sender": "orders | orde ship | breaches orderId shipmentId",
  "order.schedule.short.closed": "orders | orde | delivery orderId reason",
  "order.schedule.backordered": "orders | orde | lineId orderId reason scheduleId",
  "order.quantity.cancelled": "orders | orde | cancelledBy delivery orderId reason",
  "order.delivery.rejected": "orders | orde | orderId reason",
  "order.return.authorised": "orders | orde | orderId reason remedy returnId",
  "order.return.received": "orders | orde | breaches orderId returnId returned",
  "order.return.inspected": "orders | orde | orderId returnId returned",
  "order.refund.due": "orders | orde | amount orderId returnId",
  "order.return.refunded": "orders | orde rece | amount breaches orderId receiptId returnId",
  "order.return.withdrawn": "orders | orde | orderId reason returnId",
  "order.exchange.linked": "orders | orde exch | exchangeOrderId orderId returnId",
  "order.accepted": "orders | orde | acceptedBy orderId",
  "order.completed": "orders | orde | orderId",
  "order.reopened": "orders | orde | orderId reason",
  "order.closed": "orders | orde | orderId",
  "order.payment.recorded": "orders | orde rece | amount orderId receiptId received",
  "receipt.recorded": "receipts | cust rece | amount method number receiptId",
  "receipt.allocated": "receipts | rece orde | receiptId",
  "receipt.deallocated": "receipts | rece orde | reason receiptId",
  "receipt.refunded": "receipts | cust rece orde | amount number reason receiptId",
  "account.statement.confirmed": undefined,
  "custom.fields.defined": undefined,
  "invoice.opened": "orders | orde cust | amount dueOn number orderId",
  "invoice.settled": "orders | orde | open orderId settled",
  "invoice.disputed": "orders | orde | orderId reason",
  "invoice.dispute.resolved": "orders | orde | orderId outcome",
  "invoice.payment.promised": "orders | orde | orderId",
  "invoice.dunned": "orders | orde | holds level orderId",
  "invoice.scope.changed": undefined,
  "receipt.scope.changed": undefined,
  "shipment.planned": "shipments | ship orde | mode number plannedShipOn shipmentId",
  "shipment.order.dropped": "shipments | orde ship orde | orderId shipmentId",
  "shipment.booked": "shipments | ship orde | carrier service shipmentId",
  "shipment.dispatched": "shipments | ship cust orde | breaches carrier shipmentId",
  "shipment.checkpoint.recorded": "shipments | ship orde | code packageId shipmentId state",
  "shipment.delivered": "shipments | ship orde | breaches complete packageIds shipmentId",
  "shipment.lost": "shipments | ship cust orde | breaches packageIds shipmentId",
  "shipment.returned": "shipments | ship orde | packageIds shipmentId",
  "shipment.intercept.requested": "shipments | ship orde | packageIds reason shipmentId",
  "shipment.intercept.answered": "shipments | ship orde | outcome packageIds shipmentId",
  "shipment.exception.raised": "shipments | ship orde | exceptionId kind shipmentId",
  "shipment.exception.resolved": "shipments | ship orde | exceptionId kind open shipmentId",
  "customer.registered": "customers | cust | kind number",
  "contact.registered": "customers | cust | contactId role",
  "customer.erased": "customers | cust | ",
  "contact.erased": "customers | cust | contactId",
  "interaction.logged":
    "interactions | orde ship case cust | caseId channel direction interactionId orderId shipmentId",
  "satisfaction.recorded": "answers | orde ship case cust | caseId orderId recordedOn satisfactionId score shipmentId",
  "case.opened": "cases | orde ship case cust | caseId kind number orderId priority shipmentId",
  "case.answered": "cases | orde ship case | caseId first orderId shipmentId",
  "case.issue.linked": "cases | orde ship case issu | caseId issueId orderId shipmentId",
  "case.closed": "cases | orde ship case | caseId orderId outcome shipmentId",
  "issue.opened":
    "issues | orde ship case issu cust orde | caseId issueId number openedOn orderId rule severity shipmentId",
  "issue.triaged":
    "issues | orde ship case issu cust orde | caseId issueId orderId owner responsibleParty severity shipmentId",
  "issue.cause.confirmed": "issues | orde ship case issu cust orde | caseId cause issueId orderId shipmentId",
  "issue.action.added":
    "issues | orde ship case issu cust orde | actionId caseId dueOn issueId mandatory orderId owner shipmentId",
  "issue.action.completed": "issues | orde ship case issu cust orde | actionId caseId issueId orderId shipmentId",
  "issue.resolved": "issues | orde ship case issu cust orde | caseId issueId orderId shipmentId",
  "issue.verified": "issues | orde ship case issu cust orde | caseId effective issueId orderId shipmentId",
  "issue.closed": "issues | orde ship case issu cust orde | caseId cause issueId orderId shipmentId",
  "shipment.scope.changed": undefined,
  "case.scope.changed": undefined,
  "issue.scope.changed": undefined,
  "interaction.scope.changed": undefined,
  "satisfaction.scope.changed": undefined,
  "credit.exceeded": undefined,
  "credit.recovered": undefined,
  "issue.slot.taken": undefined,
};

describe("every event of the catalog", () => {
  test.each(sampled.map((event) => [event.type, event] as const))("%s", (type, event) => {
    const entry = entryOf(event);
    const kinds = entry?.subjects.map(({ id }) => Buffer.from(id.slice(0, 8), "hex").toString().trim());
    const line = entry && `${entry.of.facts} | ${kinds!.join(" ")} | ${Object.keys(entry.data).sort().join(" ")}`;
    expect(line).toBe(expected[type]);
  });
});

test("tells no free text, no line and no scope", () => {
  const told = JSON.stringify(sampled.map((event) => entryOf(event)?.data));
  for (const name of ["title", "description", "subject", "name", "place", "detail", "visibleTo", "department"]) {
    expect(told).not.toContain(`text of ${name}`);
  }
  expect(told).not.toContain("quantity");
});

test("an entry is kept under its event's id, at its business time, with who acted", () => {
  const received = sampled.find(({ type }) => type === "order.received")!;
  const [entry] = timelineEntries(happened(received, { aggregateId: "a", sequence: 16 }));
  expect(entry).toMatchObject({
    id: "order.received#a#16",
    doc: {
      at: "2026-03-02T08:00:00.000Z",
      recordedAt: "2026-03-02T08:00:01.000Z",
      actor: { kind: "person", id: "li" },
      of: { facts: "orders", id: id("order") },
    },
  });
  expect(entry!.doc).not.toHaveProperty("claimedAt");
});

test("the request that an event followed from is kept with it", () => {
  const [entry] = timelineEntries(happened(sampled[0]!, { correlation: "request-7" }));
  expect(entry!.doc.correlation).toBe("request-7");
  expect(timelineEntries(happened(sampled[0]!))[0]!.doc).not.toHaveProperty("correlation");
});

test("what claimed a future is shown with its claim", () => {
  const [entry] = timelineEntries(happened(sampled[0]!, { claimedAt: "2027-01-01T00:00:00.000Z" }));
  expect(entry!.doc.claimedAt).toBe("2027-01-01T00:00:00.000Z");
});

test("breaches are told by their codes, each once", () => {
  const shipped = sampled.find((event) => event.type === "order.shipped")!;
  const breaches = [{ code: "HOLD" }, { code: "HOLD", detail: "stock" }, { code: "CANCELLED" }];
  expect(entryOf({ ...shipped, breaches } as PublicEvent)!.data["breaches"]).toEqual(["HOLD", "CANCELLED"]);
});

test("is found by its subjects, in the order of business time", () => {
  const { collection } = timeline.entries![0]!;
  const entry = entryOf(sampled[0]!)!;
  expect(collection.tokens!(entry as never)).toEqual(entry.subjects.map(({ id }) => id));
  expect(collection.columns["at"]!.of({ ...entry, at: "2026-03-02T08:00:00Z" } as never)).toBe(1772438400000);
});
