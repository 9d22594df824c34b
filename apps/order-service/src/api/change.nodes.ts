// A line of the promise ledger as GraphQL gives it: what changes with time alone is told of now.
import { dayIn, type StoredDocument } from "@gendan/eventing";
import type { PromiseRecord } from "../read/promises.js";
import { actorName, upperSnake } from "./words.js";

const DAY_MS = 86_400_000;

export function promiseNode({ id, doc }: StoredDocument<PromiseRecord>, now: string) {
  const { standing, kind, askedBy, toldBy, promisedOn, lateFrom, metOn, customerId, zone } = doc;
  const isOver = metOn === undefined && standing !== "withdrawn" && lateFrom <= now;
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
    kept: days === undefined ? null : days <= 0,
    daysLate: days === undefined ? null : Math.max(0, days),
    deliveredOn: metOn,
  };
}

export type PromiseNode = ReturnType<typeof promiseNode>;
