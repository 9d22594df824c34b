// Post and ConfirmStatement: what customers owe is posted as it happens, and a month that is confirmed never changes again.
import { accept, dayIn, monthAfter, refuse, uuidFrom, type Asked, type Decider, type Decision } from "@gendan/eventing";
import { defined } from "../values.js";
import type { AccountEvent, Posting } from "./account.events.js";
import { evolve, noAccount, statementOf, type AccountState } from "./account.state.js";

export interface Post extends Omit<Posting, "day"> {
  readonly type: "Post";
  readonly customerId: string;
  /** Of the order; the account has that of the first one. */
  readonly zone?: string;
  /** A day, or an instant whose day it is in the account's zone. */
  readonly day?: string;
  readonly at: string;
  readonly visibleTo: readonly string[];
}

export interface ConfirmStatement {
  readonly type: "ConfirmStatement";
  readonly month: string;
}

export type AccountCommand = Post | ConfirmStatement;

export type AccountRefusal =
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "MONTH_INVALID"; readonly field: "month"; readonly value: string }
  | { readonly code: "MONTH_NOT_OVER"; readonly month: string }
  | { readonly code: "MONTH_CONFIRMED"; readonly through: string };

/** One account for each customer and currency. */
export const accountIdOf = (customerId: string, currency: string): string =>
  uuidFrom("order.account", customerId, currency);

export const accountFacts: ReadonlySet<AccountCommand["type"]> = new Set(["Post"]);

export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent, AccountRefusal> = {
  initial: noAccount,
  evolve,
  decide: (account, command, by) =>
    command.type === "Post" ? post(account, command) : confirmStatement(account, command, by),
};

function post(account: AccountState, command: Post): Decision<AccountEvent, never> {
  const { eventId, kind, number, amount, orderId, invoiceId, receiptId, customerId } = command;
  const zone = account.visibleTo === undefined ? (command.zone ?? "UTC") : account.zone;
  const day = command.day ?? dayIn(zone, command.at);
  const posting = { eventId, kind, number, amount, day, ...defined({ orderId, invoiceId, receiptId }) };
  const departments = command.visibleTo.filter((token) => token.startsWith("d:"));
  const { visibleTo = departments, confirmedThrough } = account;
  const own = day.slice(0, 7);
  return accept({
    type: "account.posted",
    customerId,
    currency: amount.currency,
    zone,
    posting,
    month: confirmedThrough !== undefined && own <= confirmedThrough ? monthAfter(confirmedThrough) : own,
    visibleTo: visibleTo.filter((token) => departments.includes(token)),
  });
}

/** With it all months before are confirmed as well. */
function confirmStatement(
  account: AccountState,
  { month }: ConfirmStatement,
  { at }: Asked,
): Decision<AccountEvent, AccountRefusal> {
  const { visibleTo, customerId, confirmedThrough, zone } = account;
  if (visibleTo === undefined) return refuse({ code: "NOT_FOUND" });
  if (!isMonth(month)) return refuse({ code: "MONTH_INVALID", field: "month", value: month });
  if (confirmedThrough === month) return accept();
  if (confirmedThrough !== undefined && month < confirmedThrough)
    return refuse({ code: "MONTH_CONFIRMED", through: confirmedThrough });
  if (month >= dayIn(zone, at).slice(0, 7)) return refuse({ code: "MONTH_NOT_OVER", month });
  return accept({
    type: "account.statement.confirmed",
    customerId,
    month,
    ...statementOf(account, month),
    visibleTo,
  });
}

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
