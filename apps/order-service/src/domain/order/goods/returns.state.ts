// What decisions need to know of goods that come back from the customer. Quantities are millionths.
import { millionths, minorOf } from "@gendan/eventing";
import { heldOf } from "../dimensions.js";
import { scheduleKey } from "../ledger.js";
import type { Extent } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import type { InspectedPart, Remedy, ReturnEvent } from "./returns.events.js";

export interface ReturnsState {
  readonly byId: ReadonlyMap<string, ReturnState>;
  /** By schedule key: what is with us again, net of what goes to the customer again. */
  readonly returned: ReadonlyMap<string, bigint>;
  /** By line: what was taken and is to be refunded. */
  readonly refundable: ReadonlyMap<string, bigint>;
}

interface ReturnState {
  readonly remedy: Remedy;
  readonly withdrawn: boolean;
  readonly exchanged: boolean;
  /** Minor units: what is due to the customer for it, and what was paid back. */
  readonly refundDue: bigint;
  readonly refunded: bigint;
  /** By schedule key. */
  readonly lines: ReadonlyMap<string, ReturnLine>;
}

interface ReturnLine {
  readonly authorised: bigint;
  readonly received: bigint;
  readonly inspected: bigint;
}

export const noReturns: ReturnsState = { byId: new Map(), returned: new Map(), refundable: new Map() };

/** One that came without having been authorised promises nothing. */
const unannounced: ReturnState = {
  remedy: "none",
  withdrawn: false,
  exchanged: false,
  refundDue: 0n,
  refunded: 0n,
  lines: new Map(),
};
const nothing: ReturnLine = { authorised: 0n, received: 0n, inspected: 0n };

export function evolveReturns(returns: ReturnsState, event: ReturnEvent): ReturnsState {
  const before = returns.byId.get(event.returnId) ?? unannounced;
  const set = (changed: Partial<ReturnState>) => new Map(returns.byId).set(event.returnId, { ...before, ...changed });
  switch (event.type) {
    case "order.return.authorised": {
      const lines = event.lines.map((part) => [part, { authorised: millionths(part.quantity) }] as const);
      return { ...returns, byId: set({ remedy: event.remedy, lines: plus(before.lines, lines) }) };
    }
    case "order.return.received": {
      const lines = event.lines.map((part) => [part, { received: millionths(part.quantity) }] as const);
      return { ...returns, byId: set({ lines: plus(before.lines, lines) }), returned: told(returns, event) };
    }
    case "order.return.inspected": {
      const lines = event.lines.map(
        (part) => [part, { inspected: takenOf(part) + millionths(part.backToCustomer) }] as const,
      );
      const refundable = event.refund ? added(returns.refundable, event.lines) : returns.refundable;
      const refundDue = before.refundDue + BigInt(event.refund?.minor ?? "0");
      return {
        byId: set({ lines: plus(before.lines, lines), refundDue }),
        returned: told(returns, event),
        refundable,
      };
    }
    case "order.return.refunded":
      return { ...returns, byId: set({ refunded: minorOf(event.refunded) }) };
    case "order.return.withdrawn":
      return { ...returns, byId: set({ withdrawn: true }) };
    case "order.exchange.linked":
      return { ...returns, byId: set({ exchanged: true }) };
  }
}

type At = Parameters<typeof scheduleKey>[0];

function plus(
  lines: ReturnState["lines"],
  more: readonly (readonly [At, Partial<ReturnLine>])[],
): ReturnState["lines"] {
  const next = new Map(lines);
  for (const [at, { authorised = 0n, received = 0n, inspected = 0n }] of more) {
    const line = next.get(scheduleKey(at)) ?? nothing;
    next.set(scheduleKey(at), {
      authorised: line.authorised + authorised,
      received: line.received + received,
      inspected: line.inspected + inspected,
    });
  }
  return next;
}

const told = (
  { returned }: ReturnsState,
  { progress }: { readonly progress: readonly (At & { readonly returned: string })[] },
): ReturnsState["returned"] =>
  new Map([...returned, ...progress.map((each) => [scheduleKey(each), millionths(each.returned)] as const)]);

/** What of an inspected part is not given back to the customer. */
export const takenOf = ({ restock, scrap }: Pick<InspectedPart, "restock" | "scrap">): bigint =>
  millionths(restock) + millionths(scrap);

/** What is to be refunded by line after these were taken. */
export function added(
  refundable: ReturnsState["refundable"],
  lines: readonly InspectedPart[],
): ReturnsState["refundable"] {
  const next = new Map(refundable);
  for (const part of lines) next.set(part.lineId, (next.get(part.lineId) ?? 0n) + takenOf(part));
  return next;
}

/** What is still waited for, and what has come and was not looked at; nothing of what was withdrawn is waited for. */
export const awaitedOf = ({ withdrawn }: ReturnState, { authorised, received }: ReturnLine): bigint =>
  withdrawn || received >= authorised ? 0n : authorised - received;
export const uninspectedOf = ({ received, inspected }: ReturnLine): bigint => received - inspected;

/** Something of it is waited for or was not looked at. */
const isOpenReturn = (each: ReturnState): boolean =>
  [...each.lines.values()].some((line) => awaitedOf(each, line) > 0n || uninspectedOf(line) > 0n);

export const openReturns = ({ returns }: OrderState): string[] =>
  [...returns.byId].flatMap(([returnId, each]) => (isOpenReturn(each) ? [returnId] : []));

export const returnedOf = ({ returns }: OrderState, at: At): bigint => returns.returned.get(scheduleKey(at)) ?? 0n;

/** What the customer has of a schedule and no return waits for. */
export function returnableOf(order: OrderState, at: At): bigint {
  const awaited = [...order.returns.byId.values()].reduce((sum, each) => {
    const line = each.lines.get(scheduleKey(at));
    return sum + (line ? awaitedOf(each, line) : 0n);
  }, 0n);
  return heldOf(order, at).delivered - returnedOf(order, at) - awaited;
}

/** How much of what was delivered has come back. */
export function returnedExtent(order: OrderState): Extent {
  const came = [...order.schedules.values()].map((schedule) => ({
    delivered: heldOf(order, schedule).delivered,
    returned: returnedOf(order, schedule),
  }));
  if (came.every(({ returned }) => returned === 0n)) return "None";
  return came.every(({ delivered, returned }) => delivered === returned) ? "Full" : "Partial";
}
