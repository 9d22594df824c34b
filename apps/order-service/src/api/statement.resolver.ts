// A customer's statements: asked for, compared with the customer's own sheet, confirmed.
import { Fault, money, sees, type Envelope } from "@gendan/eventing";
import { connectionOf, pageOf, type PageArguments, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import {
  monthKey,
  numberKey,
  POSTINGS,
  statementOf,
  type AccountDocument,
  type PostingEntry,
} from "../read/accounts.projection.js";
import { compareSheet, type SheetLine } from "../read/compare-sheet.js";
import { accountIdOf } from "../write/accounts.js";
import { carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { meant, written } from "./order.inputs.js";
import { tellOfAccount as tell } from "./statement.messages.js";
import { actorName, upperSnake } from "./words.js";

const confirmInput = z.object({ ...meant, customerId: written(100), currency: z.string(), month: z.string() });

/** The most lines of a customer's sheet, and the most postings of a month that are compared with it. */
const MAX_LINES = 5_000;
const PAGE = 200;

interface Of {
  readonly customerId: string;
  readonly currency: string;
  readonly month: string;
}

interface GivenLine {
  readonly number: string;
  readonly date: string;
  readonly amount: { readonly minor: string; readonly currency: string };
}

@Resolver("Statement")
export class StatementResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  confirmStatement(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = async ({ customerId, currency, month }: z.output<typeof confirmInput>, envelope: Envelope) => {
      const accountId = accountIdOf(customerId, currency);
      const { accountCommands } = this.desk.parts;
      const outcome = await accountCommands.handle(accountId, { type: "ConfirmStatement", month }, envelope);
      const isAbsent = outcome.status === "refused" && outcome.refusals.some(({ code }) => code === "NOT_FOUND");
      return isAbsent ? ({ code: "NOT_FOUND", id: customerId } as const) : outcome;
    };
    const told = async () => {
      const payload = await carryOut(context, input, { kind: "decision", schema: confirmInput, act, tell });
      const { month } = (input ?? {}) as Partial<Of>;
      return { ...payload, month };
    };
    return told();
  }

  @Query()
  async statement(@Args() { customerId, currency, month }: Of, @Ctx() context: Context): Promise<object | null> {
    const accountId = accountIdOf(customerId, currency);
    const doc = await this.seen(accountId, context);
    return doc && statementNode(accountId, doc, month);
  }

  @Query()
  async reconcileStatement(
    @Args() { customerId, currency, month, lines }: Of & { readonly lines: readonly GivenLine[] },
    @Ctx() context: Context,
  ): Promise<readonly object[] | null> {
    if (lines.length > MAX_LINES) throw tooMany("lines");
    const accountId = accountIdOf(customerId, currency);
    if (!(await this.seen(accountId, context))) return null;
    const ours = await this.postingsOf(accountId, month);
    const sheet = lines.map(({ number, date, amount }, index): SheetLine => {
      const isMinor = /^-?\d{1,15}$/.test(amount.minor);
      if (isMinor && amount.currency === currency) return { number, date, amount: BigInt(amount.minor) };
      const field = `lines.${index}.amount`;
      throw new Fault("BAD_USER_INPUT", `${field}: minor units in ${currency} are needed.`, { field });
    });
    const known = new Set(ours.map(({ number }) => number));
    const unknown = [...new Set(sheet.map(({ number }) => number))].filter((number) => !known.has(number));
    const keys = unknown.map((number) => numberKey(accountId, number));
    const found = await this.desk.parts.accountDocuments.byKey<PostingEntry>(POSTINGS, "number", keys, PAGE);
    const elsewhere = [...found.values()].flatMap((rows) => rows.map(({ doc }) => doc));
    return compareSheet(sheet, ours, elsewhere).map(({ ours: our, theirs, ...difference }) => ({
      ...difference,
      kind: upperSnake(difference.kind),
      ...(our === undefined ? {} : { ours: money(our, currency) }),
      ...(theirs === undefined ? {} : { theirs: money(theirs, currency) }),
    }));
  }

  @ResolveField()
  async postings({ accountId, month }: { readonly accountId: string; readonly month: string }, page: PageArguments) {
    const query = { collection: POSTINGS, path: "ofMonth", within: monthKey(accountId, month), where: [] };
    const rows = await this.desk.parts.accountDocuments.list<PostingEntry>({ ...query, ...pageOf(page) });
    return connectionOf(rows, page.after, ({ doc }) => ({ ...doc, kind: upperSnake(doc.kind) }));
  }

  private async seen(accountId: string, { caller }: Context): Promise<AccountDocument | null> {
    const row = (await this.desk.parts.accountDocuments.getMany<AccountDocument>("accounts", [accountId])).get(
      accountId,
    );
    return row && sees(caller.tokens, row.doc.visibleTo) ? row.doc : null;
  }

  /** All of a month, page by page. */
  private async postingsOf(accountId: string, month: string): Promise<PostingEntry[]> {
    const { accountDocuments } = this.desk.parts;
    const all: PostingEntry[] = [];
    const query = { collection: POSTINGS, path: "ofMonth", within: monthKey(accountId, month), limit: PAGE };
    let page = await accountDocuments.list<PostingEntry>(query);
    for (;;) {
      all.push(...page.rows.map(({ doc }) => doc));
      const last = page.rows.at(-1);
      if (!page.more || !last) return all;
      if (all.length > MAX_LINES) throw tooMany("month");
      page = await accountDocuments.list<PostingEntry>({ ...query, after: { sort: last.sort, id: last.id } });
    }
  }
}

@Resolver("ConfirmStatementPayload")
export class ConfirmStatementPayloadResolver {
  constructor(private readonly desk: Desk) {}

  /** At the command's revision or later. Throws READ_BEHIND after a bounded wait. */
  @ResolveField()
  async statement({ id, revision, month }: Payload & { readonly month?: string }): Promise<object | null> {
    if (id === null || revision === null || month === undefined) return null;
    const row = await this.desk.parts.accountDocuments.at<AccountDocument>("accounts", id, Number(revision));
    return row ? statementNode(id, row.doc, month) : null;
  }
}

const tooMany = (field: string) =>
  new Fault("BAD_USER_INPUT", `${field}: more than ${MAX_LINES} lines are compared in parts.`, { field });

function statementNode(accountId: string, doc: AccountDocument, month: string) {
  const { customerId, currency, confirmed } = doc;
  const by = confirmed.find((each) => each.month >= month);
  return {
    accountId,
    customerId,
    currency,
    month,
    ...statementOf(doc, month),
    ...(by ? { confirmedAt: by.at, confirmedBy: actorName(by.by) } : {}),
  };
}
