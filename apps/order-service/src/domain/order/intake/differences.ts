// In what two orders differ, value by value: each line under its own id, each cell of a matrix under its colour and size.
import { canonical, isSealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import type { OrderContent, OrderLine } from "../content.events.js";
import type { Change } from "../order.events.js";
import { cellName } from "./line-details.js";

/** A change with the field that it is of: its path without the places in lists. */
export interface Difference extends Change {
  readonly field: string;
}

export function differencesOf(before: OrderContent, after: OrderContent): Difference[] {
  const [one, other] = [contentLeaves(before), contentLeaves(after)];
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return paths.flatMap((path) => {
    const [from, to] = [one[path], other[path]];
    if (from?.is === to?.is) return [];
    return [{ path, field: (from ?? to)!.field, ...defined({ from: from?.shown, to: to?.shown }) }];
  });
}

/** Of which class of fields a value is that is told of beyond the order itself; undefined where everybody sees it. */
export function classOf({ field }: Pick<Difference, "field">): "price" | "internal" | undefined {
  if (/(^|\.)(unitPrice|amount|freight|paymentTerms|listPrice)$/.test(field)) return "price";
  return /(^|\.)(unitCost|customFields)(\.|$)/.test(field) ? "internal" : undefined;
}

/** By what a value is compared, and how it is shown: a sealed one has no text to show. */
type Leaves = Record<string, { readonly is: string; readonly field: string; readonly shown?: string }>;

function contentLeaves({ lines, references, customFields, ...rest }: OrderContent): Leaves {
  return {
    ...leaves("", "", rest),
    ...leaves("references.", "references.", byName(references, "system", "number")),
    ...leaves("customFields.", "customFields.", byName(customFields, "name", "value")),
    ...lineLeaves(lines),
  };
}

const byName = <Name extends string, Value extends string>(
  list: readonly Readonly<Record<Name | Value, unknown>>[],
  name: Name,
  value: Value,
): object => Object.fromEntries(list.map((each) => [each[name], each[value]]));

const lineLeaves = (lines: readonly OrderLine[]): Leaves =>
  Object.assign(
    {},
    ...lines.map(({ schedules, matrix = [], customFields = [], lineId, ...line }) => ({
      ...leaves(`lines.${lineId}.`, "lines.", line),
      ...leaves(
        `lines.${lineId}.matrix.`,
        "lines.matrix.",
        Object.fromEntries(matrix.map((cell) => [cellName(cell), cell.quantity])),
      ),
      ...leaves(`lines.${lineId}.customFields.`, "lines.customFields.", byName(customFields, "name", "value")),
      ...Object.assign(
        {},
        ...schedules.map(({ scheduleId, lateFrom: _, ...schedule }) =>
          leaves(`lines.${lineId}.schedules.${scheduleId}.`, "lines.schedules.", schedule),
        ),
      ),
    })),
  ) as Leaves;

function leaves(path: string, field: string, value: object): Leaves {
  const found: Leaves = {};
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const at = { field: `${field}${name}` };
    if (isSealed(member)) found[`${path}${name}`] = { ...at, is: canonical(member) };
    else if (typeof member === "object" && member !== null && !isMoney(member)) {
      Object.assign(found, leaves(`${path}${name}.`, `${at.field}.`, member));
    } else found[`${path}${name}`] = { ...at, is: canonical(member), shown: shown(member) };
  }
  return found;
}

const isMoney = (value: object): value is { readonly minor: string; readonly currency: string } =>
  "minor" in value && "currency" in value;

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null && isMoney(value) ? `${value.minor} ${value.currency}` : String(value);
