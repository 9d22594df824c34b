// Reads audit entries: of all streams in the order of their times, by who, about whom, since when, page by page.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { daysOf } from "./audit-stream.js";
import { entryOf, type Entry } from "./entry.js";
import { linesOf, streamsIn } from "./verify-audit.js";

export interface AuditFilter {
  readonly user?: string | undefined;
  /** Somebody whose values were opened, or the id of what a refused command was about. */
  readonly subject?: string | undefined;
  /** From this instant on (ISO 8601, UTC). */
  readonly since?: string | undefined;
  /** Behind this entry, as `cursorOf` names it. */
  readonly after?: string | undefined;
}

export interface Listed {
  readonly stream: string;
  readonly entry: Entry;
}

/** Where a page ends. Compared as text, cursors are in the order of the list. */
export const cursorOf = ({ stream, entry }: Listed): string =>
  `${entry.at}/${stream}/${String(entry.n).padStart(12, "0")}`;

/** At most `limit` entries that fit, and whether there are more. What cannot be read is passed over: `verifyStream` finds it. */
export async function listAudit(
  folder: string,
  filter: AuditFilter,
  limit: number,
): Promise<{ readonly entries: readonly Listed[]; readonly more: boolean }> {
  const entries: Listed[] = [];
  for await (const listed of merged(streamsIn(folder).map((stream) => entriesOf(folder, stream, filter)))) {
    if (!fits(listed, filter)) continue;
    if (entries.length === limit) return { entries, more: true };
    entries.push(listed);
  }
  return { entries, more: false };
}

async function* entriesOf(folder: string, stream: string, { since, after }: AuditFilter): AsyncGenerator<Listed> {
  const directory = join(folder, stream);
  if (!existsSync(directory)) return;
  const from = [since ?? "", after ?? ""].sort().at(-1)!.slice(0, 10);
  // An entry can lie in a later day's file than its own where a clock was put back, never in an earlier one.
  for (const day of daysOf(directory).filter((file) => file.slice(0, 10) >= from)) {
    for await (const line of linesOf(join(directory, day))) {
      const entry = entryOf(line);
      if (entry) yield { stream, entry };
    }
  }
}

function fits(listed: Listed, { user, subject, since, after }: AuditFilter): boolean {
  const { entry } = listed;
  if (since !== undefined && entry.at < since) return false;
  if (after !== undefined && cursorOf(listed) <= after) return false;
  if (user !== undefined && !("user" in entry && entry.user === user)) return false;
  return subject === undefined || subjectsOf(entry).includes(subject);
}

function subjectsOf(entry: Entry): readonly string[] {
  if (entry.kind === "opened") return entry.opened.flatMap(({ subjects }) => subjects);
  return entry.kind === "refused" ? Object.values(entry.about) : [];
}

/** The sources' entries in the order of their cursors; each source has that order already. */
async function* merged(sources: readonly AsyncGenerator<Listed>[]): AsyncGenerator<Listed> {
  const next = async (source: AsyncGenerator<Listed>) => {
    const { value, done } = await source.next();
    return done ? [] : [{ source, listed: value }];
  };
  const heads = (await Promise.all(sources.map(next))).flat();
  try {
    while (heads.length > 0) {
      heads.sort((a, b) => (cursorOf(a.listed) < cursorOf(b.listed) ? -1 : 1));
      const { source, listed } = heads.shift()!;
      yield listed;
      heads.push(...(await next(source)));
    }
  } finally {
    await Promise.all(sources.map((source) => source.return(undefined)));
  }
}
