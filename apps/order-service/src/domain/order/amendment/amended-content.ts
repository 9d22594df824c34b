// What a binding order would consist of: the content as it is with lines changed, added and dropped, complete again.
import type { Money } from "@gendan/eventing";
import { misnamed, withChanges, type ChangedLine } from "../changed-lines.js";
import type { DeliveryPoint, Incoterm, OrderContent, OrderLine } from "../content.events.js";
import { checkedContent, givenFor, type GivenLine } from "../given-order.js";
import type { IntakeRules } from "../intake/intake-rules.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import { contentOf, type OrderState } from "../order.state.js";
import { defined } from "../../values.js";

/** What is given replaces what was there; what is not given stays. */
export interface Amending {
  /** Lines that are there, by their ids. */
  readonly lines?: readonly ChangedLine[];
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
  const wrong = [
    ...misnamed(order.content.lines, lines, "lines"),
    ...dropped.flatMap((lineId, index): OrderRefusal[] =>
      there.has(lineId) ? [] : [{ code: "LINE_UNKNOWN", lineId, field: `dropped.${index}` }],
    ),
  ];
  if (wrong.length > 0) return { refusals: wrong };
  const kept = order.content.lines.filter(({ lineId }) => !dropped.includes(lineId));
  const given = {
    ...order.content,
    ...defined({ incoterm, paymentTerms, deliveryPoint }),
    lines: [...withChanges(kept, lines), ...numbered(added, there)],
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

/** A line without an id gets the next number that none has. */
function numbered(added: readonly GivenLine[], there: ReadonlyMap<string, OrderLine>): GivenLine[] {
  let next = Math.max(0, ...[...there.keys()].map(Number).filter(Number.isFinite));
  return added.map((line) => ({ ...line, lineId: line.lineId ?? `${(next += 1)}` }));
}
