// What is still to be paid back for returns. Minor units of the order's currency.
import { heldOf } from "../dimensions.js";
import { returnedOf } from "../goods/returns.state.js";
import { netShipped } from "../ledger.js";
import type { OrderLine } from "../content.events.js";
import type { OrderState } from "../order.state.js";
import { invoicedOf, worthOf } from "./invoicing.js";
import { owedFor } from "./owed.js";

/**
 * By return, in their order, where something is: what is due for it and was not paid back, and never more in all than the
 * customer has paid over what he owes once everything that came back is credited. So nothing is to be paid back of what was never
 * paid, or has been set off against another order.
 */
export function openRefunds(order: OrderState): ReadonlyMap<string, bigint> {
  const dues = [...order.returns.byId].filter(([, { refundDue, refunded }]) => refundDue > refunded);
  if (dues.length === 0) return new Map();
  let room = order.received - owedFor(order) + toCredit(order);
  return new Map(
    dues.flatMap(([returnId, { refundDue, refunded }]) => {
      const due = refundDue - refunded;
      const open = due < room ? due : room;
      if (open <= 0n) return [];
      room -= open;
      return [[returnId, open] as const];
    }),
  );
}

/** What is charged for goods that are not with the customer nor to come to him any more. */
const toCredit = (order: OrderState): bigint =>
  order.content.lines.reduce((sum, line) => sum + toCreditOf(order, line), 0n);

function toCreditOf(order: OrderState, line: OrderLine): bigint {
  const { quantity: charged, amount } = invoicedOf(order, line.lineId);
  const kept = [...order.schedules.values()].reduce((sum, schedule) => {
    if (schedule.lineId !== line.lineId) return sum;
    const left = netShipped(heldOf(order, schedule));
    return sum + (left > schedule.owed ? left : schedule.owed) - returnedOf(order, schedule);
  }, 0n);
  if (charged <= kept) return 0n;
  const over = worthOf(line, charged) - worthOf(line, kept);
  return over < amount ? over : amount;
}
