// What the event bus on Kafka is configured with, and what the client library is given of it.
import { Fault } from "@gendan/eventing";
import { logLevel, type KafkaConfig, type SASLOptions } from "kafkajs";
import { brokerSocket } from "./broker-socket.js";

export interface KafkaSettings extends Partial<KafkaBounds> {
  /** `host:port` of at least one broker; the others are found through it. */
  readonly brokers: readonly string[];
  /** How this process is named in the brokers' logs and quotas. */
  readonly clientId?: string;
  /** Every topic that is published to or read from: made when absent, checked when there. */
  readonly topics: readonly string[];
  /** Partitions of each topic. More later would move keys, so more is never made by itself. */
  readonly partitions: number;
  /** Copies of each partition; absent: three, or as many as there are brokers where they are fewer. */
  readonly replication?: number;
  /** Stands before each topic's name on the wire, for several installations on one cluster. */
  readonly topicPrefix?: string;
  /** Stands before each consumer group's name, for the same reason. */
  readonly groupPrefix?: string;
  /** True: the authorities of the system; else PEM texts. */
  readonly tls?: boolean | { readonly ca?: string; readonly certificate?: string; readonly key?: string };
  readonly sasl?: {
    readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
    readonly username: string;
    readonly password: string;
  };
  /** Told what went wrong without being anybody's answer. */
  readonly report?: (what: string, error: unknown) => void;
}

/** Bounds with their units: milliseconds, but where the name says another. */
export interface KafkaBounds {
  /** Opening, with making and checking the topics, takes no longer. */
  readonly openDeadlineMs: number;
  readonly connectTimeoutMs: number;
  /** A broker that does not answer for so long is away. */
  readonly requestTimeoutMs: number;
  /** A publication that is not durable after so long fails; whether it happened is then unknown. */
  readonly publishDeadlineMs: number;
  /** The largest record that topics take, in bytes, with key and headers. */
  readonly maxMessageBytes: number;
  /** A consumer that gives no sign of life for so long loses its partitions. */
  readonly sessionTimeoutMs: number;
  /** How long a group waits for a consumer that still handles a batch. */
  readonly rebalanceTimeoutMs: number;
  /** Signs of life, and how soon a consumer learns that its group changes. */
  readonly heartbeatMs: number;
  /** How long a broker holds a fetch that finds nothing; what is published meanwhile is answered at once. */
  readonly fetchWaitMs: number;
  /** How far the committed offsets, which are there to be looked at, may be behind what was handled. */
  readonly commitIntervalMs: number;
  /** consume() answers after so long, though the group may still be waiting for another member. */
  readonly joinPatienceMs: number;
  /** Stopping waits so long for the group to be told; after that it is told behind the caller's back. */
  readonly leavePatienceMs: number;
  /** What a leader does not show of what was read before is looked for so long, until it is taken for lost. */
  readonly headPatienceMs: number;
  /** A consumer that lags and does not move for so long is ended by a fault. */
  readonly noProgressMs: number;
}

/** [least, default, most] */
const BOUNDS: Readonly<Record<keyof KafkaBounds, readonly [number, number, number]>> = {
  openDeadlineMs: [1_000, 30_000, 600_000],
  connectTimeoutMs: [100, 3_000, 60_000],
  requestTimeoutMs: [500, 10_000, 120_000],
  publishDeadlineMs: [500, 15_000, 120_000],
  maxMessageBytes: [100_000, 8_000_000, 64_000_000],
  sessionTimeoutMs: [1_000, 10_000, 1_800_000],
  rebalanceTimeoutMs: [1_000, 60_000, 1_800_000],
  heartbeatMs: [10, 250, 60_000],
  fetchWaitMs: [5, 100, 5_000],
  commitIntervalMs: [10, 1_000, 60_000],
  joinPatienceMs: [100, 10_000, 600_000],
  leavePatienceMs: [10, 2_000, 60_000],
  headPatienceMs: [100, 10_000, 600_000],
  noProgressMs: [100, 60_000, 3_600_000],
};

