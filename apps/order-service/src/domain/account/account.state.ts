// The sums of an account by month, and the last month that was confirmed. Minor units.
import { minorOf, money } from "@gendan/eventing";
import type { AccountEvent, PostingKind, StatementSums } from "./account.events.js";

type Sums = Readonly<Record<PostingKind, bigint>>;

export interface AccountState {
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly months: ReadonlyMap<string, Sums>;
  readonly confirmedThrough?: string;
  /** Undefined before anything was posted. */
  readonly visibleTo?: readonly string[];
}

const nothing: Sums = { invoice: 0n, creditNote: 0n, receipt: 0n, refund: 0n, writeOff: 0n, exchange: 0n };

export const noAccount: AccountState = { customerId: "", currency: "", zone: "UTC", months: new Map() };

export function evolve(account: AccountState, event: AccountEvent): AccountState {
  switch (event.type) {
    case "account.posted": {
      const { customerId, currency, zone, month, posting, visibleTo } = event;
      const sums = account.months.get(month) ?? nothing;
      const next = { ...sums, [posting.kind]: sums[posting.kind] + minorOf(posting.amount) };
      const months = new Map(account.months).set(month, next);
      return { ...account, customerId, currency, zone, months, visibleTo };
    }
    case "account.statement.confirmed":
      return { ...account, confirmedThrough: event.month };
  }
}

const sumOf = (sums: Sums): bigint => Object.values(sums).reduce((all, each) => all + each, 0n);

/** The statement of a month: it opens with what all months before it came to. */
export function statementOf({ months, currency }: AccountState, month: string): StatementSums {
  const before = [...months].filter(([each]) => each < month);
  const opening = before.reduce((sum, [, each]) => sum + sumOf(each), 0n);
  const sums = months.get(month) ?? nothing;
  const of = (minor: bigint) => money(minor, currency);
  return {
    opening: of(opening),
    invoiced: of(sums.invoice),
    credited: of(-sums.creditNote),
    received: of(-sums.receipt),
    refunded: of(sums.refund),
    writtenOff: of(-sums.writeOff),
    exchanged: of(sums.exchange),
    closing: of(opening + sumOf(sums)),
  };
}
