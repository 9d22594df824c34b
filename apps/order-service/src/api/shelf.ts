// Reading one collection for a caller: by id, by key, page by page. What the caller's tokens do not see is not there.
import { Fault, sees, type Documents, type ListQuery, type StoredDocument } from "@gendan/eventing";
import { connectionOf, pageOf, type Connection, type PageArguments } from "@gendan/service-kit";
import DataLoader from "dataloader";
import type { Context } from "./carry-out.js";

/** The most that is given of what one order has without pages. */
export const MOST_OF_KEY = 100;
/** Totals are exact up to here. */
const COUNTED_UP_TO = 10_000;

interface Total {
  readonly count: number;
  readonly exact: boolean;
}

/** A page; its total is counted when it is asked for. */
export interface NodePage<Node> extends Connection<Node> {
  readonly total: () => Promise<Total>;
}

type Asked = Omit<ListQuery, "tokens" | "after" | "limit">;

export class Shelf<Doc extends { readonly visibleTo: readonly string[] }, Node> {
  constructor(
    private readonly documents: Documents,
    private readonly collection: string,
    private readonly nodeOf: (row: StoredDocument<Doc>, tokens: readonly string[]) => Node,
  ) {}

  /** One node, batched with others of the request. */
  get(id: string, context: Context): Promise<Node | null> {
    return context.loader(this.byId).load(id);
  }

  /** One node at this revision or later. Throws READ_BEHIND after a bounded wait. */
  async at(id: string, revision: number, { caller }: Context): Promise<Node | null> {
    return this.seen(await this.documents.at<Doc>(this.collection, id, revision), caller.tokens);
  }

  /** What carries the value under a key, batched with others of the request. */
  under(key: "number" | "order", value: string, context: Context): Promise<readonly Node[]> {
    return context.loader(key === "number" ? this.byNumber : this.byOrder).load(value);
  }

  /** The documents under each of the values that the caller sees, in the order of the values. */
  async documentsUnder(
    key: string,
    values: readonly string[],
    { caller }: Context,
  ): Promise<readonly (readonly StoredDocument<Doc>[])[]> {
    const found = await this.documents.byKey<Doc>(this.collection, key, values, MOST_OF_KEY);
    return values.map((value) => (found.get(value) ?? []).filter(({ doc }) => sees(caller.tokens, doc.visibleTo)));
  }

  /** A page of a list. Throws BAD_USER_INPUT, INVALID_CURSOR, TOO_BROAD. */
  async page(asked: Asked, page: PageArguments, { caller }: Context): Promise<NodePage<Node>> {
    const query = { ...asked, tokens: caller.tokens };
    const rows = await this.documents.list<Doc>({ ...query, ...pageOf(page) });
    const connection = connectionOf(rows, page.after, (row) => this.nodeOf(row, caller.tokens));
    let counted: Promise<Total> | undefined;
    const { descending: _, ...counting } = query;
    const total = () => (counted ??= this.documents.count(counting, COUNTED_UP_TO));
    return { ...connection, total };
  }

  // Loaders are named by these functions, so each is one property.
  private readonly byId = ({ caller }: Context): DataLoader<string, Node | null> =>
    new DataLoader(
      async (ids) => {
        const found = await this.documents.getMany<Doc>(this.collection, ids);
        return ids.map((id) => this.seen(found.get(id), caller.tokens));
      },
      { cache: false },
    );
  private readonly byNumber = (context: Context) => this.byKey("number", context);
  private readonly byOrder = (context: Context) => this.byKey("order", context);

  private byKey(key: string, { caller }: Context): DataLoader<string, readonly Node[]> {
    return new DataLoader(
      async (values) => {
        const found = await this.documents.byKey<Doc>(this.collection, key, values, MOST_OF_KEY);
        return values.map((value) => (found.get(value) ?? []).flatMap((row) => this.seen(row, caller.tokens) ?? []));
      },
      { cache: false },
    );
  }

  private seen(row: StoredDocument<Doc> | undefined, tokens: readonly string[]): Node | null {
    return row && sees(tokens, row.doc.visibleTo) ? this.nodeOf(row, tokens) : null;
  }
}

/** A revision as clients give it back. Throws BAD_USER_INPUT. */
export function revisionOf(text: string, field = "atLeastRevision"): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Fault("BAD_USER_INPUT", `${field} is a revision as a payload gives it, not "${text}".`, { field });
}
