// WriteOff: what will never come in is given up, as far as the rules let this caller.
import {
  accept,
  dayIn,
  minorOf,
  money,
  personBehind,
  refuse,
  type Actor,
  type Asked,
  type Decision,
  type Money,
} from "@gendan/eventing";
import type { PaymentRules } from "../../rules/payment.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { isAmount } from "../../values.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { openOf } from "./owed.js";

export interface WriteOff {
  readonly type: "WriteOff";
  readonly writeOffId: string;
  /** Absent: all that is open. */
  readonly amount?: Money;
  /** A short code. */
  readonly reason: string;
  readonly rules: Ruled<"payment">;
}

export const mayWriteOff: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution", "completed", "closed", "cancelled");
  if (state.length > 0) return state;
  return openOf(order) > 0n ? [] : [{ code: "NOTHING_OPEN" }];
};

export function writeOff(
  order: OrderState,
  command: WriteOff,
  { actor, at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayWriteOff(order);
  if (no) return refuse(no, ...others);
  const { writeOffId, reason, rules } = command;
  const open = openOf(order);
  const amount = command.amount ?? money(open, order.currency);
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.needed("reason", reason);
  checks.price("amount", amount, order.currency);
  if (isAmount(amount.minor) && minorOf(amount) === 0n) checks.add("AMOUNT_NOT_POSITIVE", "amount.minor");
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  const { currency } = order;
  if (minorOf(amount) > open) return refuse({ code: "ABOVE_OPEN", open: `${open}`, asked: amount.minor, currency });
  const all = order.money.writtenOff + minorOf(amount);
  const most = limitOf(rules.rules, actor, currency);
  if (most !== undefined && all > BigInt(most))
    return refuse({ code: "ABOVE_AUTHORITY", most, asked: `${all}`, currency });
  return accept({
    type: "order.written.off",
    writeOffId,
    orderNumber: order.number,
    customerId: order.customerId,
    writtenOffOn: dayIn(order.zone, at),
    amount,
    writtenOff: money(all, currency),
    reason,
    rules: rules.version,
    ...order.scope,
  });
}

/** Whether the rules let this person write off anything more of the order. */
export function mayWriteOffMore({ money: { writtenOff }, currency }: OrderState, actor: Actor, rules: PaymentRules) {
  const most = limitOf(rules, actor, currency);
  return most === undefined || BigInt(most) > writtenOff;
}

/** Of one order in all, in minor units; undefined where there is no limit for this person. */
function limitOf({ writeOff: limits, writeOffWithoutLimit }: PaymentRules, actor: Actor, currency: string) {
  const person = personBehind(actor);
  return person !== undefined && writeOffWithoutLimit.includes(person) ? undefined : limits[currency];
}
