// Conditions of a mapping: which rows a section is about.
import type { Condition, Test } from "../mapping/value-schema.js";
import type { Cell, Scope, Source } from "./columns.js";

/** Whether all tests hold. */
export function conditionOf(
  condition: Condition,
  columns: (column: string, source: Source, where: string) => Cell,
  source: Source,
  where: string,
): (scope: Scope) => boolean {
  const tests = Object.entries(condition).map(([column, test]) => {
    const cell = columns(column, source, `${where}.when.${column}`);
    return (scope: Scope) => holds(test, cell(scope));
  });
  return (scope) => tests.every((test) => test(scope));
}

/** Numbers in conditions are plain ones, with a point. */
function holds({ is, not, present, atLeast, atMost }: Test, text: string | undefined): boolean {
  if (present !== undefined && present !== (text !== undefined)) return false;
  if (is && (text === undefined || !is.includes(text))) return false;
  if (not && text !== undefined && not.includes(text)) return false;
  if (atLeast === undefined && atMost === undefined) return true;
  const number = text === undefined ? NaN : Number(text);
  return number >= (atLeast ?? -Infinity) && number <= (atMost ?? Infinity);
}
