// Reading one collection for a caller: by id, by key, page by page. What the caller's tokens do not see is not there.
import {
  sees,
  type CollectionSpec,
  type Count,
  type Documents,
  type FilterQuery,
  type ListPage,
  type ListQuery,
  type Scope,
  type StoredDocument,
} from "@gendan/eventing";
import { connectionOf, pageOf, type Connection, type PageArguments } from "@gendan/service-kit";
import DataLoader from "dataloader";
import { keyedPage } from "../read/keyed-page.js";
import type { Listed } from "../read/lists.js";
import type { Context } from "./carry-out.js";

/** The most that is given of what one order, case or customer has without pages. */
export const MOST_OF_KEY = 100;
/** Totals are exact up to here. */
const COUNTED_UP_TO = 10_000;

/** A page; its total is counted when it is asked for. */
export interface NodePage<Node> extends Connection<Node> {
  readonly total: () => Promise<Count>;
}

/** The documents that carry a value under a key, as far as the caller may know that they do. */
interface Keyed<Doc> {
  readonly key: string;
  readonly value: string;
  readonly spec: CollectionSpec<Doc>;
  readonly shows: (tokens: readonly string[], doc: Doc) => boolean;
}

type ManyLoader<Node> = DataLoader<string, readonly Node[]>;

/** A node that was asked for by itself: what costs a look at its stream is told of such alone. */
export type Single<Node> = Node & { readonly single?: true };

export class Shelf<Doc extends Scope, Node extends object> {
  private readonly byKey = new Map<string, (context: Context) => ManyLoader<Node>>();

  constructor(
    private readonly documents: Documents,
    private readonly collection: string,
    /** What the latest is told by. */
    private readonly timeOf: (doc: Doc) => string,
    private readonly nodeOf: (row: StoredDocument<Doc>, tokens: readonly string[]) => Node,
  ) {}

  /** One node, batched with others of the request. */
  get(id: string, context: Context): Promise<Node | null> {
    return context.loader(this.byId).load(id);
  }

  /** One node for itself, at this revision or later where one is named. Throws READ_BEHIND after a bounded wait. */
  async node(id: string, revision: number | undefined, { caller }: Context): Promise<Single<Node> | null> {
    const row =
      revision === undefined
        ? await this.documents.get<Doc>(this.collection, id)
        : await this.documents.at<Doc>(this.collection, id, revision);
    const node = this.seen(row, caller.tokens);
    return node && { ...node, single: true };
  }

  /** The node that a number for people names. */
  async numbered(number: string, context: Context): Promise<Single<Node> | null> {
    const [node] = await this.under("number", number, context);
    return node ? { ...node, single: true } : null;
  }

  /** What carries the value under a key, the latest first; batched with others of the request. */
  under(key: string, value: string, context: Context): Promise<readonly Node[]> {
    let make = this.byKey.get(key);
    if (!make) this.byKey.set(key, (make = this.keyLoader(key)));
    return context.loader(make).load(value);
  }

  /** A page of a list that a declared path leads through. */
  async page(listed: Listed, page: PageArguments, { caller }: Context): Promise<NodePage<Node>> {
    const query = { ...listed, tokens: caller.tokens };
    const rows = await this.documents.list<Doc>({ ...query, ...pageOf(page) });
    const { descending: _, ...counted } = query;
    return this.pageOfRows(rows, page, caller, () => this.documents.count(counted, COUNTED_UP_TO));
  }

  /** A page of what one of several things has: batched with those of the others in the request. */
  async pageOfEach(listed: Listed, page: PageArguments, context: Context): Promise<NodePage<Node>> {
    const { tokens } = context.caller;
    const query = { ...listed, tokens };
    const rows = await context.loader(this.pages).load({ ...query, ...pageOf(page) });
    const { descending: _, ...counted } = query;
    return this.pageOfRows(rows, page, context.caller, () => context.loader(this.totals).load(counted));
  }

  /** A page of the few documents that carry a value under a key. */
  async keyedPage(
    { key, value, spec, shows }: Keyed<Doc>,
    listed: Listed,
    page: PageArguments,
    { caller }: Context,
  ): Promise<NodePage<Node>> {
    const found = await this.documents.byKey<Doc>(this.collection, key, [value], MOST_OF_KEY);
    const query: ListQuery = { ...listed, tokens: caller.tokens, ...pageOf(page) };
    const named = (found.get(value) ?? []).filter(({ doc }) => shows(caller.tokens, doc));
    const rows = keyedPage(named, spec, query);
    return this.pageOfRows(rows, page, caller, () => Promise.resolve({ count: rows.total, exact: true }));
  }

  private pageOfRows(
    rows: Parameters<typeof connectionOf<Doc, Node>>[0],
    { after }: PageArguments,
    { tokens }: Pick<Context["caller"], "tokens">,
    count: () => Promise<Count>,
  ): NodePage<Node> {
    const connection = connectionOf(rows, after, (row) => this.nodeOf(row, tokens));
    let counted: Promise<Count> | undefined;
    return { ...connection, total: () => (counted ??= count()) };
  }

  private readonly byId = ({ caller }: Context): DataLoader<string, Node | null> =>
    new DataLoader(
      async (ids) => {
        const found = await this.documents.getMany<Doc>(this.collection, ids);
        return ids.map((id) => this.seen(found.get(id), caller.tokens));
      },
      { cache: false },
    );

  private readonly pages = (): DataLoader<ListQuery, ListPage<Doc>> =>
    new DataLoader((queries) => this.documents.lists<Doc>(queries), { cache: false });

  private readonly totals = (): DataLoader<FilterQuery, Count> =>
    new DataLoader((queries) => this.documents.counts(queries, COUNTED_UP_TO), { cache: false });

  private readonly keyLoader =
    (key: string) =>
    ({ caller }: Context): ManyLoader<Node> =>
      new DataLoader(
        async (values) => {
          const found = await this.documents.byKey<Doc>(this.collection, key, values, MOST_OF_KEY);
          return values.map((value) =>
            [...(found.get(value) ?? [])]
              .filter(({ doc }) => sees(caller.tokens, doc.visibleTo))
              .sort((one, other) => (this.timeOf(one.doc) < this.timeOf(other.doc) ? 1 : -1))
              .map((row) => this.nodeOf(row, caller.tokens)),
          );
        },
        { cache: false },
      );

  private seen(row: StoredDocument<Doc> | undefined, tokens: readonly string[]): Node | null {
    return row && sees(tokens, row.doc.visibleTo) ? this.nodeOf(row, tokens) : null;
  }
}
