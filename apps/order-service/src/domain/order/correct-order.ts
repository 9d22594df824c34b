// CorrectOrder: a typing error is mended before the order is binding, visibly.
import {
  accept,
  canonical,
  isSealed,
  quantity,
  refuse,
  type Asked,
  type Decision,
  type Sealed,
} from "@gendan/eventing";
import { defined } from "../values.js";
import { cellName } from "./intake/line-details.js";
import { netShipped } from "./dimensions.js";
import { completeContent, type GivenContent } from "./given-order.js";
import { inLifecycle, type Guard } from "./guards.js";
import type { OrderContent, OrderLine } from "./content.events.js";
import type { Change, OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import { contentOf, type OrderState } from "./order.state.js";

/** What is given replaces what was there; what is not given stays. */
export interface CorrectOrder extends Partial<GivenContent> {
  readonly type: "CorrectOrder";
  readonly note?: Sealed;
}

/** What has left already is no typing error any more. */
export const mayCorrect: Guard = (order) => {
  const state = inLifecycle(order, "received", "discrepant", "verified");
  if (state.length > 0) return state;
  return order.ledger.size > 0 ? [{ code: "ORDER_SHIPPED", shipped: quantity(netShipped(order)) }] : [];
};

/** The rules for a complete order hold for the corrected one as well; a correction that changes nothing is none. */
export function correctOrder(
  order: OrderState,
  command: CorrectOrder,
  { actor }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayCorrect(order);
  if (no) return refuse(no, ...others);
  const before = order.content;
  const given = { ...before, ...defined(command) };
  const complete = completeContent(given, order.currency, order.zone);
  if ("faults" in complete) {
    const [first, ...more] = complete.faults;
    return refuse(first!, ...more);
  }
  const after = contentOf({ ...given, ...complete, lines: withLineage(before.lines, complete.lines) });
  const changes = changesFrom(before, after);
  if (changes.length === 0) return accept();
  const { amount, freight } = complete;
  const { note } = command;
  return accept({
    type: "order.corrected",
    correctedBy: actor,
    ...after,
    amount,
    freight,
    changes,
    ...defined({ note }),
  });
}

/** A mended line comes from where it came from. */
const withLineage = (before: readonly OrderLine[], lines: readonly OrderLine[]): OrderLine[] =>
  lines.map((line) => {
    const quoted = before.find(({ lineId }) => lineId === line.lineId)?.quoted;
    return { ...line, ...defined({ quoted }) };
  });

/** Value by value, each line under its own id. */
function changesFrom(before: OrderContent, after: OrderContent): Change[] {
  const { lines: linesBefore, ...restBefore } = before;
  const { lines: linesAfter, ...restAfter } = after;
  const one = { ...leaves("", restBefore), ...lineLeaves(linesBefore) };
  const other = { ...leaves("", restAfter), ...lineLeaves(linesAfter) };
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return paths.flatMap((path) => {
    const [from, to] = [one[path], other[path]];
    if (from?.is === to?.is) return [];
    return [{ path, ...defined({ from: from?.shown, to: to?.shown }) }];
  });
}

const lineLeaves = (lines: readonly OrderLine[]): Leaves =>
  Object.assign(
    {},
    ...lines.map(({ schedules, matrix = [], lineId, ...line }) => ({
      ...leaves(`lines.${lineId}.`, line),
      ...leaves(`lines.${lineId}.matrix.`, Object.fromEntries(matrix.map((cell) => [cellName(cell), cell.quantity]))),
      ...Object.assign(
        {},
        ...schedules.map(({ scheduleId, lateFrom: _, ...schedule }) =>
          leaves(`lines.${lineId}.schedules.${scheduleId}.`, schedule),
        ),
      ),
    })),
  ) as Leaves;

/** By what a value is compared, and how it is shown: a sealed one has no text to show. */
type Leaves = Record<string, { readonly is: string; readonly shown?: string }>;

function leaves(prefix: string, value: object): Leaves {
  const found: Leaves = {};
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const path = `${prefix}${name}`;
    if (isSealed(member)) found[path] = { is: canonical(member) };
    else if (typeof member === "object" && member !== null && !isMoney(member)) {
      Object.assign(found, leaves(`${path}.`, member));
    } else found[path] = { is: canonical(member), shown: shown(member) };
  }
  return found;
}

const isMoney = (value: object): value is { readonly minor: string; readonly currency: string } =>
  "minor" in value && "currency" in value;

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null && isMoney(value) ? `${value.minor} ${value.currency}` : String(value);
