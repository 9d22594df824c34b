// The one connection of a process to MongoDB, shared by every store; checked at the start for what transactions need.
import { MongoClient, MongoParseError, type MongoClientOptions } from "mongodb";
import { Fault } from "@gendan/eventing";
import { configuration, MongoFaults, reasonOf, type Unavailable } from "./faults.js";

export interface MongoSettings {
  /** `mongodb://` or `mongodb+srv://`, with credentials where the server asks for them. They are in no message. */
  readonly url: string;
  /** Files in PEM: whom to trust besides the system's authorities, and the client's own certificate with its key. */
  readonly tls?: { readonly caFile?: string; readonly certificateKeyFile?: string; readonly keyPassword?: string };
  /** How long a call waits for a server that does not answer (default 5,000). A server that hangs is noticed in twice that. */
  readonly connectTimeoutMs?: number;
  /** The code of a server that cannot be reached (default DOCUMENT_STORE_UNAVAILABLE). */
  readonly unavailable?: Unavailable;
}

export interface MongoConnection {
  readonly client: MongoClient;
  /** The servers' addresses, without credentials. */
  readonly at: string;
  /** After the stores that use it. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const HEARTBEAT_MS = 2_000;
const POOL_SIZE = 50;
/** MongoDB 6.0. */
const OLDEST_WIRE_VERSION = 17;

/**
 * Connects to a replica set (one member is enough) or a sharded cluster. Throws CONFIGURATION for a URL or certificates that
 * cannot be used, for a server without transactions and for refused credentials; DOCUMENT_STORE_UNAVAILABLE (or what
 * `unavailable` names) where nobody answers in time.
 */
export async function connectMongo(settings: MongoSettings): Promise<MongoConnection> {
  const { unavailable = "DOCUMENT_STORE_UNAVAILABLE" } = settings;
  const client = clientOf(settings);
  const at = addressesOf(client);
  try {
    await client.connect();
    requireTransactions(await client.db("admin").command({ hello: 1 }), at);
  } catch (error) {
    await client.close().catch(() => undefined);
    if (isFileError(error)) throw configuration(`A certificate cannot be read: ${reasonOf(error)}.`, error);
    throw new MongoFaults(unavailable, at).of(error);
  }
  return { client, at, close: () => client.close() };
}

function clientOf({ url, tls, connectTimeoutMs = CONNECT_TIMEOUT_MS }: MongoSettings): MongoClient {
  const options: MongoClientOptions = {
    appName: "gendan",
    serverSelectionTimeoutMS: connectTimeoutMs,
    connectTimeoutMS: connectTimeoutMs,
    waitQueueTimeoutMS: connectTimeoutMs,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    maxPoolSize: POOL_SIZE,
    readPreference: "primary",
    readConcern: { level: "majority" },
    writeConcern: { w: "majority" },
    retryReads: true,
    retryWrites: true,
    ...(tls && { tls: true }),
    ...(tls?.caFile !== undefined && { tlsCAFile: tls.caFile }),
    ...(tls?.certificateKeyFile !== undefined && { tlsCertificateKeyFile: tls.certificateKeyFile }),
    ...(tls?.keyPassword !== undefined && { tlsCertificateKeyFilePassword: tls.keyPassword }),
  };
  try {
    return new MongoClient(url, options);
  } catch (error) {
    // What the driver says of a URL that it cannot read may quote it.
    if (error instanceof MongoParseError || error instanceof TypeError) {
      throw configuration("The MongoDB URL cannot be read: it looks like mongodb://host:27017/?replicaSet=rs0.", error);
    }
    throw configuration(`MongoDB cannot be connected to with these settings: ${reasonOf(error)}.`, error);
  }
}

const isFileError = (error: unknown): boolean => typeof error === "object" && error !== null && "syscall" in error;

function addressesOf(client: MongoClient): string {
  const { srvHost, hosts } = client.options;
  return srvHost ?? hosts.map(String).join(",");
}

/** What the server says of itself decides whether a batch can be one transaction. */
function requireTransactions(hello: Readonly<Record<string, unknown>>, at: string): void {
  if (hello["setName"] === undefined && hello["msg"] !== "isdbgrid") {
    throw new Fault(
      "CONFIGURATION",
      `MongoDB at ${at} is a standalone server, which has no transactions: start it with \`mongod --replSet rs0\` and call \`rs.initiate()\` once (one member is enough).`,
    );
  }
  if (Number(hello["maxWireVersion"]) < OLDEST_WIRE_VERSION) {
    throw new Fault("CONFIGURATION", `MongoDB at ${at} is older than 6.0: use 7 or 8.`);
  }
}
