// What a binding order would consist of: the content as it is with lines changed, added and dropped, complete again.
import type { Money } from "@gendan/eventing";
import type { DeliveryPoint, Incoterm, OrderContent, OrderLine } from "../content.events.js";
import { checkedContent, givenFor, type GivenLine } from "../given-order.js";
import type { IntakeRules } from "../intake/intake-rules.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
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

/**
 * Held to the rules that orders are received under, but for what stands in the order already and is not touched: rules may have come
 * since it was binding, and nobody amends a line for the sake of another one.
 */
export function amendedContent(
  order: OrderState,
  amending: Amending,
  rules: IntakeRules = {},
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
  const about = givenFor(order);
  const { content: complete, faults } = checkedContent(given, about, rules);
  const stood = new Set(checkedContent(order.content, about, rules).faults.map(nameIn(order.content.lines)));
  const nameOf = nameIn(complete.lines);
  const refusals = faults.filter((fault) => !stood.has(nameOf(fault)));
  if (refusals.length > 0) return { refusals };
  const quoted = complete.lines.map((line) => ({ ...line, ...defined({ quoted: there.get(line.lineId)?.quoted }) }));
  return { content: contentOf({ ...given, ...complete, lines: quoted }), freight: complete.freight };
}

/** A fault by what it says of which line, wherever the line stands. */
const nameIn =
  (lines: readonly OrderLine[]) =>
  ({ code, field, value = "" }: Incomplete): string => {
    const [, index, ofLine] = /^lines\.(\d+)\.(.+)$/.exec(field) ?? [];
    const place = index === undefined ? field : `${lines[Number(index)]?.lineId} ${ofLine}`;
    return [code, place, value].join("\u0000");
  };

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
