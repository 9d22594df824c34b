// What can be made to go wrong on the EventStoreDB double, and the statuses in which the real server says it.
import { Metadata, status, type ServiceError } from "@grpc/grpc-js";

export type DoubleCall = "append" | "read" | "subscribe" | "gossip";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export type Failure =
  /** The server is not ready, or nobody answers behind its address. */
  | "unavailable"
  /** The server gave up waiting for its replicas; whether the events are there is open. */
  | "timeout"
  | "denied"
  | "unauthenticated"
  /** Not the leader, and there is none now; a read-only node answers the same. */
  | "no leader"
  | { readonly leader: Endpoint }
  /** Carried out, and then the connection broke: the caller cannot know. For appends. */
  | "answer lost"
  /** Carried out; the answer, or the first message, comes when this is resolved. */
  | { readonly answerAfter: Promise<void> };

/** Failures of calls to come, in the order in which they were asked for. */
export class DoubleFaults {
  /** How many calls were made to fail. */
  taken = 0;
  private readonly planned: { readonly call: DoubleCall; readonly failure: Failure; times: number }[] = [];

  /** The next calls of this kind fail, as many as `times` says. */
  next(call: DoubleCall, failure: Failure, times = 1): void {
    this.planned.push({ call, failure, times });
  }

  /** All calls of this kind fail until `clear`. */
  always(call: DoubleCall, failure: Failure): void {
    this.next(call, failure, Infinity);
  }

  clear(): void {
    this.planned.length = 0;
  }

  /** The failure of a call that came in now. */
  take(call: DoubleCall): Failure | undefined {
    const at = this.planned.findIndex((plan) => plan.call === call);
    if (at < 0) return undefined;
    const plan = this.planned[at]!;
    this.taken++;
    if (--plan.times <= 0) this.planned.splice(at, 1);
    return plan.failure;
  }
}

/** The status of a failure that keeps a call from being carried out; undefined for the others. */
export function statusOf(failure: Failure | undefined): ServiceError | undefined {
  switch (failure) {
    case undefined:
    case "answer lost":
      return undefined;
    case "unavailable":
      return refusal(status.UNAVAILABLE, "Server Is Not Ready");
    case "timeout":
      return refusal(status.ABORTED, "Operation timed out: Prepare phase timeout.");
    case "denied":
      return refusal(status.PERMISSION_DENIED, "Access Denied", { exception: "access-denied" });
    case "unauthenticated":
      return refusal(status.UNAUTHENTICATED, "Unauthenticated");
    case "no leader":
      return refusal(status.UNKNOWN, "No leader info available in response");
    default:
      return "leader" in failure ? notLeader(failure.leader) : undefined;
  }
}

const notLeader = ({ host, port }: Endpoint): ServiceError =>
  refusal(status.NOT_FOUND, "Leader info available", {
    exception: "not-leader",
    "leader-endpoint-host": host,
    "leader-endpoint-port": String(port),
  });

export const tooLarge = (limit: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": String(limit),
  });

/** A call that ends by a status other than OK. */
export function refusal(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
