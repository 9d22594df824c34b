// Questions about lists, checked against the declaration, and what to answer where one asks for too much.
import { Fault, MAX_CALLER_TOKENS, type FilterQuery } from "@gendan/eventing";
import { refused, type DeclaredCollection, type DeclaredPath } from "./declaration.js";
import { checkFilter } from "./filters.js";

/** The path that a query goes along. Throws STORE_REFUSED for a query that does not fit the declaration. */
export function checkedPath(declared: DeclaredCollection, query: FilterQuery): DeclaredPath {
  const { path: name, tokens, within, where = [] } = query;
  const path = declared.paths.find((each) => each.name === name);
  if (!path) {
    const known = declared.paths.map((each) => each.name).join(", ");
    throw refused(`${declared.name} has no path ${name}; it has ${known}.`);
  }
  if (path.scoped && !tokens) throw refused(`Path ${name} of ${declared.name} is read with a caller's tokens.`);
  if (tokens && !declared.tokens) throw refused(`${declared.name} has no tokens.`);
  if (tokens && tokens.length > MAX_CALLER_TOKENS) {
    throw refused(`A list is read with at most ${MAX_CALLER_TOKENS} tokens, not ${tokens.length}.`);
  }
  if ((path.within === undefined) !== (within === undefined)) {
    throw refused(`Path ${name} of ${declared.name} is read within ${path.within ? `one ${path.within}` : "nothing"}.`);
  }
  for (const filter of where) checkFilter(declared, filter);
  return path;
}

/** The fault of a query that looked at as many documents as it may, with advice how to narrow it down. */
export function tooBroad(
  { words }: DeclaredCollection,
  path: DeclaredPath,
  query: FilterQuery,
  columns: readonly string[],
  lookedAt: number,
): Fault {
  const used = JSON.stringify(query.where ?? []);
  const helpful = [path.sort, ...(path.filters ?? [])].filter((column) => !used.includes(`"column":"${column}"`));
  const filters = [...helpful, ...(words ? ["words"] : [])];
  const advice = filters.length > 0 ? `filter by ${filters.join(", ")} as well` : "ask for less";
  return new Fault(
    "TOO_BROAD",
    `Filtering ${query.collection} by ${[...new Set(columns)].join(", ")} looked at ${lookedAt} documents: ${advice}.`,
    { lookedAt, columns, filters },
  );
}
