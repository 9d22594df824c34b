// SetCreditLimit, and FollowOrder: what is open under the limit follows the orders, one command each.
import {
  accept,
  dayIn,
  personBehind,
  refuse,
  visibleTo,
  type Asked,
  type Decider,
  type Decision,
} from "@gendan/eventing";
import { defined, isAmount, isCurrency, isDay, isDepartment, isPublicId } from "../values.js";
import type { CreditEvent, CreditLimitSet, CreditOrderFollowed, FollowedOrder } from "./credit.events.js";
import type { RateRules } from "../rules/rates.rules.js";
import { evolve, isExceeded, noCredit, openOf, recoveredOn, type CreditState } from "./credit.state.js";

export interface SetCreditLimit {
  readonly type: "SetCreditLimit";
  readonly customerId: string;
  readonly limit: { readonly minor: string; readonly currency: string };
  /** Today when absent. */
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** Of the days. */
  readonly zone: string;
  readonly department: string;
  readonly departmentInScope: boolean;
  /** Where the rules convert currencies: by these. */
  readonly rates?: RateRules;
}

/** An order is confirmed, paid, cancelled, freed of its hold, or seen by others; a fact. */
export interface FollowOrder extends FollowedOrder {
  readonly type: "FollowOrder";
  readonly customerId: string;
  readonly zone: string;
  /** Where the rules convert currencies: by these. */
  readonly rates?: RateRules;
}

export type CreditCommand = SetCreditLimit | FollowOrder;
export const creditFacts: ReadonlySet<CreditCommand["type"]> = new Set(["FollowOrder"]);

export type CreditRefusal =
  { readonly code: "NOT_FOUND" } | { readonly code: CreditFaultCode; readonly field: string; readonly value?: string };
export type CreditFaultCode =
  | "ID_INVALID"
  | "AMOUNT_INVALID"
  | "CURRENCY_INVALID"
  | "DATE_INVALID"
  | "DATE_PAST"
  | "DEPARTMENT_INVALID"
  | "DEPARTMENT_OUT_OF_SCOPE";

export const creditDecider: Decider<CreditState, CreditCommand, CreditEvent, CreditRefusal> = {
  initial: noCredit,
  evolve,
  decide: (credit, command, by) =>
    command.type === "SetCreditLimit" ? setCreditLimit(credit, command, by) : followOrder(credit, command, by),
};

type Decided = Decision<CreditEvent, CreditRefusal>;

/** Whatever is open: a limit below it holds nothing that was confirmed before, and one above it may free what is held. */
function setCreditLimit(credit: CreditState, command: SetCreditLimit, { actor, at }: Asked): Decided {
  const { customerId, limit, zone, department } = command;
  const today = dayIn(zone, at);
  const { validFrom = today, validUntil } = command;
  const [first, ...others] = faultsOf(command, validFrom);
  if (first) return refuse(first, ...others);
  const { minor: amount, currency } = limit;
  const event: CreditLimitSet = {
    type: "credit.limit.set",
    customerId,
    limit: { currency, amount, validFrom, ...defined({ validUntil }) },
    department,
    owners: visibleTo({ department, persons: [personBehind(actor)] }),
  };
  return accept<CreditEvent>(event, ...recovered(evolve(credit, event), currency, today, command.rates));
}

function faultsOf(command: SetCreditLimit, validFrom: string): CreditRefusal[] {
  const { customerId, limit, validUntil, department, departmentInScope } = command;
  const fault = (wrong: boolean, code: CreditFaultCode, field: string, value?: string): CreditRefusal[] =>
    wrong ? [{ code, field, ...defined({ value }) }] : [];
  return [
    ...fault(!isPublicId(customerId), "ID_INVALID", "customerId", customerId),
    ...fault(!isAmount(limit.minor), "AMOUNT_INVALID", "limit.minor", limit.minor),
    ...fault(!isCurrency(limit.currency), "CURRENCY_INVALID", "limit.currency", limit.currency),
    ...fault(!isDay(validFrom), "DATE_INVALID", "validFrom", validFrom),
    ...fault(validUntil !== undefined && !isDay(validUntil), "DATE_INVALID", "validUntil", validUntil),
    ...fault(
      validUntil !== undefined && isDay(validUntil) && validUntil < validFrom,
      "DATE_PAST",
      "validUntil",
      validUntil,
    ),
    ...fault(!isDepartment(department), "DEPARTMENT_INVALID", "department", department),
    ...fault(!departmentInScope, "DEPARTMENT_OUT_OF_SCOPE", "department", department),
  ];
}

/** What is told late or twice changes nothing. */
function followOrder(credit: CreditState, command: FollowOrder, { at, historical }: Asked): Decided {
  const { type: _, customerId, zone, rates, ...order } = command;
  const { orderId, currency, revision, open } = order;
  const before = credit.orders.get(orderId);
  if (before ? before.revision >= revision : open === "0") return accept();
  const followed: CreditOrderFollowed = { type: "credit.order.followed", customerId, order, open: "0" };
  const after = evolve(credit, followed);
  const day = dayIn(zone, at);
  const exceeds = !before && !historical && !order.held && isExceeded(after, currency, day, rates);
  return accept<CreditEvent>(
    { ...followed, open: openOf(after, currency).toString() },
    ...(exceeds ? [{ type: "credit.exceeded", orderId } as const] : []),
    ...recovered(after, currency, day, rates),
  );
}

function recovered(credit: CreditState, currency: string, day: string, rates?: RateRules): CreditEvent[] {
  const orderIds = recoveredOn(credit, currency, day, rates);
  return orderIds.length > 0 ? [{ type: "credit.recovered", orderIds }] : [];
}
