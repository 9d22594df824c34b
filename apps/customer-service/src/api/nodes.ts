// Documents as GraphQL gives them: enums in its writing, references to what other services own. Sealed values stay sealed until
// a resolver opens them.
import type { StoredDocument } from "@gendan/eventing";
import type { CaseDoc } from "../read/cases.js";
import type { ContactDoc, CustomerDoc } from "../read/customers.js";
import type { ErasureDoc } from "../read/erasure.js";
import type { InteractionDoc, SatisfactionDoc } from "../read/interactions.js";
import type { IssueDoc } from "../read/issues.js";
import { upperSnake } from "./inputs.js";

const identified = <Doc>({ id, sequence, doc }: StoredDocument<Doc>) => ({ ...doc, id, revision: String(sequence) });

const reference = (id: string | undefined): { readonly id: string } | null => (id === undefined ? null : { id });

const subjects = ({ orderId, shipmentId }: { orderId?: string | undefined; shipmentId?: string | undefined }) => ({
  order: reference(orderId),
  shipment: reference(shipmentId),
});

/** How far a person's erasure has come; null where nobody has asked for any. */
const erasureOf = ({ erasure }: { readonly erasure?: ErasureDoc }) =>
  erasure ? { ...erasure, state: upperSnake(erasure.state) } : null;

export const customerNode = (row: StoredDocument<CustomerDoc>) => ({
  ...identified(row),
  kind: upperSnake(row.doc.kind),
  customFields: row.doc.customFields ?? [],
  erasure: erasureOf(row.doc),
});

export const contactNode = (row: StoredDocument<ContactDoc>) => ({ ...identified(row), erasure: erasureOf(row.doc) });

export const interactionNode = (row: StoredDocument<InteractionDoc>) => ({
  ...identified(row),
  ...subjects(row.doc),
  channel: upperSnake(row.doc.channel),
  direction: upperSnake(row.doc.direction),
});

export const satisfactionNode = (row: StoredDocument<SatisfactionDoc>) => ({
  ...identified(row),
  ...subjects(row.doc),
});

export const caseNode = (row: StoredDocument<CaseDoc>) => ({
  ...identified(row),
  ...subjects(row.doc),
  kind: upperSnake(row.doc.kind),
  state: upperSnake(row.doc.state),
  priority: upperSnake(row.doc.priority),
});

export const issueNode = (row: StoredDocument<IssueDoc>) => ({
  ...identified(row),
  ...subjects(row.doc),
  orders: row.doc.orderIds.map((id) => ({ id })),
  state: upperSnake(row.doc.state),
  severity: upperSnake(row.doc.severity),
  responsibleParty: row.doc.responsibleParty === undefined ? null : upperSnake(row.doc.responsibleParty),
});

export type CustomerNode = ReturnType<typeof customerNode>;
export type ContactNode = ReturnType<typeof contactNode>;
export type InteractionNode = ReturnType<typeof interactionNode>;
export type SatisfactionNode = ReturnType<typeof satisfactionNode>;
export type CaseNode = ReturnType<typeof caseNode>;
export type IssueNode = ReturnType<typeof issueNode>;
