// What a binding order would consist of: the content as it is with lines changed, added and dropped, complete again.
import type { Money } from "@gendan/eventing";
import type { DeliveryPoint, Incoterm, OrderContent, OrderLine } from "../content.events.js";
import { completeContent, givenFor, type GivenLine } from "../given-order.js";
import type { OrderRefusal } from "../order.refusals.js";
import { contentOf, type OrderState } from "../order.state.js";
import { defined } from "../../values.js";

/** What is given replaces what was there; what is not given stays. */
export interface Amending {
  /** Lines that are there, by their ids. */
  readonly lines?: readonly (Partial<GivenLine> & { readonly lineId: string })[];
  readonly added?: readonly GivenLine[];
  readonly dropped?: readonly string[];
  readonly incoterm?: Incoterm;
  readonly paymentTerms?: string;
  readonly deliveryPoint?: DeliveryPoint;
}

export interface AmendedContent {
  readonly content: OrderContent;
  readonly freight: Money;
}

export function amendedContent(
  order: OrderState,
  amending: Amending,
): AmendedContent | { readonly refusals: readonly OrderRefusal[] } {
  const { lines = [], added = [], dropped = [], incoterm, paymentTerms, deliveryPoint } = amending;
  const there = new Map(order.content.lines.map((line) => [line.lineId, line]));
  const unknown = [
    ...lines.map(({ lineId }, index) => ({ lineId, field: `lines.${index}.lineId` })),
    ...dropped.map((lineId, index) => ({ lineId, field: `dropped.${index}` })),
  ].filter(({ lineId }) => !there.has(lineId));
  if (unknown.length > 0) return { refusals: unknown.map((each) => ({ code: "LINE_UNKNOWN", ...each })) };
  const changed = new Map(lines.map((line) => [line.lineId, line]));
  const kept = order.content.lines.filter(({ lineId }) => !dropped.includes(lineId));
  const given = {
    ...order.content,
    ...defined({ incoterm, paymentTerms, deliveryPoint }),
    lines: [...kept.map((line) => amendedLine(line, changed.get(line.lineId))), ...numbered(added, there)],
  };
  const complete = completeContent(given, givenFor(order));
  if ("faults" in complete) return { refusals: complete.faults };
  const quoted = complete.lines.map((line) => ({ ...line, ...defined({ quoted: there.get(line.lineId)?.quoted }) }));
  return { content: contentOf({ ...given, ...complete, lines: quoted }), freight: complete.freight };
}

/** New schedules take the place of all that the line had; a new quantity or day alone goes to those that it has. */
function amendedLine(line: OrderLine, change: Partial<GivenLine> | undefined): GivenLine {
  if (!change) return line;
  const { quantity: _, schedules, ...rest } = line;
  const { quantity, requestedOn, schedules: given, ...values } = defined(change);
  if (given) return { ...rest, ...values, ...defined({ quantity, requestedOn }), schedules: given };
  const own = schedules.map(({ scheduleId, quantity: part, requestedOn: day }) => ({
    scheduleId,
    quantity: quantity !== undefined && schedules.length === 1 ? quantity : part,
    ...defined({ requestedOn: requestedOn ?? day }),
  }));
  // The quantity of several schedules is checked against their sum; of one it is theirs.
  return { ...rest, ...values, ...(schedules.length === 1 ? {} : defined({ quantity })), schedules: own };
}

/** A line without an id gets the next number that none has. */
function numbered(added: readonly GivenLine[], there: ReadonlyMap<string, OrderLine>): GivenLine[] {
  let next = Math.max(0, ...[...there.keys()].map(Number).filter(Number.isFinite));
  return added.map((line) => ({ ...line, lineId: line.lineId ?? `${(next += 1)}` }));
}
