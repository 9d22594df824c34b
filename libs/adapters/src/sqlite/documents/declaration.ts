// A unit's declaration as its tables follow from it: checked, numbered, and told in lines that two declarations are compared by.
import {
  Fault,
  type AccessPath,
  type CollectionSpec,
  type Column,
  type RollupSpec,
  type UnitSpec,
} from "@gendan/eventing";

/** Changed whenever the tables of the same declaration look different. */
const LAYOUT = "layout 1";

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
  /** What sets of documents are kept for: columns that paths filter by, by their number in the facets table. */
  readonly facets: ReadonlyMap<string, number>;
}

export interface DeclaredUnit {
  readonly name: string;
  readonly collections: readonly DeclaredCollection[];
  readonly rollups: readonly RollupSpec[];
  /** The declaration in sorted lines. */
  readonly lines: readonly string[];
}

/** The numbers of the two facets that are no columns. */
export const TOKENS = 0;
export const WORDS = 1;

/** Throws STORE_REFUSED where a declaration cannot be kept. */
export function declare({ name, collections, rollups = [] }: UnitSpec): DeclaredUnit {
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
  const lines = [LAYOUT, ...declared.flatMap(linesOfCollection), ...rollups.map(lineOfRollup)].sort();
  return { name, collections: declared, rollups, lines };
}

/** Units are files: their names lead nowhere else. */
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
  const facets = new Map([...filtered].sort().map((column, index) => [column, WORDS + 1 + index]));
  return { name, columns, ...(tokens ? { tokens } : {}), ...(words ? { words } : {}), keys, paths, facets };
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** Names become names in SQL, where case does not tell them apart. */
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

/** The fault of opening a file that was made for another declaration; it names up to three differences of each side. */
export function otherDeclaration(file: string, { name, lines }: DeclaredUnit, stored: readonly string[]): Fault {
  const [has, wants] = [lacking(stored, lines), lacking(lines, stored)];
  return refused(
    `${file} was made for another declaration of ${name} (it has: ${told(has)}; now declared: ${told(wants)}): rebuild it.`,
    { unit: name, has, wants },
  );
}

const lacking = (lines: readonly string[], in_: readonly string[]): string[] =>
  lines.filter((line) => !in_.includes(line));
const told = (lines: readonly string[]): string =>
  lines.length === 0 ? "nothing else" : lines.slice(0, 3).join("; ") + (lines.length > 3 ? "; …" : "");

export const refused = (message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown): Fault =>
  new Fault("STORE_REFUSED", message, details, cause === undefined ? undefined : { cause });
