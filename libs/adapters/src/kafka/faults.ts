// What the client library throws, as faults that say in one line what it is about; what passes by itself is waited for.
import { setTimeout as pause } from "node:timers/promises";
import { Fault } from "@gendan/eventing";

interface KafkaError extends Error {
  /** The broker's own name of the error. */
  readonly type?: string;
  readonly code?: string;
  readonly cause?: KafkaError;
  readonly originalError?: KafkaError;
}

/** The error at the bottom: the library wraps what it gave up on. */
export function rootOf(error: unknown): KafkaError {
  let root = error as KafkaError;
  for (let depth = 0; depth < 10; depth++) {
    const below = root.cause ?? root.originalError;
    if (!(below instanceof Error) || below === root) break;
    root = below;
  }
  return root;
}

/** The broker's name of the error, wherever in the chain. */
export function typeOf(error: unknown): string | undefined {
  return (error as KafkaError | undefined)?.type ?? rootOf(error).type;
}

/** The group changes: whoever hears this joins again by itself, and what it was about is void. */
export const isRejoin = (error: unknown): boolean =>
  [
    "REBALANCE_IN_PROGRESS",
    "ILLEGAL_GENERATION",
    "UNKNOWN_MEMBER_ID",
    "NOT_COORDINATOR_FOR_GROUP",
    "FENCED_INSTANCE_ID",
  ].includes(typeOf(error) ?? "");

/** A broker that has just started, or a topic that was just made: it passes within seconds. */
export const isStarting = (error: unknown): boolean =>
  [
    "GROUP_LOAD_IN_PROGRESS",
    "GROUP_COORDINATOR_NOT_AVAILABLE",
    "NOT_COORDINATOR_FOR_GROUP",
    "LEADER_NOT_AVAILABLE",
    "NOT_LEADER_FOR_PARTITION",
    "UNKNOWN_TOPIC_OR_PARTITION",
    "NOT_CONTROLLER",
    "TOPIC_ALREADY_EXISTS",
  ].includes(typeOf(error) ?? "") || (error as Error).name === "KafkaJSGroupCoordinatorNotFound";

const AGAIN_MS = 200;

/** Does the work again, after `again`, while a broker is starting, for so many milliseconds at most. */
export async function patiently<T>(
  forMs: number,
  work: () => Promise<T>,
  again: () => Promise<unknown> = () => Promise.resolve(),
): Promise<T> {
  const deadline = Date.now() + forMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isStarting(error) || Date.now() > deadline) throw error;
    }
    await pause(AGAIN_MS);
    await again();
  }
}

const REFUSED_TYPES = ["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE", "INVALID_TIMESTAMP", "INVALID_RECORD"];
const AUTHORITY_TYPES = ["TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"];
const SASL_TYPES = ["UNSUPPORTED_SASL_MECHANISM", "ILLEGAL_SASL_STATE", "SASL_AUTHENTICATION_FAILED"];

/** Faults stay what they are; EVENT_BUS_UNAVAILABLE, STORE_REFUSED or CONFIGURATION for the rest. */
export function faultOf(error: unknown, brokers: readonly string[]): Fault {
  if (error instanceof Fault) return error;
  const root = rootOf(error);
  const type = typeOf(error) ?? "";
  const where = `Kafka at ${brokers.join(", ")}`;
  const why = oneLine(root);
  const fault = (code: Fault["code"], message: string) =>
    new Fault(code, message, { brokers, ...(type === "" ? {} : { type }) }, { cause: error });
  if (REFUSED_TYPES.includes(type)) return fault("STORE_REFUSED", `${where} refused: ${why}.`);
  if (AUTHORITY_TYPES.includes(type)) return fault("CONFIGURATION", `${where} does not allow it: ${why}.`);
  if (root.name === "KafkaJSSASLAuthenticationError" || SASL_TYPES.includes(type) || why.includes("SASL"))
    return fault("CONFIGURATION", `${where} does not accept the credentials or their mechanism: ${why}.`);
  if (isTls(root)) return fault("CONFIGURATION", `${where} does not speak TLS as it is configured: ${why}.`);
  return fault("EVENT_BUS_UNAVAILABLE", `${where} is unavailable: ${why}.`);
}

const isTls = (root: KafkaError): boolean =>
  /SSL|TLS|certificate|EPROTO/i.test(`${root.code ?? ""} ${root.message}`) || /^(ERR_TLS|CERT_)/.test(root.code ?? "");

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message || error.name : String(error))
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "")
    .slice(0, 300);
