// The engine behind each port, as the variables name it; adapters are loaded only when they are named.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFolder, type FolderLock } from "@gendan/adapters/sqlite/folder-lock";
import type { MongoConnection } from "@gendan/adapters/mongodb/connection";
import {
  Fault,
  systemClock,
  type BlobStore,
  type Clock,
  type DocumentStore,
  type Engines,
  type EventBus,
  type EventStore,
  type KeyStore,
} from "@gendan/eventing";
import { auditKeyOf, tokenSecret, type SigningKey } from "@gendan/security";
import { ConfigFault, type BaseConfig } from "@gendan/service-kit";
import { auditSecret } from "./audit.js";
import { masterKeysOf } from "./master-keys.js";
import { writes } from "./service-names.js";

const IN_MEMORY = ":memory:";

export interface EngineOptions {
  /** The data folder, or "memory" for what is gone when closed (of the ports that are on SQLite). */
  readonly where: { readonly directory: string } | "memory";
  /** Absent: every port on SQLite. */
  readonly config?: BaseConfig;
  /** Whether this process is the whole company or one process of several; the latter shares bus and keys with others. */
  readonly alone: boolean;
  readonly clock?: Clock;
  /** Told of faults that an engine recovers from by itself. */
  readonly report?: (what: string, error: unknown) => void;
}

export interface OpenEngines {
  readonly keys: KeyStore;
  /** Files, of all services and the gateway. */
  readonly blobs: BlobStore;
  /** The engines of one service; opened when first asked for. */
  of(service: string): Promise<Engines>;
  /** Tells other programs where this one answers. */
  publish(url: string): void;
  close(): Promise<void>;
}

/** Keys are where documents are, unless something else is asked for. */
const keyStoreOf = ({ keyStore, documentStore }: BaseConfig): "sqlite" | "mongodb" => keyStore ?? documentStore;

/** Throws a ConfigFault that names every variable which is missing, or cannot be so where there are several processes. */
export function checkEngines(config: BaseConfig, alone: boolean): void {
  const faults: string[] = [];
  const keyStore = keyStoreOf(config);
  const uses = (engine: string): boolean =>
    [config.eventStore, config.eventBus, config.documentStore, keyStore].includes(engine as never);
  if (uses("kafka") && !config.kafkaBrokers) faults.push("GENDAN_KAFKA_BROKERS is missing: host:port of some brokers");
  if (uses("mongodb") && !config.mongodbUrl)
    faults.push("GENDAN_MONGODB_URL is missing: mongodb://host:27017/?replicaSet=rs0");
  if (uses("eventstoredb") && !config.eventstoreUrl)
    faults.push("GENDAN_EVENTSTORE_URL is missing: esdb://host:2113?tls=true");
  if (config.blobs === "s3") {
    const needed = {
      endpoint: config.s3Endpoint,
      bucket: config.s3Bucket,
      access_key: config.s3AccessKey,
      secret_key: config.s3SecretKey,
    };
    const missing = Object.entries(needed).flatMap(([name, value]) =>
      value === undefined ? [`GENDAN_S3_${name.toUpperCase()}`] : [],
    );
    if (missing.length > 0) faults.push(`GENDAN_BLOBS=s3 needs ${missing.join(", ")}`);
  }
  if (config.kafkaSaslMechanism && !(config.kafkaUsername && config.kafkaPassword))
    faults.push("GENDAN_KAFKA_SASL_MECHANISM needs GENDAN_KAFKA_USERNAME and GENDAN_KAFKA_PASSWORD");
  if (!alone && config.eventBus === "embedded")
    faults.push("GENDAN_EVENT_BUS is embedded, accepted where there are several processes: kafka");
  if (!alone && keyStore === "sqlite") faults.push(KEYS_ELSEWHERE);
  if (faults.length > 0) throw new ConfigFault(faults);
}

const KEYS_ELSEWHERE = "GENDAN_KEY_STORE is sqlite, accepted where there are several processes: mongodb";

/** The secret that the key of tokens follows from, where several processes share it. */
export async function sharedSecret(directory: string, config: BaseConfig): Promise<Uint8Array> {
  if (config.tokenSecret === undefined && keyStoreOf(config) === "sqlite") throw new ConfigFault([KEYS_ELSEWHERE]);
  return signingSecret(directory, config);
}

