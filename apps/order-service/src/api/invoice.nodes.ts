// Invoices as GraphQL gives them.
import { minorOf, type StoredDocument } from "@gendan/eventing";
import { promiseStatus, type InvoiceDocument } from "../read/invoices.projection.js";
import { actorName, upperSnake } from "./words.js";

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
    promises: (doc.promises ?? []).map((each) => ({
      until: each.until,
      status: upperSnake(promiseStatus(each, now)),
      promisedAt: each.at,
      recordedBy: actorName(each.by),
      keptAt: each.keptAt,
    })),
    reminders: doc.reminders.map(({ at, ...reminder }) => ({ ...reminder, remindedAt: at })),
    nextReminderAt: doc.next?.at,
  };
}

export type InvoiceNode = ReturnType<typeof invoiceNode>;
