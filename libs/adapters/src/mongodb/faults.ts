// What the driver throws, as faults of ours: what can be tried again, what can never be kept, and what is away.
import { MongoBulkWriteError, MongoError, MongoServerError } from "mongodb";
import { Fault, isFault } from "@gendan/eventing";

export type Unavailable = "DOCUMENT_STORE_UNAVAILABLE" | "KEY_STORE_UNAVAILABLE";

const DUPLICATE_KEY = 11000;
const TIME_LIMIT_EXPIRED = 50;
const NAMESPACE_EXISTS = 48;
/** Wrong credentials, no right to do it, an option that the server does not know. */
const CONFIGURED_WRONG = new Set([13, 18, 8000]);
/** A document, or an index entry of it, is larger than the server takes. */
const TOO_LARGE = new Set([10334, 17280, 17419, 17420]);
const LONGEST_REASON = 300;

/** The faults of one store on one server. */
export class MongoFaults {
  constructor(
    private readonly unavailable: Unavailable,
    private readonly at: string,
  ) {}

  /** What the driver says is a server that is away, unless it says that it can never be; all else stays what it is. */
  of(error: unknown): unknown {
    if (isFault(error) || !(error instanceof MongoError || isTooLarge(error, undefined))) return error;
    const code = codeOf(error);
    if (code !== undefined && CONFIGURED_WRONG.has(code)) {
      return configuration(`MongoDB at ${this.at} refuses these credentials: ${reasonOf(error)}.`, error);
    }
    if (isTooLarge(error, code))
      return new Fault("STORE_REFUSED", `It is larger than MongoDB keeps: ${reasonOf(error)}.`);
    const what = code === TIME_LIMIT_EXPIRED ? "takes too long" : "does not answer";
    return new Fault(
      this.unavailable,
      `MongoDB at ${this.at} ${what}: ${reasonOf(error)}.`,
      { at: this.at },
      { cause: error },
    );
  }

  /** Runs work and throws its failure as a fault. */
  async guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.of(error);
    }
  }
}

export const configuration = (message: string, cause: unknown): Fault =>
  new Fault("CONFIGURATION", message, {}, { cause });

export const isDuplicate = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;

export const isThereAlready = (error: unknown): boolean => codeOf(error) === NAMESPACE_EXISTS;

/** The transaction has not happened, and may the next time. */
export const isTransient = (error: unknown): boolean =>
  error instanceof MongoError && error.hasErrorLabel("TransientTransactionError");

/** One line of what the driver says. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\s+/g, " ").replace(/\.$/, "").slice(0, LONGEST_REASON);
}

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof MongoServerError)) return undefined;
  const code: unknown =
    error instanceof MongoBulkWriteError ? (oneOf(error.writeErrors)?.code ?? error.code) : error.code;
  return typeof code === "number" ? code : undefined;
}

const oneOf = <Each>(each: Each | readonly Each[]): Each | undefined =>
  Array.isArray(each) ? (each as readonly Each[])[0] : (each as Each);

/** The driver refuses what does not fit into its own buffer before any server sees it. */
const isTooLarge = (error: unknown, code: number | undefined): boolean =>
  (code !== undefined && TOO_LARGE.has(code)) ||
  /larger than the maximum|too large|maxBsonObjectSize|out of range.*17825792/i.test(messageOf(error));

const messageOf = (error: unknown): string =>
  (error as { readonly message?: string } | undefined)?.message ?? String(error);
