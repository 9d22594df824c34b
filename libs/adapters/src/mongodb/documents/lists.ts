// Lists and counts of one collection: bounded ranges of one index, one for each of the caller's tokens, merged here.
import type { Collection, Document } from "mongodb";
import type { ColumnValue, Count, FilterQuery, ListPage, ListQuery } from "@gendan/eventing";
import type { DeclaredCollection } from "../../documents/declaration.js";
import { tooBroad } from "../../documents/queries.js";
import { compareText } from "../../documents/text.js";
import type { Condition } from "./conditions.js";
import type { Explain } from "./plans.js";
import { inRange, questionOf, rangesOf, type Question, type Range } from "./question.js";
import { columnField, DOCUMENT_FIELDS, documentOf, fieldOf, laneField, orderField, type Row } from "./rows.js";

/** What a list reads of a row. */
type Found = Pick<Row, "_id" | "seq" | "doc" | "c" | "o">;
type Run = (pipeline: Document[]) => Promise<Document[]>;

/** So many documents of the rarest word are looked at instead of the path. */
const FEW = 1_000;
/** A query that the server works on for longer is given up. */
export const READ_MS = 30_000;

export class Lists {
  constructor(
    private readonly collection: Collection<Row>,
    private readonly declared: DeclaredCollection,
    /** Documents that are looked at for each token of a query, because no index knows what it filters by. */
    private readonly lookedAt: number,
    private readonly plan: Explain,
  ) {}

  private readonly run: Run = (pipeline) => this.collection.aggregate(pipeline, { maxTimeMS: READ_MS }).toArray();

  async list<Doc>(query: ListQuery, run: Run = this.run): Promise<ListPage<Doc>> {
    const question = questionOf(this.declared, query);
    const wanted = query.limit + 1;
    const found: Found[] = [];
    if (question.lanes.length > 0) {
      const word = await this.rareWord(question, run);
      for (const range of rangesOf(question, query)) {
        const search = new Search(this.declared, question, query, this.lookedAt, run);
        const left = wanted - found.length;
        found.push(...(word === undefined ? await search.walk(range, left) : await search.among(word, range, left)));
        if (found.length >= wanted) break;
      }
    }
    const sort = fieldOf(question.path.sort);
    const rows = found
      .slice(0, query.limit)
      .map((row) => ({ ...documentOf<Doc>(row), sort: row.c[sort] as ColumnValue }));
    return { rows, more: found.length > query.limit };
  }

  async count(query: FilterQuery, upTo: number): Promise<Count> {
    const question = questionOf(this.declared, query);
    if (question.lanes.length === 0) return { count: 0, exact: true };
    const word = await this.rareWord(question, this.run);
    const found = await new Search(this.declared, question, query, this.lookedAt, this.run).count(word, upTo + 1);
    return { count: Math.min(found, upTo), exact: found <= upTo };
  }

  /** The plans of everything that a list reads, as the server tells them. */
  async explain(query: ListQuery): Promise<readonly string[]> {
    const asked: Document[][] = [];
    await this.list(query, (pipeline) => (asked.push(pipeline), this.run(pipeline)));
    return (await Promise.all(asked.map(this.plan))).flat();
  }

  /** The rarest of the words, where few documents have it. */
  private async rareWord({ words }: Question, run: Run): Promise<string | undefined> {
    const counts = await Promise.all(words.map((word) => counted(run, [{ $match: { w: word } }, { $limit: FEW + 1 }])));
    const least = Math.min(FEW + 1, ...counts);
    return least > FEW ? undefined : words[counts.indexOf(least)];
  }
}

/** One query on its way. */
class Search {
  private readonly order: string;
  private readonly direction: 1 | -1;

  constructor(
    private readonly declared: DeclaredCollection,
    private readonly question: Question,
    private readonly query: FilterQuery & Pick<Partial<ListQuery>, "descending">,
    private readonly lookedAt: number,
    private readonly run: Run,
  ) {
    this.order = orderField(question.path);
    this.direction = query.descending ? -1 : 1;
  }

