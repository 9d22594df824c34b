// Where a service's events end in a log that others write as well, without looking through theirs again and again.
import type { Position } from "@gendan/eventing";
import { comparePositions, START } from "./positions.js";

export interface LogEnds {
  /** Whether the service has an event after a position: looks through what lies behind it. */
  anyAfter(position: Position): Promise<boolean>;
  /** The service's last event: looks through what others wrote since. */
  lastOfService(): Promise<Position | undefined>;
  /** The last event of anybody. */
  lastOfAll(): Promise<Position | undefined>;
}

/**
 * The first answer costs a look backwards through the log; then what subscriptions have seen bounds it: only what lies
 * behind their last checkpoint is looked at.
 */
export class LogHead {
  /** All of the service's events up to `to` are known, and `last` is the last of them. */
  private known: { readonly last: Position | undefined; readonly to: Position } | undefined;

  constructor(private readonly ends: LogEnds) {}

  async find(): Promise<Position | undefined> {
    const { known, ends } = this;
    if (known && !(await ends.anyAfter(known.to))) return known.last;
    const to = known?.to ?? (await ends.lastOfAll()) ?? START;
    const last = await ends.lastOfService();
    this.learn(last, last === undefined ? to : later(last, to));
    return last;
  }

  /** A subscription was told everything after `from` up to `to`; `last` is the last event among that. */
  saw(from: Position, to: Position, last: Position | undefined): void {
    if (this.known && comparePositions(from, this.known.to) <= 0) this.learn(last ?? this.known.last, to);
  }

  private learn(last: Position | undefined, to: Position): void {
    if (!this.known || comparePositions(to, this.known.to) > 0) this.known = { last, to };
  }
}

const later = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? b : a);
