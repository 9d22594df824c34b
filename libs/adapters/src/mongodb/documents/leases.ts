// Leases over several processes without trusting any two clocks: a holder gives signs of life, and who waits for it measures by its
// own clock how long there were none.
import { randomUUID } from "node:crypto";
import type { Collection, Db } from "mongodb";
import type { Lease } from "@gendan/eventing";
import { isDuplicate, type MongoFaults } from "../faults.js";
import { HeldLease } from "./held-lease.js";
import { closedFault } from "./transact.js";

export interface LeaseRow {
  readonly _id: string;
  readonly owner: string;
  /** Rises with every holder. */
  readonly epoch: number;
  /** Null when it was released. */
  readonly holder: string | null;
  /** Rises with every sign of life. */
  readonly beat: number;
}

export interface LeaseSettings {
  /** After so long without a sign of life a lease is taken over. */
  readonly leaseMs: number;
  /** Milliseconds that only ever rise. */
  readonly clock: () => number;
}

/** How often who waits looks, at most a tenth of the lease's time. */
const LOOK_MS = 200;

export class Leases {
  private readonly rows: Collection<LeaseRow>;
  /** Whoever takes a lease next waits for this: within the process first come, first served, and one at a time contends. */
  private readonly tails = new Map<string, Promise<unknown>>();
  private readonly held = new Set<HeldLease>();
  private readonly closing = new AbortController();

  constructor(
    db: Db,
    private readonly faults: MongoFaults,
    private readonly settings: LeaseSettings,
  ) {
    this.rows = db.collection("leases");
  }

  async take(name: string, owner: string, signal?: AbortSignal): Promise<Lease | undefined> {
    const isLeft = () => signal?.aborted === true || this.closing.signal.aborted;
    const given = (lease: Lease | undefined): Lease | undefined => {
      if (this.closing.signal.aborted) throw closedFault("The document store");
      return lease;
    };
    if (isLeft()) return given(undefined);
    const before = this.tails.get(name) ?? Promise.resolve();
    const { promise: over, resolve: pass } = Promise.withResolvers<void>();
    this.tails.set(
      name,
      before.then(() => over),
    );
    const left = leaving(signal, this.closing.signal);
    try {
      await Promise.race([before, left.promise]);
      const lease = isLeft() ? undefined : await this.contend(name, owner, isLeft, left.promise, pass);
      if (!lease) pass();
      else if (isLeft()) await lease.release(); // too late to be of use
      return given(isLeft() ? undefined : lease);
    } catch (error) {
      pass();
      throw error;
    } finally {
      left.forget();
    }
  }

  /** Nothing is held any more, and nobody waits. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.held].map((lease) => lease.release()));
  }

  /** Waits until the lease is free; undefined where it is left before. A lease that was given calls `pass` at its end. */
  private async contend(
    name: string,
    owner: string,
    isLeft: () => boolean,
    left: Promise<void>,
    pass: () => void,
  ): Promise<HeldLease | undefined> {
    const { clock, leaseMs } = this.settings;
    let seen: { readonly epoch: number; readonly beat: number; readonly at: number } | undefined;
    while (!isLeft()) {
      const row = await this.faults.guard(() => this.rows.findOne({ _id: name }));
      const hasChanged = row?.epoch !== seen?.epoch || row?.beat !== seen?.beat;
      if (row && hasChanged) seen = { epoch: row.epoch, beat: row.beat, at: clock() };
      const isFree = !row || row.holder === null || clock() - seen!.at >= leaseMs;
      const lease = isFree ? await this.claim(name, owner, row, pass) : undefined;
      if (lease) return lease;
      if (!isFree) await Promise.race([pause(Math.min(LOOK_MS, leaseMs / 10)), left]);
    }
    return undefined;
  }

  /** Takes a lease that is as it was seen; undefined where somebody else was first. */
  private async claim(
    name: string,
    owner: string,
    row: LeaseRow | null,
    pass: () => void,
  ): Promise<HeldLease | undefined> {
    const holder = randomUUID();
    const epoch = (row?.epoch ?? 0) + 1;
    const since = this.settings.clock();
    const claimed = await this.faults.guard(async () => {
      if (!row) return this.insert({ _id: name, owner, epoch, holder, beat: 0 });
      const { matchedCount } = await this.rows.updateOne(
        { _id: name, epoch: row.epoch, beat: row.beat, holder: row.holder },
        { $set: { owner, holder, epoch }, $inc: { beat: 1 } },
      );
      return matchedCount === 1;
    });
    if (!claimed) return undefined;
    const lease = new HeldLease(this.rows, { name, holder, epoch, since, ...this.settings }, () => {
      this.held.delete(lease);
      pass();
    });
    this.held.add(lease);
    return lease;
  }

  private async insert(row: LeaseRow): Promise<boolean> {
    try {
      await this.rows.insertOne(row);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
}

/** Resolved when any of the signals aborts, until it is forgotten. */
function leaving(...signals: readonly (AbortSignal | undefined)[]): { promise: Promise<void>; forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const leave = (): void => resolve();
  for (const signal of signals) signal?.addEventListener("abort", leave, { once: true });
  const forget = (): void => {
    for (const signal of signals) signal?.removeEventListener("abort", leave);
  };
  return { promise, forget };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
