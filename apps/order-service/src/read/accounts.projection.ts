// The accounts as people see them: the sums of their months, and every posting found by its month and its number.
import {
  minorOf,
  money,
  type CollectionSpec,
  type DocumentFold,
  type Entry,
  type Happened,
  type Projection,
} from "@gendan/eventing";
import type { AccountEvent, Posting, PostingKind, StatementConfirmed } from "../domain/account/account.events.js";
import type { Done } from "./order.document.js";

export interface AccountDocument {
  readonly customerId: string;
  readonly currency: string;
  /** By month and kind, in minor units. */
  readonly months: Readonly<Record<string, Readonly<Partial<Record<PostingKind, string>>>>>;
  readonly confirmed: readonly (Done & Pick<StatementConfirmed, "month">)[];
  readonly visibleTo: readonly string[];
}

export interface PostingEntry extends Posting {
  readonly accountId: string;
  readonly month: string;
}

function foldAccount(
  doc: AccountDocument | undefined,
  event: AccountEvent,
  { meta }: Happened<AccountEvent>,
): AccountDocument | undefined {
  switch (event.type) {
    case "account.posted": {
      const { customerId, currency, month, posting, visibleTo } = event;
      const before: Omit<AccountDocument, "visibleTo"> = doc ?? { customerId, currency, months: {}, confirmed: [] };
      const sums = before.months[month] ?? {};
      const sum = BigInt(sums[posting.kind] ?? "0") + minorOf(posting.amount);
      const months = { ...before.months, [month]: { ...sums, [posting.kind]: sum.toString() } };
      return { ...before, months, visibleTo };
    }
    case "account.statement.confirmed": {
      const confirmed = { month: event.month, at: meta.occurredAt, by: meta.actor };
      return doc && { ...doc, confirmed: [...doc.confirmed, confirmed] };
    }
  }
}

export const POSTINGS = "postings";
/** What a month of an account is found by. */
export const monthKey = (accountId: string, month: string): string => `${accountId} ${month}`;
/** What the postings of a number are found by. */
export const numberKey = (accountId: string, number: string): string => `${accountId} ${number}`;

/** Read for who was found to see the account: no path of it is scoped. */
const postings: CollectionSpec<PostingEntry> = {
  name: POSTINGS,
  columns: {
    day: { type: "text", of: ({ day }) => day },
    month: { type: "text", of: ({ accountId, month }) => monthKey(accountId, month) },
  },
  keys: { number: ({ accountId, number }) => [numberKey(accountId, number)] },
  paths: [{ name: "ofMonth", sort: "day", within: "month", scoped: false }],
};

const entriesOf = (_: AccountDocument, { id, aggregateId, event }: Happened<AccountEvent>): readonly Entry[] =>
  event.type === "account.posted"
    ? [{ id, doc: { ...event.posting, accountId: aggregateId, month: event.month } satisfies PostingEntry }]
    : [];

const accounts: DocumentFold<AccountDocument, AccountEvent> = {
  source: "order.account",
  fold: foldAccount,
  collection: {
    name: "accounts",
    columns: { currency: { type: "text", of: ({ currency }) => currency } },
    tokens: ({ visibleTo }) => visibleTo,
    keys: { customer: ({ customerId }) => [customerId] },
    paths: [],
  },
  entries: { collection: postings as CollectionSpec<never>, of: entriesOf },
};

export const accountsProjection: Projection = { name: "accounts", version: "1", documents: [accounts] };

/** The statement of a month, as the domain sums it: opening, what moved, closing. */
export function statementOf({ months, currency }: AccountDocument, month: string) {
  const total = (sums: AccountDocument["months"][string]) =>
    Object.values(sums).reduce((all, each) => all + BigInt(each), 0n);
  const opening = Object.entries(months).reduce((sum, [each, sums]) => (each < month ? sum + total(sums) : sum), 0n);
  const sums = months[month] ?? {};
  const of = (kind: PostingKind, sign: bigint) => money(sign * BigInt(sums[kind] ?? "0"), currency);
  return {
    opening: money(opening, currency),
    invoiced: of("invoice", 1n),
    credited: of("creditNote", -1n),
    received: of("receipt", -1n),
    refunded: of("refund", 1n),
    writtenOff: of("writeOff", -1n),
    exchanged: of("exchange", 1n),
    closing: money(opening + total(sums), currency),
  };
}
