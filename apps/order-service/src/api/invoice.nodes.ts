// Invoices as GraphQL gives them.
import { minorOf, type StoredDocument } from "@gendan/eventing";
import type { InvoiceDocument } from "../read/invoices.projection.js";

/** What changes with time alone is told of now. */
export function invoiceNode({ id, sequence, doc }: StoredDocument<InvoiceDocument>, now: string) {
  const { number, orderId, customerId, department, assignee, issuedOn, amount, settled, open, dueOn } = doc;
  return {
    id,
    revision: String(sequence),
    ...{ number, orderId, department, assignee, issuedOn, amount, settled, open, dueOn },
    customer: { __typename: "Customer", id: customerId },
    overdue: minorOf(open) > 0n && doc.overdueFrom <= now,
    disputed: doc.disputed?.amount,
    disputeReason: doc.disputed?.reason,
    promisedUntil: doc.promise?.until,
    reminders: doc.reminders.map(({ at, ...reminder }) => ({ ...reminder, remindedAt: at })),
    nextReminderAt: doc.next?.at,
  };
}

export type InvoiceNode = ReturnType<typeof invoiceNode>;
