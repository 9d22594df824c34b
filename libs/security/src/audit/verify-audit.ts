// Walks audit streams and finds what was done to them: an entry edited, deleted, inserted, an end cut off.
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SigningKey } from "../signing-key.js";
import { daysOf } from "./audit-stream.js";
import { beginningOf, entryOf, hashOf, type Entry, type Head } from "./entry.js";
import { HEADS, headsFile, readHeads, type SignedHead } from "./heads.js";

/**
 * changed: an entry does not have its hash. missing: entries between two are not there. unlinked: an entry does not follow the
 * one before, since one was inserted or the one before was written anew. unreadable: a line is no entry. cut: the stream ends before
 * a signed head. rewritten: the entry of a signed head is another one. forged: a head that this installation has not signed. gone:
 * there are heads of a stream, and no stream.
 */
export type AuditFaultKind =
  "changed" | "missing" | "unlinked" | "unreadable" | "cut" | "rewritten" | "forged" | "gone";

export interface AuditFault {
  readonly kind: AuditFaultKind;
  readonly stream: string;
  /** The file, and the line in it where there is one. */
  readonly where: string;
  /** The entry by its number, where one is meant. */
  readonly n?: number;
}

export interface StreamVerified {
  readonly stream: string;
  readonly entries: number;
  /** The last entry that a head fixes; what comes after it could be cut off without a trace. */
  readonly signedUpTo: number;
  readonly faults: readonly AuditFault[];
}

/** So many faults of a stream are listed; where there is one, there may be thousands behind it. */
const MOST_FAULTS = 100;
/** A line that is being written is whole after this time, in milliseconds. */
const WRITING_MS = 300;

/** The streams of a folder, with those of which only heads are left. */
export function streamsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const streams = readdirSync(folder, { withFileTypes: true }).filter(
    (each) => each.isDirectory() && each.name !== HEADS,
  );
  const heads = existsSync(join(folder, HEADS)) ? readdirSync(join(folder, HEADS)) : [];
  const ofHeads = heads.filter((file) => file.endsWith(".jws")).map((file) => file.slice(0, -".jws".length));
  return [...new Set([...streams.map(({ name }) => name), ...ofHeads])].sort();
}

/** Walks one stream. It may be written meanwhile. `copies`: folders with heads that were kept elsewhere. */
export async function verifyStream(
  folder: string,
  stream: string,
  key: SigningKey,
  copies: readonly string[] = [],
): Promise<StreamVerified> {
  // The heads first: whatever they say is in the stream by now.
  const files = [headsFile(folder, stream), ...copies.map((copy) => join(copy, `${stream}.jws`))];
  const walk = new Walk(stream, await headsIn(files, stream, key));
  const directory = join(folder, stream);
  if (!existsSync(directory)) walk.fault("gone", directory);
  else for (const day of daysOf(directory)) await walk.file(join(directory, day));
  return walk.end(existsSync(directory) ? directory : undefined);
}

interface KnownHeads {
  readonly heads: readonly SignedHead[];
  readonly forged: readonly string[];
}

async function headsIn(files: readonly string[], stream: string, key: SigningKey): Promise<KnownHeads> {
  const heads: SignedHead[] = [];
  const forged: string[] = [];
  for (const file of files) {
    const read = await readHeads(file, stream, key);
    read.forEach((head, index) => (head ? heads.push(head) : forged.push(`${file}:${index + 1}`)));
  }
  return { heads, forged };
}

class Walk {
  private readonly faults: AuditFault[] = [];
  private readonly heads: Map<number, Set<string>>;
  private readonly signedUpTo: number;
  private head: Head;
  private entries = 0;

  constructor(
    private readonly stream: string,
    { heads, forged }: KnownHeads,
  ) {
    this.head = beginningOf(stream);
    this.signedUpTo = Math.max(0, ...heads.map(({ n }) => n));
    this.heads = new Map();
    for (const { n, hash } of heads) this.heads.set(n, (this.heads.get(n) ?? new Set()).add(hash));
    for (const where of forged) this.fault("forged", where);
  }

  fault(kind: AuditFaultKind, where: string, n?: number): void {
    if (this.faults.length < MOST_FAULTS)
      this.faults.push({ kind, stream: this.stream, where, ...(n === undefined ? {} : { n }) });
  }

  async file(file: string): Promise<void> {
    let number = 0;
    for await (const line of linesOf(file)) this.line(line, `${file}:${++number}`);
  }

  private line(line: string, where: string): void {
    const entry = entryOf(line);
    if (!entry) return this.fault("unreadable", where, this.head.n + 1);
    this.entries += 1;
    const { n, hash } = entry;
    if (hashOf(entry) !== hash) this.fault("changed", where, n);
    this.follows(entry, where);
    const signed = this.heads.get(n);
    if (signed && [...signed].some((each) => each !== hash)) this.fault("rewritten", where, n);
    this.head = { stream: this.stream, n, hash };
  }

  private follows({ n, previous }: Entry, where: string): void {
    if (n > this.head.n + 1) this.fault("missing", where, this.head.n + 1);
    else if (n <= this.head.n || previous !== this.head.hash) this.fault("unlinked", where, n);
  }

  end(directory: string | undefined): StreamVerified {
    const { stream, entries, signedUpTo, faults } = this;
    if (directory !== undefined && signedUpTo > this.head.n) this.fault("cut", directory, this.head.n + 1);
    return { stream, entries, signedUpTo, faults };
  }
}

/** The lines of a file. One without an end is read again a moment later: it may be being written. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  for (const again of [false, true]) {
    if (again && rest.length === 0) return;
    if (again) await pause(WRITING_MS);
    for await (const chunk of createReadStream(file, { start: at }) as AsyncIterable<Buffer>) {
      at += chunk.length;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let begin = 0;
      for (let end = bytes.indexOf("\n"); end >= 0; end = bytes.indexOf("\n", begin)) {
        yield bytes.toString("utf8", begin, end);
        begin = end + 1;
      }
      rest = bytes.subarray(begin);
    }
  }
  if (rest.length > 0) yield rest.toString("utf8");
}
