// FULL_TRANSITIVE: every reader that ever was reads every message that ever was or will be. So within a type only optional
// fields are added; anything else is a new type beside the old one, which ends on a day that is said before.
import type { Contract } from "../contract.js";
import { compareSchemas, type SchemaRule } from "./compare-schemas.js";
import { dataSchemaOf, schemasOf, type SchemaDocument } from "./json-schema.js";

export type Rule =
  | SchemaRule
  | "TYPE_REMOVED"
  | "VERSION_REMOVED"
  | "VERSION_CHANGED"
  | "TOPIC_CHANGED"
  | "KEY_CHANGED"
  | "OWNER_CHANGED";

/** A change that is forbidden. */
export interface Violation {
  readonly rule: Rule;
  /** The schema that was there before and the one that breaks with it, by their ids. */
  readonly before: string;
  readonly after: string;
  /** Where in the data; `$` for what concerns the type. */
  readonly path: string;
  readonly detail: string;
}

/** Every forbidden change of the contracts against what was released, and of their versions against each other. */
export function violationsOf(
  released: readonly SchemaDocument[],
  contracts: readonly Contract<unknown>[],
): readonly Violation[] {
  const byType = new Map(contracts.map((contract) => [contract.type, contract]));
  const gone = released.flatMap(({ $id }) => {
    const { type, version } = placeOf($id);
    const contract = byType.get(type);
    if (!contract) return [violation("TYPE_REMOVED", $id, "-", "$", "its messages are on the bus for ever")];
    if (version > contract.newest) return [violation("VERSION_REMOVED", $id, "-", "$", "it is read for ever")];
    return [];
  });
  return [...gone, ...contracts.flatMap((contract) => violationsOfType(released, contract))];
}

/** One line for people: the rule, where, and what. */
export const sentenceOf = ({ rule, before, after, path, detail }: Violation): string =>
  `${rule} ${path} (${before} → ${after}): ${detail}`;

function violationsOfType(released: readonly SchemaDocument[], contract: Contract<unknown>): readonly Violation[] {
  const now = schemasOf(contract);
  const known = now.map((current) => released.find(({ $id }) => $id === current.$id) ?? current);
  return known.flatMap((before, index) => now.slice(index).flatMap((after) => violationsBetween(before, after)));
}

function violationsBetween(before: SchemaDocument, after: SchemaDocument): readonly Violation[] {
  const same = before.$id === after.$id;
  const told = (rule: Rule, path: string, detail: string) => violation(rule, before.$id, after.$id, path, detail);
  const promises = [
    ["TOPIC_CHANGED", "x-topic"],
    ["KEY_CHANGED", "x-key"],
    ["OWNER_CHANGED", "x-owner"],
  ] as const;
  const broken = promises
    .filter(([, name]) => before[name] !== after[name])
    .map(([rule, name]) => told(rule, "$", `${String(before[name])} → ${String(after[name])}`));
  const changed = compareSchemas(before, after).flatMap(({ rule, path, detail }) => {
    if (rule !== "OPTIONAL_FIELD_ADDED") return [told(rule, path, detail)];
    return same ? [told("VERSION_CHANGED", path, `a released version does not change; ${detail}`)] : [];
  });
  return [...broken, ...changed];
}

const violation = (rule: Rule, before: string, after: string, path: string, detail: string): Violation => ({
  rule,
  before,
  after,
  path,
  detail,
});

/** The type and the version that an id names. Throws a RangeError for one that is not ours. */
export function placeOf($id: string): { readonly type: string; readonly version: number } {
  const [, type = "", version = ""] = /^urn:gendan:([^:]+):(\d+)$/.exec($id) ?? [];
  if ($id !== dataSchemaOf(type, Number(version))) throw new RangeError(`${$id} is no id of a contract's schema.`);
  return { type, version: Number(version) };
}
