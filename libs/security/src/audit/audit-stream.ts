// One process's audit stream: appended to files by the day, together for all that happens in one turn of the event loop.
import {
  appendFileSync,
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "@gendan/eventing";
import type { SigningKey } from "../signing-key.js";
import { beginningOf, entryOf, following, type Head, type Told } from "./entry.js";
import { headsFile, signedHead } from "./heads.js";

/** What is told of. */
export interface Audit {
  /** Resolved when a killed process would not lose it. Throws AUDIT_UNAVAILABLE: then what is told of must not happen. */
  tell(told: Told): Promise<void>;
}

/** Of what is gone with the process, and so is what was to be told of it. */
export const noAudit: Audit = { tell: () => Promise.resolve() };

export interface AuditStreamOptions {
  /** The folder of all streams; this one's is below, by its name. */
  readonly folder: string;
  /** The stream's name, such as order-1. This process alone writes it. */
  readonly stream: string;
  readonly service: string;
  readonly key: SigningKey;
  /** Told of what failed beside the telling: a head, a sync. */
  readonly report: (error: unknown) => void;
  readonly now?: () => Date;
}

/** What is written is on the disk at the latest after this time, in milliseconds; a loss of power may take so much. */
export const SYNC_MS = 1_000;
const DAY_MS = 86_400_000;
/** What is read of a file's end first, in bytes: some entries. */
const TAIL_BYTES = 65_536;

interface Waiting {
  readonly told: Told;
  readonly done: () => void;
  readonly failed: (fault: Fault) => void;
}

interface DayFile {
  readonly day: string;
  readonly descriptor: number;
  size: number;
}

export const daysOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(file))
    .sort();

export class AuditStream implements Audit {
  private waiting: Waiting[] = [];
  private file: DayFile | undefined;
  private syncing: NodeJS.Timeout | undefined;
  private daily: NodeJS.Timeout | undefined;
  private signedUpTo = 0;
  private closed = false;
  private readonly now: () => Date;
  private readonly directory: string;

  private constructor(
    private readonly options: AuditStreamOptions,
    private head: Head,
  ) {
    this.now = options.now ?? (() => new Date());
    this.directory = directoryOf(options);
    this.awaitMidnight();
  }

