// The servers that `npm run bench -- --engines …` measures on: those that variables name, else own ones for this run alone.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { newId } from "@gendan/eventing";
import { MongoClient } from "mongodb";
import { PARTITIONS, rawKafka } from "./engines-raw.js";

export const engineNames = ["kafka", "mongodb"] as const;
export type EngineName = (typeof engineNames)[number];

export interface Servers {
  /** host:port */
  readonly kafka: string;
  /** The URL; undefined where it was not asked for. */
  readonly mongodb: string | undefined;
  /** Ends the own ones and leaves the others alone. */
  close(): Promise<void>;
}

/** An installation of its own on the servers: the variables that name it to a process. */
export interface Installation {
  readonly environment: Readonly<Record<string, string>>;
  /** Deletes its topics and databases. */
  remove(): Promise<void>;
}

const variables: Readonly<Record<EngineName, string>> = {
  kafka: "GENDAN_TEST_KAFKA",
  mongodb: "GENDAN_TEST_MONGODB",
};
const tool = join(import.meta.dirname, "../../../../tools/engines.mjs");

/** Whether a variable names a server of this engine. */
export const isNamed = (name: EngineName): boolean => Boolean(process.env[variables[name]]);

/** Starts what no variable names; resolved when all answer. Everything is ended again when one cannot be had or on the signal. */
export async function openServers(
  names: readonly EngineName[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Servers> {
  const own: ChildProcess[] = [];
  const close = async (): Promise<void> => void (await Promise.all(own.splice(0).map(ended)));
  const addressOf = async (name: EngineName): Promise<string> => {
    const named = process.env[variables[name]];
    if (named) return named;
    const child = spawn(process.execPath, [tool, "run", name], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    own.push(child);
    signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    const address = await firstAddress(name, child);
    say(`  started ${name} for this run: ${address}`);
    return address;
  };
  try {
    const addresses = new Map<EngineName, string>();
    for (const name of names) addresses.set(name, await addressOf(name));
    return { kafka: addresses.get("kafka")!, mongodb: addresses.get("mongodb"), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function firstAddress(name: EngineName, child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const line = await Promise.race([once(lines, "line"), once(child, "exit").then(() => undefined)]);
  if (!line) throw new Error(`${name} could not be started; it says why above.`);
  return (JSON.parse(String(line[0])) as { readonly address: string }).address;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

/** What it is named is new, so that it meets nobody else's data on servers that are shared. */
export function newInstallation({ kafka, mongodb }: Servers): Installation {
  if (mongodb === undefined) throw new Error("This needs --engines kafka,mongodb.");
  const name = `bench-${newId().slice(-8)}`;
  return {
    environment: {
      GENDAN_EVENT_BUS: "kafka",
      GENDAN_KAFKA_BROKERS: kafka,
      GENDAN_KAFKA_PREFIX: `${name}.`,
      GENDAN_KAFKA_PARTITIONS: String(PARTITIONS),
      GENDAN_KAFKA_REPLICATION: "1",
      GENDAN_DOCUMENT_STORE: "mongodb",
      GENDAN_MONGODB_URL: mongodb,
      GENDAN_MONGODB_DATABASE: name,
      GENDAN_TOKEN_SECRET: newId() + newId(),
      GENDAN_LOG_LEVEL: "error",
    },
    async remove() {
      await removeTopics(kafka, `${name}.`);
      await removeDatabases(mongodb, `${name}-`);
    },
  };
}

async function removeTopics(kafka: string, prefix: string): Promise<void> {
  const admin = rawKafka(kafka).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}

async function removeDatabases(url: string, prefix: string): Promise<void> {
  const client = await MongoClient.connect(url);
  try {
    const { databases } = await client.db("admin").admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
