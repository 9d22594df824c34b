// The client as this adapter uses it: its connecting, finding the leader and credentials, and the calls of its protocol.
// Its own appending and reading are passed over. Batched appends have no deadline and share one list of callers between all
// clients of a process; plain ones throw where nobody can catch it when a channel is just being replaced; reading of $all
// has no filter.
import { EventStoreDBClient } from "@eventstore/db-client";
import { StreamsClient } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import type { AppendReq, AppendResp, ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { tooLate } from "./faults.js";
import type { Reaching } from "./settings.js";

export interface Receiving {
  /** Called with one message after the other; the server waits while a promise is open. */
  receive(message: ReadResp): Promise<void> | void;
  /** How long the server may be silent, in milliseconds. */
  readonly silenceMs: number;
  /** Only the first message has to come in that time. */
  readonly firstOnly?: boolean;
  /** Ends the call; that is no error. */
  readonly signal?: AbortSignal;
}

export class Connection extends EventStoreDBClient {
  readonly address: string;
  private channel: { close(): void } | undefined;
  private ended = false;

  constructor({ endpoints, channel, user, address }: Reaching) {
    super(endpoints as ConstructorParameters<typeof EventStoreDBClient>[0], channel, user);
    this.address = address;
    // It is not awaited where it is called, so a rejection (no node of the cluster was found) would end the process.
    const reconnect = this.handleError;
    this.handleError = (client, error) => reconnect(client, error).catch(() => undefined);
  }

  /** One append. Rejects with what the client throws, or EVENT_STORE_UNAVAILABLE when the time is over. */
  sendAppend(messages: readonly AppendReq[], ms: number): Promise<AppendResp> {
    const until = Date.now() + ms;
    return this.on("append", ms, (client) => {
      const { promise, resolve, reject } = Promise.withResolvers<AppendResp>();
      const [metadata, options] = this.callArguments({
        requiresLeader: true,
        deadline: Math.max(until - Date.now(), 1),
      });
      const call = client.append(metadata, options, (error, response) => (error ? reject(error) : resolve(response)));
      call.on("error", reject);
      for (const message of messages) call.write(message);
      call.end();
      return promise;
    });
  }

  /** A read or a subscription: resolved when the server ends it or the signal does. */
  receiveAll(request: ReadReq, { receive, silenceMs, firstOnly = false, signal }: Receiving): Promise<void> {
    return this.on("read", silenceMs, async (client) => {
      if (signal?.aborted) return;
      const [metadata, options] = this.callArguments({ requiresLeader: true }, { deadline: Infinity });
      const call = client.read(request, metadata, options);
      let late = false;
      const timer = setTimeout(() => ((late = true), call.cancel()), silenceMs);
      const cancel = () => call.cancel();
      signal?.addEventListener("abort", cancel);
      call.on("error", () => undefined); // one that comes when nobody reads any more
      try {
        for await (const message of call as AsyncIterable<ReadResp>) {
          if (firstOnly) clearTimeout(timer);
          else timer.refresh();
          await receive(message);
        }
      } catch (error) {
        if (late) throw tooLate(this.address, silenceMs);
        if (!signal?.aborted) throw error;
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", cancel);
        call.cancel();
      }
    });
  }

  /** Closes the channel; calls that are under way are over. */
  end(): void {
    this.ended = true;
    this.channel?.close();
  }

  /** Runs an action on the node that is connected; the time counts until there is one. */
  private async on<T>(name: string, ms: number, action: (client: StreamsClient) => Promise<T>): Promise<T> {
    const connecting = Promise.withResolvers<never>();
    let late = false;
    const timer = setTimeout(() => ((late = true), connecting.reject(tooLate(this.address, ms))), ms);
    const working = this.execute(StreamsClient, name, async (client) => {
      if (late || this.ended) throw tooLate(this.address, ms);
      clearTimeout(timer);
      this.channel = client.getChannel();
      return action(client);
    });
    try {
      return await Promise.race([working, connecting.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
