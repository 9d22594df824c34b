// A subscription to $all on the EventStoreDB double: confirmed, caught up, then live, with checkpoints on the way.
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import type { DoubleLog } from "./eventstore-double-log.js";
import { Outlet } from "./eventstore-double-outlet.js";
import {
  caughtUp,
  checkpointResponse,
  confirmation,
  eventResponse,
  filterOf,
  type ReadResponse,
} from "./eventstore-double-reads.js";

/** The window of a filter that names none. */
const DEFAULT_WINDOW = 32;

export type ReadCall = ServerWritableStream<ReadReq, ReadResponse>;

/** What one caller is told until he, or the double, ends the call. */
export class DoubleSubscription {
  /** Nothing is sent any more, and nobody is told. */
  silent = false;
  /** Messages so far. */
  pushed = 0;
  private readonly outlet: Outlet<ReadResponse>;
  private wake: () => void = () => undefined;

  constructor(
    private readonly call: ReadCall,
    private readonly log: DoubleLog,
  ) {
    this.outlet = new Outlet(call);
    call.on("cancelled", () => this.wake());
  }

  /** Sends until `end`. */
  async run(): Promise<void> {
    const forget = this.log.listen(() => this.wake());
    try {
      await this.send(confirmation(crypto.randomUUID()));
      await this.follow();
    } finally {
      forget();
    }
  }

  end(): void {
    this.outlet.leave();
    this.wake();
  }

  /** As the real server: a checkpoint for so many events looked at, and one where catching up ends. */
  private async follow(): Promise<void> {
    const options = this.call.request.getOptions()!;
    const matches = filterOf(options);
    const filter = options.getFilter();
    const interval = filter ? (filter.getMax() || DEFAULT_WINDOW) * filter.getCheckpointintervalmultiplier() : Infinity;
    let next = this.begin(options);
    let looked = 0;
    for (let live = false; !this.outlet.gone;) {
      const event = this.log.events[next];
      if (event === undefined) {
        if (!live && next > 0) await this.send(checkpointResponse(this.log.events[next - 1]!.position));
        if (!live) await this.send(caughtUp());
        live = true;
        if (this.log.events.length === next && !this.outlet.gone)
          await new Promise<void>((resolve) => (this.wake = resolve));
        continue;
      }
      next++;
      if (matches(event)) await this.send(eventResponse(event));
      if (++looked % interval === 0) await this.send(checkpointResponse(event.position));
    }
  }

  /** The event after the position that the caller names. */
  private begin(options: ReadReq.Options): number {
    const all = options.getAll()!;
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return this.log.events.length;
    return this.log.countBefore(Number(all.getPosition()!.getCommitPosition()) + 1);
  }

  private async send(response: ReadResponse): Promise<void> {
    if (this.silent) return;
    this.pushed++;
    await this.outlet.write(response);
  }
}
