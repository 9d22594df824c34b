// Transactions: tried again while the server says that another attempt may succeed, within bounds; and work done one after the other.
import { MongoError, MongoNetworkError, MongoServerError, type ClientSession } from "mongodb";
import { Fault, isFault } from "@gendan/eventing";
import { isDuplicate, isTransient } from "../faults.js";

export interface Attempts {
  /** Called before another attempt: gives true where the work turns out to be done, throws where it never can be. */
  readonly settled: () => Promise<boolean>;
  /** Called when others have stood in the way for long: ends the transactions of who may be dead. */
  readonly blocked?: () => Promise<void>;
}

/** So long it is tried while the server does not answer, and while it does, but lets others go first. */
const PATIENCE_MS = { silent: 15_000, busy: 60_000 };
const LONGEST_PAUSE_MS = 100;
/** So long somebody else may stand in the way, at first; twice as long before each further time, so that nobody starves. */
const BLOCKED_MS = 2_000;
const COMMIT_MS = 10_000;
const COMMIT_TRIES = 5;

/** An attempt of which nobody knows whether it was committed. */
export class OutcomeUnknown extends Error {}

/** What the work found was not as it expected: `settled` says what that means. */
export class NotAsExpected extends Error {
  constructor() {
    super("what a transaction goes on from was changed again and again");
  }
}

/**
 * Runs work in one transaction of the session. Throws faults as they are, and the last failure when it was tried long enough; an
 * OutcomeUnknown where it may have been committed all the same.
 */
export async function transact(
  session: ClientSession,
  work: (session: ClientSession) => Promise<void>,
  { settled, blocked }: Attempts,
): Promise<void> {
  const start = performance.now();
  let blockedMs = BLOCKED_MS;
  let mayHaveHappened = false;
  for (let tries = 1; ; tries++) {
    try {
      if (tries > 1 && (await settled())) return;
      mayHaveHappened = false; // it is settled that it has not, and an attempt that hangs conflicts with the next one
      return await attempt(session, work, start + PATIENCE_MS.silent, () => (mayHaveHappened = true));
    } catch (error) {
      if (isTransient(error)) mayHaveHappened = false;
      if (isFault(error) || !mayBeTriedAgain(error)) throw error;
      const patience = error instanceof MongoServerError ? PATIENCE_MS.busy : PATIENCE_MS.silent;
      if (performance.now() - start > patience) {
        throw mayHaveHappened ? new OutcomeUnknown("the commit was not answered", { cause: error }) : error;
      }
      if (isTransient(error) && blocked && performance.now() - start > blockedMs) {
        blockedMs *= 2;
        await blocked().catch(() => undefined); // the next attempt will tell why
      }
    }
    await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** tries));
  }
}

async function attempt(
  session: ClientSession,
  work: (session: ClientSession) => Promise<void>,
  deadline: number,
  committing: () => void,
): Promise<void> {
  try {
    session.startTransaction({
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority" },
      readPreference: "primary",
      maxCommitTimeMS: COMMIT_MS,
    });
    await work(session);
    committing();
    await commit(session, deadline);
  } finally {
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
  }
}

/** The same transaction is committed again as long as nobody knows: left open, it would keep others out for a minute. */
async function commit(session: ClientSession, deadline: number): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!isUnknown(error) || tries === COMMIT_TRIES || performance.now() > deadline) throw error;
    }
    await pause(Math.random() * LONGEST_PAUSE_MS);
  }
}

const isUnknown = (error: unknown): boolean =>
  error instanceof MongoError && error.hasErrorLabel("UnknownTransactionCommitResult");

const mayBeTriedAgain = (error: unknown): boolean =>
  isTransient(error) ||
  isDuplicate(error) ||
  error instanceof NotAsExpected ||
  error instanceof MongoNetworkError ||
  isUnknown(error);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Work that is done one after the other. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

export const closedFault = (name: string): Fault => new Fault("CLOSED", `${name} is closed.`, { unit: name });