  /** The first matches in a range, lane by lane in the path's order. */
  async walk(range: Range, wanted: number): Promise<readonly Found[]> {
    const { lanes, residual } = this.question;
    const looking = residual.length > 0 ? [{ $limit: this.lookedAt }, ...matching(residual)] : [];
    const pages = await Promise.all(
      lanes.map((lane) => this.run([...this.inLane(lane, range), ...looking, ...this.firstOf(wanted)])),
    );
    const found = this.merged(pages.flat() as Found[], wanted);
    if (residual.length > 0) {
      const short = lanes.filter((_, index) => pages[index]!.length < wanted);
      await this.requireSeen(short, range, found, wanted);
    }
    return found;
  }

  /** The first matches in a range among the documents with a rare word. */
  async among(word: string, range: Range, wanted: number): Promise<readonly Found[]> {
    const sorted = [{ $sort: { [this.order]: this.direction } }, ...this.firstOf(wanted)];
    return (await this.run([...this.withWord(word, range), ...sorted])) as Found[];
  }

  /** How many match, at most `most`. */
  async count(word: string | undefined, most: number): Promise<number> {
    const { stretch, residual, lanes, carried, path } = this.question;
    const range = { ...stretch, behind: false };
    if (word !== undefined) return counted(this.run, [...this.withWord(word, range), { $limit: most }]);
    const inLanes = lanes.length === 1 ? lanes[0] : { $in: lanes };
    const candidates = [{ $match: { [laneField(path)]: inLanes, [this.order]: inRange(range) } }, ...matching(carried)];
    if (residual.length === 0) return counted(this.run, [...candidates, { $limit: most }]);
    const looked = [...candidates, { $limit: this.lookedAt + 1 }];
    const [seen, found] = await Promise.all([
      counted(this.run, looked),
      counted(this.run, [...looked, ...matching(residual), { $limit: most }]),
    ]);
    if (found < most && seen > this.lookedAt) throw this.tooBroad();
    return found;
  }

  private inLane(lane: string, range: Range): Document[] {
    const { path, carried } = this.question;
    return [
      { $match: { [laneField(path)]: lane, [this.order]: inRange(range) } },
      { $sort: { [this.order]: this.direction } },
      ...matching(carried),
    ];
  }

  private withWord(word: string, range: Range): Document[] {
    const { path, lanes, carried, residual } = this.question;
    const inLanes: Condition = { [laneField(path)]: { $in: lanes }, [this.order]: inRange(range) };
    return [{ $match: { w: word } }, { $limit: 2 * FEW }, ...matching([inLanes, ...carried, ...residual])];
  }

  private firstOf(wanted: number): Document[] {
    const fields = { ...DOCUMENT_FIELDS, [this.order]: 1, [columnField(this.question.path.sort)]: 1 };
    return [{ $limit: wanted }, { $project: fields }];
  }

  /** Each document once, as it was seen first. */
  private merged(rows: readonly Found[], wanted: number): Found[] {
    const unique = new Map<string, Found>();
    for (const row of rows) if (!unique.has(row._id)) unique.set(row._id, row);
    return [...unique.values()].sort((a, b) => this.compare(this.placeOf(a), this.placeOf(b))).slice(0, wanted);
  }

  /** Throws TOO_BROAD where a document that was not looked at may belong to the page. */
  private async requireSeen(lanes: readonly string[], range: Range, page: readonly Found[], wanted: number) {
    const edges = await Promise.all(
      lanes.map((lane) =>
        this.run([
          ...this.inLane(lane, range),
          { $skip: this.lookedAt },
          { $limit: 1 },
          { $project: { [this.order]: 1 } },
        ]),
      ),
    );
    const last = page.length < wanted ? undefined : this.placeOf(page.at(-1)!);
    const unseen = (edges.flat() as Found[]).map((row) => this.placeOf(row));
    if (unseen.some((place) => last === undefined || this.compare(place, last) < 0)) throw this.tooBroad();
  }

  private placeOf({ o }: Pick<Found, "o">): string {
    return o[fieldOf(this.question.path.sort)]!;
  }

  private compare(a: string, b: string): number {
    return this.direction * compareText(a, b);
  }

  private tooBroad() {
    const { path, lookedFor } = this.question;
    return tooBroad(this.declared, path, this.query, lookedFor, this.lookedAt);
  }
}

const matching = (conditions: readonly Condition[]): Document[] =>
  conditions.length === 0 ? [] : [{ $match: { $and: [...conditions] } }];

async function counted(run: Run, pipeline: Document[]): Promise<number> {
  const [counts] = await run([...pipeline, { $count: "count" }]);
  return (counts?.["count"] as number | undefined) ?? 0;
}
