// What a list's query comes to: ranges of one index, conditions that the index carries, and what is left for looking at documents.
import type { Filter, FilterQuery, ListQuery } from "@gendan/eventing";
import type { DeclaredCollection, DeclaredPath } from "../../documents/declaration.js";
import { checkedPath } from "../../documents/queries.js";
import { textOf } from "../../documents/text.js";
import { columnsOf, conditionOf, hasWords, type Condition } from "./conditions.js";
import { ABSENT, EVERYTHING, isEmpty, orderKey, overlap, PRESENT, stretchOf, type Stretch } from "./order-key.js";
import { carriedBy, laneOf } from "./rows.js";

export interface Question {
  readonly path: DeclaredPath;
  /** Each is a range of the path's index; a document may lie in several. None: nothing is seen. */
  readonly lanes: readonly string[];
  readonly stretch: Stretch;
  readonly carried: readonly Condition[];
  readonly residual: readonly Condition[];
  /** The columns that the residual conditions look at. */
  readonly lookedFor: readonly string[];
  /** Words of which a matching document has every one. */
  readonly words: readonly string[];
}

/** Throws STORE_REFUSED for a query that does not fit the declaration. */
export function questionOf(declared: DeclaredCollection, query: FilterQuery): Question {
  const path = checkedPath(declared, query);
  const { tokens = [], within, where = [] } = query;
  const inside = within === undefined ? undefined : textOf(within);
  const seen = path.scoped ? tokens.map(textOf) : [""];
  const [carried, residual, lookedFor, words]: [Condition[], Condition[], string[], string[]] = [[], [], [], []];
  let stretch = EVERYTHING;
  const inIndex = carriedBy(path);
  const isCarried = (filter: Filter) => !hasWords(filter) && columnsOf(filter).every((each) => inIndex.includes(each));
  if (!path.scoped && query.tokens) {
    residual.push({ t: { $in: tokens.map(textOf) } });
    lookedFor.push("tokens");
  }
  for (const filter of where) {
    const range = "column" in filter && filter.column === path.sort ? stretchOf(filter) : undefined;
    const condition = range ? undefined : conditionOf(filter);
    if (range) stretch = overlap(stretch, range);
    if (condition === undefined) continue;
    (isCarried(filter) ? carried : residual).push(condition);
    if (isCarried(filter)) continue;
    lookedFor.push(...columnsOf(filter), ...(hasWords(filter) ? ["words"] : []));
    if ("words" in filter) words.push(...filter.words.map(textOf));
  }
  const lanes = isEmpty(stretch) ? [] : [...new Set(seen.map((token) => laneOf(inside, token)))];
  return { path, lanes, stretch, carried, residual, lookedFor, words: [...new Set(words)] };
}

/** A range of places; whether the first one is among them. */
export interface Range extends Stretch {
  readonly behind: boolean;
}

/** The ranges that a list reads one after the other: falling, what has no sort value still comes last. */
export function rangesOf({ stretch }: Question, { descending = false, after }: ListQuery): Range[] {
  const pieces = descending ? [overlap(stretch, PRESENT), overlap(stretch, ABSENT)] : [stretch];
  return pieces.map((piece) => behindCursor(piece, descending, after)).filter((range) => !isEmpty(range));
}

function behindCursor(piece: Stretch, descending: boolean, after: ListQuery["after"]): Range {
  if (!after) return { ...piece, behind: false };
  const place = orderKey(after.sort, textOf(after.id));
  if (!descending) {
    const from = overlap(piece, { ...EVERYTHING, from: place }).from;
    return { ...piece, from, behind: from === place };
  }
  // Falling, what has no sort value lies behind every place that has one: in another piece than the cursor's, all or nothing.
  const isAbsent = piece.from >= ABSENT.from;
  if (isAbsent === (after.sort === null)) return { ...overlap(piece, { ...EVERYTHING, to: place }), behind: false };
  return { ...piece, to: isAbsent ? piece.to : piece.from, behind: false };
}

export const inRange = ({ from, to, behind }: Range): Condition =>
  ({ [behind ? "$gt" : "$gte"]: from, $lt: to }) as Condition;
