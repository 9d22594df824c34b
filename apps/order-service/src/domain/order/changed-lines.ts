// Lines that an order has, with what changes of each: what is not given of a line stays as it is.
import type { OrderLine } from "./content.events.js";
import type { GivenLine } from "./given-order.js";
import type { OrderRefusal } from "./order.refusals.js";
import { defined } from "../values.js";

/** A line that is there, by its id, and what is given of it. */
export type ChangedLine = Partial<GivenLine> & { readonly lineId: string };

/** What is wrong with how lines that are there are named: unknown ones, and one that is named twice. `list` is their field. */
export function misnamed(lines: readonly OrderLine[], changes: readonly ChangedLine[], list: string): OrderRefusal[] {
  const there = new Set(lines.map(({ lineId }) => lineId));
  const named = new Set<string>();
  return changes.flatMap(({ lineId }, index): OrderRefusal[] => {
    const field = `${list}.${index}.lineId`;
    if (!there.has(lineId)) return [{ code: "LINE_UNKNOWN", lineId, field }];
    if (named.has(lineId)) return [{ code: "DUPLICATE_LINE", field, value: lineId }];
    named.add(lineId);
    return [];
  });
}

/** The lines in their order, to be completed. */
export function withChanges(lines: readonly OrderLine[], changes: readonly ChangedLine[]): GivenLine[] {
  const changed = new Map(changes.map((change) => [change.lineId, change]));
  return lines.map((line) => withChange(line, changed.get(line.lineId)));
}

/** New schedules take the place of all that the line had; a new quantity or day alone goes to those that it has. */
function withChange(line: OrderLine, change: ChangedLine | undefined): GivenLine {
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
