// What the client throws, as faults of the port. Unreachable servers come as plain errors or typed ones: told by the code.
import {
  AccessDeniedError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
} from "@eventstore/db-client";
import { Fault } from "@gendan/eventing";

/** The gRPC statuses that say more than "it did not work". */
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const UNAUTHENTICATED = 16;

const CERTIFICATE = /certificate|self[- ]signed|altnames|unable to (?:verify|get)|SSL routines|ERR_(?:TLS|SSL)|EPROTO/i;

/** How a node says that it took nothing, as there is no leader: one is being elected. */
const NO_LEADER = /no leader info/i;

/** The node took nothing, or the server gave up waiting for its replicas: there the same append is done once anyway. */
export function mayBeAskedAgain(error: unknown): boolean {
  const known = commandError(error);
  return known instanceof NotLeaderError || known instanceof TimeoutError || NO_LEADER.test(known.message);
}

/** The fault that an error of the client is. `address` is for people. */
export function faultOf(error: unknown, address: string): Fault {
  if (error instanceof Fault) return error;
  const known = commandError(error);
  const reason = reasonOf(known);
  const because = { cause: error };
  const code = (known as { readonly code?: unknown }).code;
  if (known instanceof AccessDeniedError || code === PERMISSION_DENIED || code === UNAUTHENTICATED) {
    const line = `The event store at ${address} refuses these credentials (${reason}): check user, password and access.`;
    return new Fault("CONFIGURATION", line, { address }, because);
  }
  if (known instanceof MaxAppendSizeExceededError) {
    const limit = known.maxAppendSize;
    const line = `An append is larger than the ${limit} bytes that the event store takes (its MaxAppendSize).`;
    return new Fault("STORE_REFUSED", line, { limit }, because);
  }
  if (known instanceof StreamDeletedError || code === INVALID_ARGUMENT || code === RESOURCE_EXHAUSTED) {
    return new Fault("STORE_REFUSED", `The event store at ${address} refuses this: ${reason}.`, { address }, because);
  }
  if (code === UNIMPLEMENTED) {
    const line = `What answers at ${address} is no EventStoreDB or KurrentDB (${reason}).`;
    return new Fault("CONFIGURATION", line, { address }, because);
  }
  if (CERTIFICATE.test(reason)) {
    const line = `TLS with the event store at ${address} fails (${reason}): check tls and the authority's certificate.`;
    return new Fault("CONFIGURATION", line, { address }, because);
  }
  if (known instanceof NotLeaderError) {
    const line = `The event store's node at ${address} is not the leader, and its leader was not reached.`;
    return new Fault("EVENT_STORE_UNAVAILABLE", line, { address }, because);
  }
  return new Fault(
    "EVENT_STORE_UNAVAILABLE",
    `The event store at ${address} does not answer (${reason}).`,
    { address },
    because,
  );
}

/** No answer in time. */
export const tooLate = (address: string, ms: number): Fault =>
  new Fault("EVENT_STORE_UNAVAILABLE", `The event store at ${address} does not answer (nothing within ${ms} ms).`, {
    address,
  });

const commandError = (error: unknown): Error =>
  error instanceof Error ? convertToCommandError(error as never) : new Error(String(error));

/** One line, without what gRPC puts around it. */
function reasonOf(error: Error): string {
  const line = error.message.replace(/^\d+ [A-Z_]+: /, "").replace(/\s*Resolution note:.*/s, "");
  return line.replace(/\s+/g, " ").trim().replace(/\.$/, "") || error.name;
}