/** The secret that the key of tokens follows from, for who needs no more of the key store than this. */
export async function signingSecret(directory: string, config: BaseConfig): Promise<Uint8Array> {
  if (config.tokenSecret !== undefined) return new TextEncoder().encode(config.tokenSecret);
  const keys = await openKeys(directory, config);
  try {
    return await tokenSecret(undefined, keys);
  } finally {
    await keys.close();
  }
}

/** The key that signs the heads of audit streams, for who needs no more of the key store than this. */
export async function auditKey(directory: string, config: BaseConfig): Promise<SigningKey> {
  const keys = await openKeys(directory, config);
  try {
    return auditKeyOf(await auditSecret(keys));
  } finally {
    await keys.close();
  }
}

/** Opens them. Throws Faults with one line that says what to do, having closed what was open. */
export async function openEngines(options: EngineOptions): Promise<OpenEngines> {
  const engines = new OpeningEngines(options);
  try {
    await engines.open();
    return engines;
  } catch (error) {
    await engines.close();
    throw error;
  }
}

class OpeningEngines implements OpenEngines {
  keys!: KeyStore;
  blobs!: BlobStore;
  private bus!: EventBus;
  private lock: FolderLock | undefined;
  private mongo: Promise<MongoConnection> | undefined;
  private readonly closing: (() => Promise<void>)[] = [];

  constructor(private readonly options: EngineOptions) {}

  async open(): Promise<void> {
    const { where, config, alone } = this.options;
    if (config) checkEngines(config, alone);
    if (alone && where !== "memory") this.lock = await this.locked(where.directory);
    this.bus = await this.openBus();
    this.keys = await this.openKeys();
    this.blobs = this.kept(await openBlobs(where, config));
  }

  async of(service: string): Promise<Engines> {
    const { where, config, clock = systemClock } = this.options;
    const { eventStore = "sqlite", documentStore = "sqlite" } = config ?? {};
    const onDisk = where !== "memory" && ((eventStore === "sqlite" && writes(service)) || documentStore === "sqlite");
    if (onDisk) await this.locked(this.path(service));
    return {
      bus: this.bus,
      keys: this.keys,
      blobs: this.blobs,
      clock,
      eventStore: await this.openEvents(service),
      documents: await this.openDocuments(service, "documents"),
      operational: await this.openDocuments(service, "operational"),
    };
  }

  publish(url: string): void {
    this.lock?.publish({ url });
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
  }

  private async openEvents(service: string): Promise<EventStore> {
    const { config, alone, report } = this.options;
    if (config?.eventStore === "eventstoredb") {
      const { EventStoreDbEventStore } = await import("@gendan/adapters/eventstoredb/event-store");
      return this.kept(
        await EventStoreDbEventStore.open({
          connectionString: config.eventstoreUrl!,
          service,
          report: (fault) => report?.("event store", fault),
        }),
      );
    }
    const { SqliteEventStore } = await import("@gendan/adapters/sqlite/event-store");
    // One that writes nothing may run several times beside SQLite.
    const file = writes(service) || alone ? this.path(service, "events.db") : IN_MEMORY;
    return this.kept(await SqliteEventStore.open({ file }));
  }

  private async openDocuments(service: string, kind: "documents" | "operational"): Promise<DocumentStore> {
    const { config } = this.options;
    if (config?.documentStore === "mongodb") {
      const { MongoDocumentStore } = await import("@gendan/adapters/mongodb/document-store");
      const database = `${config.mongodbDatabase}-${service}${kind === "operational" ? "-operational" : ""}`;
      return this.kept(await MongoDocumentStore.open({ connection: await this.connection(config), database }));
    }
    const { SqliteDocumentStore } = await import("@gendan/adapters/sqlite/document-store");
    return this.kept(await SqliteDocumentStore.open({ directory: this.path(service, kind) }));
  }

  private async openBus(): Promise<EventBus> {
    const { config, report } = this.options;
    if (config?.eventBus === "kafka") {
      const { KafkaEventBus } = await import("@gendan/adapters/kafka/event-bus");
      const { topics } = await import("@gendan/contracts");
      return this.kept(await KafkaEventBus.open({ ...kafkaSettings(config), topics, ...(report ? { report } : {}) }));
    }
    const { SqliteEventBus } = await import("@gendan/adapters/sqlite/event-bus");
    return this.kept(await SqliteEventBus.open({ file: this.path("bus.db") }));
  }

  private async openKeys(): Promise<KeyStore> {
    const { config } = this.options;
    if (!config || keyStoreOf(config) === "sqlite")
      return this.kept(await openSqliteKeys(this.path("keys.db"), config));
    return this.kept(await openMongoKeys(config, await this.connection(config)));
  }