const MOST_PARTITIONS = 1_000;
const MOST_REPLICATION = 15;
/** Retries of the client library below every call, each after 0.1 to 1 s: about 3 s in all. */
export const RETRY = { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.2, multiplier: 2 } as const;

export type ReadyKafkaSettings = KafkaSettings &
  KafkaBounds &
  Required<Pick<KafkaSettings, "clientId" | "topicPrefix" | "groupPrefix" | "report">>;

/** Fills in the defaults. Throws CONFIGURATION with every fault at once. */
export function readySettings(settings: KafkaSettings): ReadyKafkaSettings {
  const bounds = Object.fromEntries(
    Object.entries(BOUNDS).map(([name, [, byDefault]]) => [name, settings[name as keyof KafkaBounds] ?? byDefault]),
  ) as unknown as KafkaBounds;
  const ready = {
    clientId: "gendan",
    topicPrefix: "",
    groupPrefix: "",
    report: () => undefined,
    ...settings,
    ...bounds,
  };
  const faults = [...wrongLists(ready), ...wrongNumbers(ready)];
  if (faults.length > 0) throw new Fault("CONFIGURATION", `Kafka: ${faults.join("; ")}.`, { faults });
  return ready;
}

function* wrongLists({ brokers, topics, topicPrefix, tls }: ReadyKafkaSettings): Iterable<string> {
  if (brokers.length === 0) yield "no broker is named";
  for (const broker of brokers)
    if (!/^[^:\s]+:[1-9]\d{0,4}$/.test(broker)) yield `the broker ${JSON.stringify(broker)} is not host:port`;
  for (const topic of topics.map((name) => topicPrefix + name))
    if (!/^[a-zA-Z0-9._-]{1,249}$/.test(topic) || /^\.\.?$/.test(topic))
      yield `${JSON.stringify(topic)} cannot be a topic (letters, digits and ._- only, at most 249)`;
  if (typeof tls === "object" && (tls.certificate === undefined) !== (tls.key === undefined))
    yield "tls needs certificate and key together, or neither";
}

function* wrongNumbers(ready: ReadyKafkaSettings): Iterable<string> {
  const all: [string, number, readonly [number, number]][] = [
    ["partitions", ready.partitions, [1, MOST_PARTITIONS]],
    ["replication", ready.replication ?? 1, [1, MOST_REPLICATION]],
    ...Object.entries(BOUNDS).map(([name, [least, , most]]): [string, number, [number, number]] => [
      name,
      ready[name as keyof KafkaBounds],
      [least, most],
    ]),
  ];
  for (const [name, value, [least, most]] of all)
    if (!Number.isSafeInteger(value) || value < least || value > most)
      yield `${name} is ${value}, and has to be a whole number from ${least} to ${most}`;
  if (ready.heartbeatMs * 3 > ready.sessionTimeoutMs) yield "heartbeatMs is more than a third of sessionTimeoutMs";
}

/** For one client each: the library shares what it remembers of a group among the consumers of one configuration. */
export function clientConfig(settings: ReadyKafkaSettings): KafkaConfig {
  const { brokers, clientId, tls, sasl, connectTimeoutMs, requestTimeoutMs } = settings;
  return {
    brokers: [...brokers],
    clientId,
    connectionTimeout: connectTimeoutMs,
    authenticationTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    retry: RETRY,
    socketFactory: brokerSocket,
    // What matters of it comes back as an error as well.
    logLevel: logLevel.NOTHING,
    ...(tls === undefined || tls === false ? {} : { ssl: tls === true ? true : pem(tls) }),
    ...(sasl === undefined ? {} : { sasl: { ...sasl } as SASLOptions }),
  };
}

const pem = ({ ca, certificate, key }: Exclude<KafkaSettings["tls"], boolean | undefined>) => ({
  ...(ca === undefined ? {} : { ca }),
  ...(certificate === undefined ? {} : { cert: certificate }),
  ...(key === undefined ? {} : { key }),
});
