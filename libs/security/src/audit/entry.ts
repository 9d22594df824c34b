// What an audit stream is made of: entries, one on each line, each with the hash of the one before.
import { createHash } from "node:crypto";

/** Who did something, and on which occasion. */
export interface Doer {
  readonly user: string;
  readonly roles: readonly string[];
  /** Names the request, in logs and events too. */
  readonly correlation: string;
  /** What was asked for: the fields at the top of the request, such as `customers`. */
  readonly operation: string;
}

/** A process began to write the stream; what a crash had left of a line is gone, and was so long. */
export interface StreamBegun {
  readonly kind: "begun";
  readonly service: string;
  readonly brokenBytes?: number;
}

/** A command was refused. Ids of what it was about; nothing else of its input. */
export interface CommandRefused extends Doer {
  readonly kind: "refused";
  readonly command: string;
  readonly codes: readonly string[];
  readonly about: Readonly<Record<string, string>>;
}

/** Personal values were opened: fields of subjects, never what they say. */
export interface ValuesOpened extends Doer {
  readonly kind: "opened";
  readonly opened: readonly { readonly fields: readonly string[]; readonly subjects: readonly string[] }[];
}

export type Told = StreamBegun | CommandRefused | ValuesOpened;

/** An entry as it is written. */
export type Entry = Told & {
  /** From 1, without a gap. */
  readonly n: number;
  readonly at: string;
  /** The hash of the entry before; of the first one, that of the stream's name. */
  readonly previous: string;
  readonly hash: string;
};

/** Where a stream ends: everything up to there is fixed by this hash. */
export interface Head {
  readonly stream: string;
  readonly n: number;
  readonly hash: string;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What stands before the first entry. */
export const beginningOf = (stream: string): Head => ({ stream, n: 0, hash: sha256(`gendan audit ${stream}`) });

/**
 * JSON with the members of each object in the order of their names' code units and nothing between: as RFC 8785 writes what
 * entries are made of (objects, lists, texts and whole numbers).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join(",")}}`;
}

/** The hash of an entry: SHA-256 of its canonical JSON without the hash itself, in hexadecimal. */
export function hashOf(entry: object): string {
  const { hash: _, ...others } = entry as { readonly hash?: unknown };
  return sha256(canonical(others));
}

/** The entry that follows a head, as a line. */
export function following(head: Head, told: Told, at: string): { readonly head: Head; readonly line: string } {
  const entry = { ...told, n: head.n + 1, at, previous: head.hash };
  const hash = hashOf(entry);
  return { head: { stream: head.stream, n: entry.n, hash }, line: `${canonical({ ...entry, hash })}\n` };
}

/** The entry that a line is; undefined for one that is none, or is written otherwise than this program writes. */
export function entryOf(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line) as Entry;
    const isEntry = Number.isSafeInteger(entry.n) && [entry.at, entry.kind, entry.previous, entry.hash].every(isText);
    return isEntry && canonical(entry) === line ? entry : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
