// Folds what comes back from the customer into an order's document.
import { millionths, quantity } from "@gendan/eventing";
import type { ReturnEvent } from "../../domain/order/goods/returns.events.js";
import type { Extent } from "../../domain/order/order.events.js";
import { isAt, noteOf, onSchedules, type At } from "../fold-parts.js";
import type { Done, OrderDocument, ReturnDocument, ReturnedLine } from "../order.document.js";

export function foldReturn(doc: OrderDocument, event: ReturnEvent, done: Done): OrderDocument {
  const { returnId } = event;
  const returns = doc.returns ?? [];
  const before = returns.find((each) => each.returnId === returnId);
  const after = changed(before ?? { returnId, lines: [], remedy: "none", breaches: [] }, event, done);
  const next = {
    ...doc,
    returns: before ? returns.map((each) => (each === before ? after : each)) : [...returns, after],
  };
  if (event.type !== "order.return.received" && event.type !== "order.return.inspected") return next;
  const { invoicing } = event;
  const invoiced = invoicing && doc.money ? { ...next, money: { ...doc.money, invoicing } } : next;
  return onSchedules(invoiced, event.progress, (schedule, { returned }) => ({ ...schedule, returned }));
}

/** How much of what was delivered has come back: more that arrives changes it as well. */
export function returnedOf({ lines }: OrderDocument): Extent {
  const came = lines.filter(({ kind }) => kind === "goods").flatMap(({ schedules }) => schedules);
  const back = came.map(({ delivered, returned = "0" }) => [millionths(delivered), millionths(returned)] as const);
  if (back.every(([, returned]) => returned === 0n)) return "None";
  return back.every(([delivered, returned]) => delivered === returned) ? "Full" : "Partial";
}

function changed(before: ReturnDocument, event: ReturnEvent, done: Done): ReturnDocument {
  switch (event.type) {
    case "order.return.authorised": {
      const { lines, reason, remedy } = event;
      const authorised = lines.map(({ quantity: units, ...at }) => [at, { authorised: units }] as const);
      return { ...before, lines: plus(before, authorised), reason, remedy, authorised: { ...done, ...noteOf(event) } };
    }
    case "order.return.received": {
      const { receivedAt, breaches } = event;
      const received = event.lines.map(({ quantity: units, ...at }) => [at, { received: units }] as const);
      return { ...before, lines: plus(before, received), receivedAt, breaches: [...before.breaches, ...breaches] };
    }
    case "order.return.inspected": {
      const inspected = event.lines.map(
        ({ restock: restocked, scrap: scrapped, backToCustomer, ...at }) =>
          [at, { restocked, scrapped, backToCustomer }] as const,
      );
      const refund = event.refund && {
        ...event.refund,
        minor: (BigInt(before.refund?.minor ?? "0") + BigInt(event.refund.minor)).toString(),
      };
      const how = { lines: plus(before, inspected), inspected: { ...done, ...noteOf(event) } };
      return { ...before, ...how, ...(refund ? { refund } : {}) };
    }
    case "order.return.refunded":
      return { ...before, refunded: event.refunded, breaches: [...before.breaches, ...event.breaches] };
    case "order.return.withdrawn":
      return { ...before, withdrawn: { ...done, reason: event.reason, ...noteOf(event) } };
    case "order.exchange.linked":
      return { ...before, exchangeOrderId: event.exchangeOrderId };
  }
}

type Counts = Omit<ReturnedLine, "lineId" | "scheduleId">;

const none: Counts = { authorised: "0", received: "0", restocked: "0", scrapped: "0", backToCustomer: "0" };

function plus({ lines }: ReturnDocument, more: readonly (readonly [At, Partial<Counts>])[]): ReturnedLine[] {
  const next = [...lines];
  for (const [{ lineId, scheduleId }, counts] of more) {
    const found = next.findIndex((line) => isAt(line, { lineId, scheduleId }));
    const at = found < 0 ? next.length : found;
    const line = next[at] ?? { lineId, scheduleId, ...none };
    const sums = Object.entries(counts).map(([name, units]) => [name, sum(line[name as keyof Counts], units)] as const);
    next[at] = { ...line, ...(Object.fromEntries(sums) as Partial<Counts>) };
  }
  return next;
}

const sum = (one: string, other: string): string => quantity(millionths(one) + millionths(other));
