// What waits for somebody's approval: for their own, and for that of those whom they stand for now.
import { personBehind, type Documents, type ListQuery } from "@gendan/eventing";
import type { Caller } from "@gendan/security";
import type { SiftedPage } from "@gendan/service-kit";
import type { ApprovalDocument } from "../read/approvals.js";
import { decidedBy } from "../read/approvals.js";
import type { DelegationDocument } from "../read/delegations.projection.js";
import { waitingQuery, waitsFor, wordsFor, type WaitingApprovals } from "../read/waiting-approvals.js";
import { approverOf } from "../write/delegations.js";
import type { DeskParts } from "./desk.js";

export type WaitingRow = WaitingApprovals;

type Place = NonNullable<ListQuery["after"]>;
type Parts = Pick<DeskParts, "orderDocuments" | "delegationDocuments">;

/** As whom somebody may approve, and the words that this is found by. */
interface Standing {
  readonly person: string;
  readonly words: readonly string[];
}

/** Those whom one person may stand for at a time. */
const MOST_STOOD_FOR = 20;

/** A page of the orders of which something waits, oldest first. What is found and waits for others all the same is left out of it. */
export async function waitingFor(
  parts: Parts,
  caller: Caller,
  { limit, after }: { readonly limit: number; readonly after?: Place },
  now: string,
): Promise<SiftedPage<WaitingRow>> {
  const standings = await standingsOf(parts, caller, now);
  const words = [...new Set(standings.flatMap((each) => each.words))];
  const lists = await parts.orderDocuments.lists<WaitingApprovals>(
    words.map((word) => ({ ...waitingQuery(word), tokens: caller.tokens, limit, ...(after && { after }) })),
  );
  const found = new Map(lists.flatMap(({ rows }) => rows).map((row) => [row.id, row]));
  const sorted = [...found.values()].sort((one, other) =>
    `${one.sort} ${one.id}` < `${other.sort} ${other.id}` ? -1 : 1,
  );
  const looked = sorted.slice(0, limit);
  const rows = looked.flatMap((row) => {
    const approvals = row.doc.approvals.filter((approval) => standings.some((each) => isFor(approval, each, caller)));
    return approvals.length === 0 ? [] : [{ ...row, doc: { ...row.doc, approvals } }];
  });
  return { rows, more: sorted.length > limit || lists.some(({ more }) => more), lookedUpTo: looked.at(-1) };
}

/** What somebody asked for themselves, or has decided on, waits for others. */
function isFor(approval: ApprovalDocument, { person, words }: Standing, { user }: Caller): boolean {
  const requester = personBehind(approval.requested.by);
  const out = [requester, ...decidedBy(approval)];
  return !out.includes(person) && !out.includes(user) && waitsFor(approval, words);
}

/** Those who let the person approve for them, or did. */
export async function standsForOf(documents: Documents, user: string): Promise<readonly DelegationDocument[]> {
  const found = await documents.byKey<DelegationDocument>("delegations", "to", [user], MOST_STOOD_FOR);
  return (found.get(user) ?? []).map(({ doc }) => doc);
}

async function standingsOf({ delegationDocuments }: Parts, caller: Caller, now: string): Promise<Standing[]> {
  const others = (await standsForOf(delegationDocuments, caller.user)).flatMap(({ person, delegations }) =>
    delegations
      .filter(({ to, from, until }) => to === caller.user && from <= now && now < until)
      .map(({ roles, tokens }) => ({ person, words: wordsFor({ person, roles, tokens }) })),
  );
  return [{ person: caller.user, words: wordsFor(approverOf(caller)) }, ...others];
}
