// What differs between two schemas, by the rule that forbids it: data of either must be readable by who knows the other.
import { OPEN_ENUM, PERSONAL_DATA } from "../fields.js";
import type { Schema } from "./json-schema.js";

/** Why a change is forbidden within a type. Names are stable: they stand in messages and in docs/events.md. */
export type SchemaRule =
  | "FIELD_REMOVED"
  | "FIELD_ADDED_REQUIRED"
  | "FIELD_MADE_REQUIRED"
  | "FIELD_MADE_OPTIONAL"
  | "TYPE_NARROWED"
  | "TYPE_WIDENED"
  | "TYPE_CHANGED"
  | "ENUM_VALUE_REMOVED"
  | "ENUM_VALUE_ADDED";

/** One change. The one that is allowed, OPTIONAL_FIELD_ADDED, is told as well: it needs a new version. */
export interface Difference {
  readonly rule: SchemaRule | "OPTIONAL_FIELD_ADDED";
  /** Where in the data, as a JSON path: `$.lines[*].quantity`. */
  readonly path: string;
  readonly detail: string;
}

/** These say something of the schema and nothing of the data. */
const annotations = new Set([
  ...["$schema", "$id", "title", "description", "examples", "deprecated"],
  ...["x-ends", "x-owner", "x-topic", "x-key", PERSONAL_DATA],
]);
const structure = new Set(["type", "properties", "required", "items", "enum", "const", OPEN_ENUM, "anyOf", "oneOf"]);
const lowerBounds = new Set(["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]);
const upperBounds = new Set(["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"]);

/** Every difference from before to after; empty where both mean the same. A keyword that is not known here must not change. */
export function compareSchemas(before: Schema, after: Schema, path = "$"): readonly Difference[] {
  const [were, are] = [alternativesOf(before), alternativesOf(after)];
  if (were.length > 1 || are.length > 1) return compareSets(were.map(canonical), are.map(canonical), path);
  if (before.type !== after.type) return [typeChange(before.type, after.type, path)];
  return [
    ...compareEnums(before, after, path),
    ...compareConstraints(before, after, path),
    ...(before.type === "object" ? compareObjects(before, after, path) : []),
    ...(before.type === "array" ? compareSchemas(schemaAt(before.items), schemaAt(after.items), `${path}[*]`) : []),
  ];
}

const schemaAt = (value: unknown): Schema => (value ?? {}) as Schema;
const propertiesOf = (schema: Schema) => (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
const requiredOf = (schema: Schema) => new Set((schema.required ?? []) as readonly string[]);

function compareObjects(before: Schema, after: Schema, path: string): readonly Difference[] {
  const [were, are] = [propertiesOf(before), propertiesOf(after)];
  const [needed, needs] = [requiredOf(before), requiredOf(after)];
  const differences: Difference[] = [];
  for (const [name, schema] of Object.entries(were)) {
    const at = `${path}.${name}`;
    const now = are[name];
    if (now === undefined) {
      differences.push({ rule: "FIELD_REMOVED", path: at, detail: "older readers look for it" });
      continue;
    }
    if (!needed.has(name) && needs.has(name))
      differences.push({ rule: "FIELD_MADE_REQUIRED", path: at, detail: "older messages may be without it" });
    if (needed.has(name) && !needs.has(name))
      differences.push({ rule: "FIELD_MADE_OPTIONAL", path: at, detail: "older readers rely on it" });
    differences.push(...compareSchemas(schema, now, at));
  }
  for (const name of Object.keys(are).filter((each) => !Object.hasOwn(were, each))) {
    const rule = needs.has(name) ? "FIELD_ADDED_REQUIRED" : "OPTIONAL_FIELD_ADDED";
    const detail = rule === "FIELD_ADDED_REQUIRED" ? "older messages are without it" : "it needs a version of its own";
    differences.push({ rule, path: `${path}.${name}`, detail });
  }
  return differences;
}

function compareEnums(before: Schema, after: Schema, path: string): readonly Difference[] {
  const [were, are] = [valuesOf(before), valuesOf(after)];
  const differences: Difference[] = [];
  if (were && !are) differences.push({ rule: "TYPE_WIDENED", path, detail: "any value instead of a closed list" });
  if (!were && are) differences.push({ rule: "TYPE_NARROWED", path, detail: "a closed list instead of any value" });
  const removed = (from: readonly unknown[], to: readonly unknown[]) => from.filter((value) => !to.includes(value));
  const told = (rule: SchemaRule, values: readonly unknown[], why: string) => {
    for (const value of values) differences.push({ rule, path, detail: `${JSON.stringify(value)}: ${why}` });
  };
  if (were && are) {
    told("ENUM_VALUE_REMOVED", removed(were, are), "older messages have it");
    told("ENUM_VALUE_ADDED", removed(are, were), "older readers refuse it; only an open list (oneOfSoFar) grows");
  }
  const open = (schema: Schema) => (schema[OPEN_ENUM] ?? []) as readonly unknown[];
  told("ENUM_VALUE_REMOVED", removed(open(before), open(after)), "older messages have it");
  return differences;
}

function valuesOf(schema: Schema): readonly unknown[] | undefined {
  if ("const" in schema) return [schema.const];
  return schema.enum as readonly unknown[] | undefined;
}

function compareConstraints(before: Schema, after: Schema, path: string): readonly Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differences: Difference[] = [];
  for (const name of names) {
    if (annotations.has(name) || structure.has(name)) continue;
    const [was, is] = [before[name], after[name]];
    if (canonical(was) === canonical(is)) continue;
    const detail = `${name} ${JSON.stringify(was) ?? "absent"} → ${JSON.stringify(is) ?? "absent"}`;
    differences.push({ rule: ruleOf(name, was, is), path, detail });
  }
  return differences;
}

function ruleOf(name: string, was: unknown, is: unknown): SchemaRule {
  if (was === undefined) return "TYPE_NARROWED";
  if (is === undefined) return "TYPE_WIDENED";
  if (typeof was !== "number" || typeof is !== "number") return "TYPE_CHANGED";
  if (lowerBounds.has(name)) return is > was ? "TYPE_NARROWED" : "TYPE_WIDENED";
  if (upperBounds.has(name)) return is < was ? "TYPE_NARROWED" : "TYPE_WIDENED";
  return "TYPE_CHANGED";
}

function typeChange(was: unknown, is: unknown, path: string): Difference {
  const detail = `${JSON.stringify(was) ?? "any"} → ${JSON.stringify(is) ?? "any"}`;
  if (was === undefined || (was === "number" && is === "integer")) return { rule: "TYPE_NARROWED", path, detail };
  if (is === undefined || (was === "integer" && is === "number")) return { rule: "TYPE_WIDENED", path, detail };
  return { rule: "TYPE_CHANGED", path, detail };
}

function compareSets(were: readonly string[], are: readonly string[], path: string): readonly Difference[] {
  const lost = were.filter((each) => !are.includes(each));
  const won = are.filter((each) => !were.includes(each));
  const rule = lost.length === 0 ? "TYPE_WIDENED" : won.length === 0 ? "TYPE_NARROWED" : "TYPE_CHANGED";
  const detail = `${were.join(" | ")} → ${are.join(" | ")}`;
  return lost.length + won.length === 0 ? [] : [{ rule, path, detail }];
}

/** What a value may be one of: a union's members, or itself. */
function alternativesOf(schema: Schema): readonly Schema[] {
  const union = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (union) return union.flatMap(alternativesOf);
  return Array.isArray(schema.type) ? schema.type.map((type: unknown) => ({ ...schema, type })) : [schema];
}

/** Equal for values that mean the same: fields in one order, without annotations. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (at, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(
            Object.entries(part)
              .filter(([name]) => at === "properties" || !annotations.has(name)) // a field may be called title
              .sort(([one], [other]) => (one < other ? -1 : 1)),
          )
        : part,
    ) ?? "absent"
  );
}
