// A unit's declaration as every engine makes its indexes from it: checked, and told in lines that two declarations are compared by.
import {
  Fault,
  type AccessPath,
  type CollectionSpec,
  type Column,
  type RollupSpec,
  type UnitSpec,
} from "@gendan/eventing";

export interface DeclaredPath extends AccessPath {
  readonly scoped: boolean;
}

export interface DeclaredCollection {
  readonly name: string;
  readonly columns: readonly (Column & { readonly name: string })[];
  readonly tokens?: (doc: never) => readonly string[];
  readonly words?: (doc: never) => readonly string[];
  readonly keys: readonly { readonly name: string; readonly of: (doc: never) => readonly string[] }[];
  readonly paths: readonly DeclaredPath[];
  /** The columns that paths filter by or lie within, in a fixed order. */
  readonly filtered: readonly string[];
}

export interface DeclaredUnit {
  readonly name: string;
  readonly collections: readonly DeclaredCollection[];
  readonly rollups: readonly RollupSpec[];
  /** The declaration in sorted lines. */
  readonly lines: readonly string[];
}

/**
 * Throws STORE_REFUSED where a declaration cannot be kept. `layout` names how the engine lays the declared out; it is changed
 * whenever the same declaration lies there differently.
 */
export function declare({ name, collections, rollups = [] }: UnitSpec, layout: string): DeclaredUnit {
  if (!isUnitName(name)) throw refused(`A unit's name has letters, digits, "-", "_" and "@"; not "${name}".`);
  const declared = collections.map((collection) => declareCollection(collection as CollectionSpec));
  distinct(name, "collections", declared);
  distinct(name, "rollups", rollups);
  for (const { name: rollup, measures } of rollups) {
    distinct(
      rollup,
      "measures",
      measures.map((measure) => ({ name: measure })),
    );
    if (measures.length === 0) throw refused(`Rollup ${rollup} has no measures.`);
  }
  const lines = [layout, ...declared.flatMap(linesOfCollection), ...rollups.map(lineOfRollup)].sort();
  return { name, collections: declared, rollups, lines };
}

/** A unit may be a file: its name leads nowhere else. */
export const isUnitName = (name: string): boolean => /^[\w@-]+$/.test(name);

function declareCollection(spec: CollectionSpec): DeclaredCollection {
  const { name, tokens, words } = spec;
  const columns = sorted(spec.columns).map(([column, declared]) => ({ name: column, ...declared }));
  const keys = sorted(spec.keys ?? {}).map(([key, of]) => ({ name: key, of }));
  const paths = spec.paths.map((path) => ({ ...path, scoped: path.scoped ?? true }));
  distinct(name, "columns", columns);
  distinct(name, "keys", keys);
  distinct(name, "paths", paths);
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const filtered = new Set<string>();
  for (const { name: path, sort, within, filters = [], scoped } of paths) {
    const used = [sort, ...(within === undefined ? [] : [within]), ...filters];
    const unknown = used.find((column) => !types.has(column));
    if (unknown !== undefined)
      throw refused(`Path ${path} of ${name} names the column ${unknown}, which is not declared.`);
    if (within !== undefined && types.get(within) !== "text")
      throw refused(`Path ${path} of ${name} lies within a column that is not text.`);
    if (scoped && !tokens) throw refused(`Path ${path} of ${name} is scoped, but ${name} declares no tokens.`);
    for (const column of [...filters, ...(within === undefined ? [] : [within])]) filtered.add(column);
  }
  const marks = { ...(tokens ? { tokens } : {}), ...(words ? { words } : {}) };
  return { name, columns, ...marks, keys, paths, filtered: [...filtered].sort() };
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** Names become names in the engine; in SQL case does not tell them apart. */
function distinct(owner: string, what: string, named: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (!/^[A-Za-z][\w.-]*$/.test(name)) throw refused(`${owner}: "${name}" is no name for one of its ${what}.`);
    if (seen.has(name.toLowerCase())) throw refused(`${owner}: two of its ${what} are named ${name}.`);
    seen.add(name.toLowerCase());
  }
}

function linesOfCollection({ name, columns, keys, paths, tokens, words }: DeclaredCollection): string[] {
  return [
    `collection ${name}`,
    ...columns.map((column) => `collection ${name} column ${column.name} ${column.type}`),
    ...(tokens ? [`collection ${name} tokens`] : []),
    ...(words ? [`collection ${name} words`] : []),
    ...keys.map((key) => `collection ${name} key ${key.name}`),
    ...paths.map(({ name: path, sort, scoped, within = "-", filters = [] }) =>
      [
        `collection ${name} path ${path}`,
        `sort ${sort}`,
        `scoped ${scoped}`,
        `within ${within}`,
        `filters ${[...filters].sort().join(" ")}`,
      ].join(", "),
    ),
  ];
}

const lineOfRollup = ({ name, dimensions, measures, histogram = false }: RollupSpec): string =>
  `rollup ${name}, dimensions ${[...dimensions].sort().join(" ")}, measures ${[...measures].sort().join(" ")}, histogram ${histogram}`;

/** The fault of opening a unit that was made for another declaration; it names up to three differences of each side. */
export function otherDeclaration(place: string, { name, lines }: DeclaredUnit, stored: readonly string[]): Fault {
  const [has, wants] = [lacking(stored, lines), lacking(lines, stored)];
  return refused(
    `${place} was made for another declaration of ${name} (it has: ${told(has)}; now declared: ${told(wants)}): rebuild it.`,
    { unit: name, has, wants },
  );
}

const lacking = (lines: readonly string[], in_: readonly string[]): string[] =>
  lines.filter((line) => !in_.includes(line));
const told = (lines: readonly string[]): string =>
  lines.length === 0 ? "nothing else" : lines.slice(0, 3).join("; ") + (lines.length > 3 ? "; …" : "");

export const refused = (message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown): Fault =>
  new Fault("STORE_REFUSED", message, details, cause === undefined ? undefined : { cause });

export const sameLines = (some: readonly string[], others: readonly string[]): boolean =>
  some.join("\n") === others.join("\n");
