// Amendments, versions and lines of the promise ledger as GraphQL gives them: what changes with time alone is told of now.
import { dayIn, type StoredDocument } from "@gendan/eventing";
import type { AmendmentDocument, OrderDocument, VersionDocument } from "../read/order.document.js";
import { totalOf } from "../read/payment.js";
import type { PromiseRecord } from "../read/promises.js";
import { actorName, upperSnake } from "./words.js";

const DAY_MS = 86_400_000;

export function promiseNode({ id, doc }: StoredDocument<PromiseRecord>, now: string) {
  const { standing, kind, askedBy, toldBy, promisedOn, lateFrom, metOn, givenUp, customerId, zone } = doc;
  const isOver = metOn === undefined && standing !== "withdrawn" && !givenUp && lateFrom <= now;
  const until = metOn ?? (isOver ? dayIn(zone, now) : undefined);
  const days = until === undefined ? undefined : (Date.parse(until) - Date.parse(promisedOn)) / DAY_MS;
  return {
    ...doc,
    id,
    customer: { __typename: "Customer", id: customerId },
    kind: upperSnake(kind),
    askedBy: askedBy && upperSnake(askedBy),
    toldBy: actorName(toldBy),
    status: upperSnake(isOver && standing === "open" ? "broken" : standing),
    kept: givenUp ? false : days === undefined ? null : days <= 0,
    daysLate: days === undefined ? null : Math.max(0, days),
    deliveredOn: metOn,
  };
}

export type PromiseNode = ReturnType<typeof promiseNode>;

function amendmentNode({ proposed, approved, outcome, askedBy, ...amendment }: AmendmentDocument) {
  return {
    ...amendment,
    status: upperSnake(outcome?.is ?? (approved ? "approved" : "proposed")),
    askedBy: upperSnake(askedBy),
    proposedAt: proposed.at,
    proposedBy: actorName(proposed.by),
    approvedAt: approved?.at,
    approvedBy: approved && actorName(approved.by),
    endedAt: outcome?.at,
    endedBy: outcome && actorName(outcome.by),
    withdrawnBecause: outcome?.reason,
    total: totalOf(amendment),
  };
}

const versionNode = ({ version, at, by, amendmentId, changes, ...sums }: VersionDocument) => ({
  version,
  madeAt: at,
  madeBy: actorName(by),
  amendmentId,
  changes,
  total: totalOf(sums),
});

export function amendmentsOf({ amendments = [], versions = [] }: OrderDocument) {
  const open = amendments.at(-1);
  return {
    amendment: open && !open.outcome ? amendmentNode(open) : undefined,
    amendments: amendments.map(amendmentNode),
    versions: versions.map(versionNode),
  };
}

/** `orderId` is there of the open one of an order that was asked for by itself: its impact costs a look at the stream. */
export type AmendmentNode = ReturnType<typeof amendmentNode> & { readonly orderId?: string };
