// Quotations as GraphQL gives them. Sealed values stay sealed until a resolver opens them.
import type { StoredDocument } from "@gendan/eventing";
import type { QuotationDocument, SentDocument } from "../read/quotation.document.js";
import { actorName, upperSnake } from "./words.js";

export function quotationNode({ id, sequence, doc }: StoredDocument<QuotationDocument>) {
  return {
    ...doc,
    id,
    revision: String(sequence),
    lifecycle: upperSnake(doc.lifecycle),
    customer: { __typename: "Customer", id: doc.customerId },
    draftedAt: doc.drafted.at,
    draftedBy: actorName(doc.drafted.by),
    lines: doc.lines.map(lineNode(doc)),
    versions: doc.versions.map(versionNode(doc)),
  };
}

const lineNode = (doc: QuotationDocument) => (line: QuotationDocument["lines"][number]) => ({
  ...line,
  kind: upperSnake(line.kind),
  matrix: line.matrix ?? [],
  ordered: doc.ordered[line.lineId] ?? "0",
});

const versionNode =
  (doc: QuotationDocument) =>
  ({ sent, answer, ...version }: SentDocument) => ({
    ...version,
    lines: version.lines.map(lineNode(doc)),
    sentAt: sent.at,
    sentBy: actorName(sent.by),
    answer: answer && answerNode(answer),
  });

const answerNode = ({ at, by, outcome, ...answer }: NonNullable<SentDocument["answer"]>) => ({
  ...answer,
  outcome: upperSnake(outcome),
  answeredAt: at,
  answeredBy: actorName(by),
});

/** `single` marks one that was asked for by itself: what costs a look at its stream is told of such alone. */
export type QuotationNode = ReturnType<typeof quotationNode> & { readonly single?: true };

export const singleQuotation = (node: QuotationNode | null): QuotationNode | null => node && { ...node, single: true };
