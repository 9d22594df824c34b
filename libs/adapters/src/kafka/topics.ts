// The topics at start: made when absent, checked when there, never changed.
import { Fault } from "@gendan/eventing";
import kafkajs, { type Admin } from "kafkajs";
import { isStarting, patiently } from "./faults.js";
import type { ReadyKafkaSettings } from "./settings.js";

type TopicSettings = Pick<
  ReadyKafkaSettings,
  "brokers" | "topics" | "partitions" | "maxMessageBytes" | "openDeadlineMs"
> & { readonly replication: number };

/** Copies of a topic where nothing is said: one may be lost while another is maintained. */
const COPIES = 3;

/** What has to hold of a topic's configuration, and whether what it has is as good. */
interface Wanted {
  readonly name: string;
  readonly value: string;
  readonly suffices: (has: string) => boolean;
}

const CREATE_TIMEOUT_MS = 10_000;

const wantedOf = ({ maxMessageBytes }: TopicSettings): readonly Wanted[] => [
  { name: "cleanup.policy", value: "delete", suffices: (has) => has === "delete" },
  { name: "retention.ms", value: "-1", suffices: (has) => has === "-1" },
  { name: "retention.bytes", value: "-1", suffices: (has) => has === "-1" },
  { name: "max.message.bytes", value: String(maxMessageBytes), suffices: (has) => Number(has) >= maxMessageBytes },
];

/** A record's time is when the event was recorded, whatever the broker's clock says. */
const ONLY_WHEN_MADE = [{ name: "message.timestamp.after.max.ms", value: String(2n ** 63n - 1n) }];

/**
 * Makes the topics that are absent and checks all of them. A broker that has just started is waited for. Throws
 * CONFIGURATION with every difference and the command that mends it.
 */
export async function prepareTopics(admin: Admin, given: ReadyKafkaSettings): Promise<void> {
  if (given.topics.length === 0) return;
  await patiently(given.openDeadlineMs, async () => {
    const replication = given.replication ?? Math.min(COPIES, (await admin.describeCluster()).brokers.length);
    const settings = { ...given, replication, topics: given.topics.map((topic) => given.topicPrefix + topic) };
    await makeAbsent(admin, settings);
    await check(admin, settings);
  });
}

async function makeAbsent(admin: Admin, settings: TopicSettings): Promise<void> {
  const there = new Set(await admin.listTopics());
  const absent = [...new Set(settings.topics)].filter((topic) => !there.has(topic));
  if (absent.length === 0) return;
  const configEntries = [...wantedOf(settings).map(({ name, value }) => ({ name, value })), ...ONLY_WHEN_MADE];
  const { partitions: numPartitions, replication: replicationFactor } = settings;
  const topics = absent.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries }));
  try {
    await admin.createTopics({ topics, timeout: CREATE_TIMEOUT_MS, waitForLeaders: true });
  } catch (error) {
    throw whyNotMade(error);
  }
}

/** The brokers' answers of all topics that were not made. Another process that opens at the same time may have been first. */
function whyNotMade(error: unknown): unknown {
  const { errors } = error as { errors?: readonly (Error & { readonly topic: string; readonly type?: string })[] };
  if (!errors) return error;
  const others = errors.filter(({ type }) => type !== "TOPIC_ALREADY_EXISTS");
  const passing = others.length === 0 ? errors[0] : others.find(isStarting);
  if (passing) return passing;
  const faults = others.map(({ topic, message }) => `topic ${topic} cannot be made: ${message}`);
  return new Fault("CONFIGURATION", `Kafka: ${faults.join("; ")}`, { faults }, { cause: error });
}

async function check(admin: Admin, settings: TopicSettings): Promise<void> {
  const wanted = wantedOf(settings);
  const topics = [...new Set(settings.topics)];
  const { topics: found } = await admin.fetchTopicMetadata({ topics });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: wanted.map((each) => each.name),
    })),
  });
  const faults: string[] = [];
  for (const { name, partitions } of found) {
    faults.push(...wrongLayout(name, partitions, settings));
    const entries = resources.find((each) => each.resourceName === name)?.configEntries ?? [];
    for (const each of wanted) {
      const has = entries.find(({ configName }) => configName === each.name)?.configValue;
      if (has === undefined || each.suffices(has)) continue;
      faults.push(
        `topic ${name} has ${each.name}=${has}, wanted is ${each.value}: ` +
          `kafka-configs.sh ${server(settings)} --alter --topic ${name} --add-config ${each.name}=${each.value}`,
      );
    }
  }
  if (faults.length > 0) throw new Fault("CONFIGURATION", `Kafka: ${faults.join("; ")}`, { faults });
}

function* wrongLayout(
  topic: string,
  partitions: readonly { readonly replicas: readonly number[] }[],
  settings: TopicSettings,
): Iterable<string> {
  if (partitions.length < settings.partitions) {
    yield (
      `topic ${topic} has ${partitions.length} partitions, wanted are ${settings.partitions}: ` +
      "configure the number that it has (more would move aggregates between partitions), or, while it is empty: " +
      `kafka-topics.sh ${server(settings)} --alter --topic ${topic} --partitions ${settings.partitions}`
    );
  } else if (partitions.length > settings.partitions) {
    yield (
      `topic ${topic} has ${partitions.length} partitions, wanted are ${settings.partitions}: ` +
      "configure the number that it has, or, while it is empty, have it made anew: " +
      `kafka-topics.sh ${server(settings)} --delete --topic ${topic}`
    );
  }
  const replication = Math.min(...partitions.map(({ replicas }) => replicas.length));
  if (partitions.length > 0 && replication < settings.replication) {
    yield (
      `topic ${topic} has replication ${replication}, wanted is ${settings.replication}: ` +
      `kafka-reassign-partitions.sh ${server(settings)} --reassignment-json-file FILE --execute`
    );
  }
}

const server = ({ brokers }: TopicSettings): string => `--bootstrap-server ${brokers[0]}`;
