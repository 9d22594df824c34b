// A lease in somebody's hands: it gives signs of life, and is not held any more as soon as another might have taken it.
import type { Collection } from "mongodb";
import type { Lease } from "@gendan/eventing";
import type { LeaseRow, LeaseSettings } from "./leases.js";

interface Held extends LeaseSettings {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
  /** When the claim was sent, by the holder's clock. */
  readonly since: number;
}

/** Clocks may run at rates that differ by so much. */
const TRUSTED = 0.95;

export class HeldLease implements Lease {
  readonly epoch: number;
  /** When the last sign that arrived was sent: who waits can have seen it then at the earliest. */
  private alive: number;
  private isOver = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly rows: Collection<LeaseRow>,
    private readonly lease: Held,
    /** Called once, when it is not held any more. */
    private readonly over: () => void,
  ) {
    this.epoch = lease.epoch;
    this.alive = lease.since;
    this.timer = setInterval(() => void this.renew(), lease.leaseMs / 3);
    this.timer.unref();
  }

  held(): boolean {
    if (!this.isOver && this.lease.clock() - this.alive >= this.lease.leaseMs * TRUSTED) this.end();
    return !this.isOver;
  }

  /** Where MongoDB is away, others wait for it as if its holder had died. */
  async release(): Promise<void> {
    if (this.isOver) return;
    this.stop();
    await this.rows.updateOne(this.mine(), { $set: { holder: null } }).catch(() => undefined);
    this.over();
  }

  private async renew(): Promise<void> {
    if (!this.held()) return;
    const sent = this.lease.clock();
    try {
      const { matchedCount } = await this.rows.updateOne(this.mine(), { $inc: { beat: 1 } });
      if (matchedCount === 0) this.end();
      else this.alive = Math.max(this.alive, sent);
    } catch {
      // No sign arrived: time decides, unless the next one does.
    }
  }

  private end(): void {
    if (this.isOver) return;
    this.stop();
    this.over();
  }

  private stop(): void {
    this.isOver = true;
    clearInterval(this.timer);
  }

  private mine() {
    const { name, epoch, holder } = this.lease;
    return { _id: name, epoch, holder };
  }
}