  private connection({ mongodbUrl }: BaseConfig): Promise<MongoConnection> {
    this.mongo ??= import("@gendan/adapters/mongodb/connection").then(async ({ connectMongo }) =>
      this.kept(await connectMongo({ url: mongodbUrl! })),
    );
    return this.mongo;
  }

  private path(...names: string[]): string {
    const { where } = this.options;
    return where === "memory" ? IN_MEMORY : join(where.directory, ...names);
  }

  private async locked(directory: string): Promise<FolderLock> {
    const lock = await lockFolder(directory);
    this.closing.push(() => lock.release());
    return lock;
  }

  private kept<Engine extends { close(): Promise<void> }>(engine: Engine): Engine {
    this.closing.push(() => engine.close());
    return engine;
  }
}

/** Where files are, also for a process that has no other engine. In memory they are in a folder that is gone when closed. */
export async function openBlobs(where: EngineOptions["where"], config: BaseConfig | undefined): Promise<BlobStore> {
  if (config?.blobs === "s3") {
    const { S3BlobStore } = await import("@gendan/adapters/s3/blob-store");
    const { s3Endpoint, s3Region, s3Bucket, s3AccessKey, s3SecretKey, s3Prefix } = config;
    return S3BlobStore.open({
      endpoint: s3Endpoint!,
      region: s3Region,
      bucket: s3Bucket!,
      accessKeyId: s3AccessKey!,
      secretAccessKey: s3SecretKey!,
      prefix: s3Prefix,
    });
  }
  const { FolderBlobStore } = await import("@gendan/adapters/folder/blob-store");
  const folder = config?.blobsFolder ?? (where === "memory" ? undefined : join(where.directory, "blobs"));
  if (folder !== undefined) return FolderBlobStore.open({ directory: folder });
  const directory = mkdtempSync(join(tmpdir(), "gendan-blobs-"));
  const store = await FolderBlobStore.open({ directory });
  store.close = async () => rmSync(directory, { recursive: true, force: true });
  return store;
}

const openSqliteKeys = async (file: string, config: BaseConfig | undefined): Promise<KeyStore> =>
  (await import("@gendan/adapters/sqlite/key-store")).SqliteKeyStore.open({
    file,
    masters: masterKeysOf(config ?? {}),
  });

const openMongoKeys = async (config: BaseConfig, connection: MongoConnection): Promise<KeyStore> =>
  (await import("@gendan/adapters/mongodb/key-store")).MongoKeyStore.open({
    connection,
    database: `${config.mongodbDatabase}-keys`,
    masters: masterKeysOf(config),
  });

/** The key store of an installation alone, beside its running servers. */
async function openKeys(directory: string, config: BaseConfig): Promise<KeyStore> {
  if (keyStoreOf(config) === "sqlite") return openSqliteKeys(join(directory, "keys.db"), config);
  checkEngines(config, true);
  const { connectMongo } = await import("@gendan/adapters/mongodb/connection");
  const connection = await connectMongo({ url: config.mongodbUrl! });
  const keys = await openMongoKeys(config, connection);
  const close = keys.close.bind(keys);
  keys.close = () => close().finally(() => connection.close());
  return keys;
}

function kafkaSettings(config: BaseConfig) {
  const { kafkaBrokers, kafkaPrefix, kafkaPartitions, kafkaReplication, kafkaTls, kafkaCaFile } = config;
  const { kafkaSaslMechanism, kafkaUsername, kafkaPassword } = config;
  return {
    brokers: kafkaBrokers!,
    clientId: "gendan",
    topicPrefix: kafkaPrefix,
    groupPrefix: kafkaPrefix,
    partitions: kafkaPartitions,
    ...(kafkaReplication > 0 ? { replication: kafkaReplication } : {}),
    ...(kafkaTls === "on" ? { tls: kafkaCaFile === undefined ? true : { ca: pem(kafkaCaFile) } } : {}),
    ...(kafkaSaslMechanism
      ? { sasl: { mechanism: kafkaSaslMechanism, username: kafkaUsername!, password: kafkaPassword! } }
      : {}),
  };
}

function pem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Fault(
      "CONFIGURATION",
      `GENDAN_KAFKA_CA_FILE cannot be read: ${(cause as Error).message}.`,
      {},
      { cause },
    );
  }
}