  /** Goes on where the stream ends. Throws STORE_DAMAGED where its end cannot be read, STORE_NOT_WRITABLE. */
  static async open(options: AuditStreamOptions): Promise<AuditStream> {
    const directory = directoryOf(options);
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      mkdirSync(dirname(headsFile(options.folder, options.stream)), { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new Fault("STORE_NOT_WRITABLE", `${directory} cannot be made: ${(cause as Error).message}.`, {}, { cause });
    }
    const { head, brokenBytes } = endOf(directory, options.stream);
    const stream = new AuditStream(options, head);
    await stream.tell({ kind: "begun", service: options.service, ...(brokenBytes > 0 ? { brokenBytes } : {}) });
    return stream;
  }

  tell(told: Told): Promise<void> {
    if (this.closed) return Promise.reject(unavailable(new Error("it is closed")));
    return new Promise((done, failed) => {
      this.waiting.push({ told, done, failed });
      if (this.waiting.length === 1) setImmediate(() => this.write());
    });
  }

  /** Signs where the stream ends now, unless that was done. What was told before is in it. */
  async signHead(): Promise<Head> {
    this.write();
    const { head } = this;
    if (head.n === this.signedUpTo) return head;
    this.syncNow(); // what is signed must not be lost
    const line = await signedHead(head, this.now().toISOString(), this.options.key);
    appendFileSync(headsFile(this.options.folder, this.options.stream), line, { mode: 0o600, flush: true });
    this.signedUpTo = head.n;
    return head;
  }

  /** The clean stop: everything is on the disk, with its head signed. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.daily);
    try {
      await this.signHead();
    } finally {
      this.leaveFile();
    }
  }

  /** One write for all who wait. */
  private write(): void {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return;
    try {
      const at = this.now().toISOString();
      const file = this.fileOf(at.slice(0, 10));
      let { head } = this;
      const lines = waiting.map(({ told }) => {
        const next = following(head, told, at);
        head = next.head;
        return next.line;
      });
      appendTo(file, Buffer.from(lines.join("")));
      this.head = head;
      this.syncing ??= setTimeout(() => this.syncLater(), SYNC_MS).unref();
      for (const { done } of waiting) done();
    } catch (error) {
      for (const { failed } of waiting) failed(unavailable(error));
    }
  }

  private fileOf(day: string): DayFile {
    // A clock that is put back does not go back to an earlier file: the order of lines is the order of entries.
    if (this.file && this.file.day >= day) return this.file;
    this.leaveFile();
    const latest = daysOf(this.directory).at(-1)?.slice(0, 10) ?? day;
    const own = latest > day ? latest : day;
    const descriptor = openSync(join(this.directory, `${own}.jsonl`), "a", 0o600);
    this.file = { day: own, descriptor, size: fstatSync(descriptor).size };
    return this.file;
  }

  private leaveFile(): void {
    if (!this.file) return;
    this.syncNow();
    closeSync(this.file.descriptor);
    this.file = undefined;
  }

  private syncNow(): void {
    clearTimeout(this.syncing);
    this.syncing = undefined;
    if (this.file) fdatasyncSync(this.file.descriptor);
  }

  /** Beside all work: nobody waits for it. */
  private syncLater(): void {
    this.syncing = undefined;
    if (!this.file) return;
    fdatasync(this.file.descriptor, (error) => {
      if (error && error.code !== "EBADF") this.options.report(error); // EBADF: left, and synced, meanwhile
    });
  }

  /** Signs a head each day, a quiet one too. */
  private awaitMidnight(): void {
    const pause = DAY_MS - (this.now().getTime() % DAY_MS);
    this.daily = setTimeout(() => {
      this.awaitMidnight();
      this.signHead().catch(this.options.report);
    }, pause).unref();
  }
}

const directoryOf = ({ folder, stream }: AuditStreamOptions): string => join(folder, stream);

/** Writes all of it, or nothing. */
function appendTo(file: DayFile, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file.descriptor, bytes, written);
    file.size += bytes.length;
  } catch (error) {
    ftruncateSync(file.descriptor, file.size);
    throw error;
  }
}

/** Where a stream ends; what a crash has left of a line is cut off. */
function endOf(directory: string, stream: string): { readonly head: Head; readonly brokenBytes: number } {
  let brokenBytes = 0;
  for (const name of daysOf(directory).reverse()) {
    const file = join(directory, name);
    const { line, rest } = lastLineOf(file);
    if (rest > 0) truncateSync(file, statSync(file).size - rest);
    brokenBytes += rest;
    if (line === undefined) continue;
    const entry = entryOf(line);
    if (entry) return { head: { stream, n: entry.n, hash: entry.hash }, brokenBytes };
    const remedy = "see `gendan audit verify`, and move the folder away to begin another stream";
    throw new Fault("STORE_DAMAGED", `The last entry of ${file} cannot be read: ${remedy}.`, { file });
  }
  return { head: beginningOf(stream), brokenBytes };
}

/** The last whole line of a file, and how many bytes come after it. Reads the end of the file alone. */
function lastLineOf(file: string): { readonly line: string | undefined; readonly rest: number } {
  const { size } = statSync(file);
  for (let length = Math.min(size, TAIL_BYTES); ; length = Math.min(size, 2 * length)) {
    const bytes = readTail(file, size - length, length);
    const end = bytes.lastIndexOf("\n");
    const begin = end <= 0 ? -1 : bytes.lastIndexOf("\n", end - 1);
    if (begin < 0 && length < size) continue;
    return { line: end < 0 ? undefined : bytes.toString("utf8", begin + 1, end), rest: length - end - 1 };
  }
}

function readTail(file: string, position: number, length: number): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    readSync(descriptor, bytes, 0, length, position);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

const unavailable = (cause: unknown): Fault =>
  new Fault("AUDIT_UNAVAILABLE", `The audit cannot be written: ${(cause as Error).message}.`, {}, { cause });
