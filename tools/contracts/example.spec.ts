// The example consumer, from the packed package and kafkajs alone, on a broker: what it keeps is right whatever is repeated,
// broken, newer or unknown, and whenever it is killed.
import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { fromRecord, toRecord } from "@gendan/adapters/kafka/records";
import { contractOf } from "@gendan/contracts";
import { newId, type Message } from "@gendan/eventing";
import { describeOn } from "@gendan/testing/engines";
import { eventually } from "@gendan/testing/wait";
import { Kafka, logLevel, type Message as KafkaMessage } from "kafkajs";
import { nodeBinary, root } from "../workspace.mjs";
import { compile, install, installedVersion, pack } from "./consumer-folder.js";

const EXAMPLE = join(root, "examples/consumer-typescript");
const PATIENCE_MS = 50_000;
const example = contractOf("order.delivered")!.exampleOf(1) as { readonly orderId: string; readonly lines: object[] };

/** An order's delivery as the relay publishes it, late by two days. */
function delivered(orderId: string, sequence: number, change: Partial<Message> = {}): KafkaMessage {
  const { key, value, headers } = toRecord({
    id: newId(),
    type: "order.delivered",
    version: 1,
    topic: "gendan.orders",
    key: orderId,
    sequence,
    source: "order",
    occurredAt: "2027-02-02T10:00:00.000Z",
    recordedAt: "2027-02-02T10:00:00.000Z",
    actor: { kind: "person", id: "li" },
    data: { ...example, orderId },
    ...change,
  });
  return { key, value, headers: { ...headers } };
}

test("the example names the versions that the repository has", () => {
  const { dependencies } = JSON.parse(readFileSync(join(EXAMPLE, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const { "@gendan/contracts": contracts, ...others } = dependencies;
  expect(contracts).toBe(`file:./gendan-contracts-${installedVersion("@gendan/contracts")}.tgz`);
  expect(others).toEqual({ kafkajs: installedVersion("kafkajs"), zod: installedVersion("zod") });
});

describeOn("kafka", (brokers) => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "example-consumer-")));
  const prefix = `example-${newId()}.`;
  const topic = `${prefix}gendan.orders`;
  const deadLetters = `${prefix}late-deliveries.dead-letters`;
  const store = join(home, "late.db");
  const kafka = new Kafka({ clientId: "example.spec", brokers: [brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  const admin = kafka.admin();
  let child: ChildProcess | undefined;
  let said = "";

  beforeAll(async () => {
    cpSync(EXAMPLE, home, { recursive: true, filter: (path) => !/node_modules|\.tgz$|\.db/.test(path) });
    install(home, pack(home).tarball, ["kafkajs", "zod", "@types/node"]);
    await Promise.all([producer.connect(), admin.connect()]);
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }] });
  });
  afterAll(async () => {
    child?.kill("SIGKILL");
    await Promise.all([producer.disconnect(), admin.disconnect()]);
    rmSync(home, { recursive: true, force: true });
  });

  const send = (...messages: KafkaMessage[]) => producer.send({ topic, acks: -1, messages });
  function start(): void {
    const env = { PATH: process.env["PATH"], KAFKA_BROKERS: brokers, KAFKA_PREFIX: prefix, STORE: store };
    child = spawn(nodeBinary(), ["src/main.ts"], { cwd: home, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (text: Buffer) => (said += text.toString()));
  }
  const ended = (by: ChildProcess, signal: "SIGTERM" | "SIGKILL") =>
    new Promise<number | null>((resolve) => {
      by.once("exit", resolve);
      by.kill(signal);
    });
  const rows = (table: string, columns: string): readonly unknown[] => {
    const db = new DatabaseSync(store, { readOnly: true });
    try {
      return db
        .prepare(`SELECT ${columns} FROM ${table} ORDER BY 1, 2`)
        .all()
        .map((row) => Object.values(row));
    } finally {
      db.close();
    }
  };
  const late = () => rows("late", "order_id, days");
  const dead = async () => (await admin.fetchTopicOffsets(deadLetters)).map(({ high }) => Number(high)).at(0);

  const [one, two, broken, other, newer] = [1, 2, 3, 4, 5].map((n) => `394a531c-2199-5c51-8eb7-a60f1930616${n}`) as [
    ...[string, string, string, string, string],
  ];

  test("it type-checks against the package's declarations", () => expect(compile(home)).toBe(""));

  test("it keeps each late delivery once, sets aside what is broken with its aggregate alone, and takes what is newer", async () => {
    start();
    await send(
      delivered(one, 16),
      delivered(one, 16), // again
      delivered(one, 32, { data: { ...example, orderId: one, lines: [{ ...example.lines[0], lateDays: 5 }] } }),
      delivered(one, 16), // an earlier one, again
      { ...delivered(broken, 16), value: "{ no JSON" },
      delivered(broken, 32), // behind it
      delivered(two, 16, { type: "order.unheard.of" }),
      delivered(two, 32),
      delivered(newer, 16, { version: 7, data: { ...example, orderId: newer, since: "version 7" } }),
    );
    await eventually(() => late().length === 3, PATIENCE_MS);
    await eventually(async () => (await dead()) === 2, PATIENCE_MS);
    expect(late()).toEqual([
      [one, 5],
      [two, 2],
      [newer, 2],
    ]);
    expect(rows("aside", "key, reason")).toEqual([[broken, expect.stringContaining("JSON")]]);
  });

  test("killed and started again it goes on where it was, and repeats nothing", async () => {
    await ended(child!, "SIGKILL");
    await send(delivered(one, 16), delivered(broken, 32), delivered(broken, 48), delivered(other, 16));
    start();
    await eventually(() => late().length === 4, PATIENCE_MS);
    await eventually(async () => (await dead()) === 3, PATIENCE_MS);
    expect(late()).toEqual([
      [one, 5],
      [two, 2],
      [other, 2],
      [newer, 2],
    ]);
  });

  test("it says what it has made when it is stopped", async () => {
    said = "";
    expect(await ended(child!, "SIGTERM")).toBe(0);
    expect(JSON.parse(said)).toContainEqual({ orderId: one, deliveredOn: "2027-02-02", days: 5 });
  });

  test("its dead letters are the records as they were, with the reason", async () => {
    const consumer = kafka.consumer({ groupId: `${prefix}spec` });
    await consumer.connect();
    await consumer.subscribe({ topic: deadLetters, fromBeginning: true });
    const letters: unknown[] = [];
    await consumer.run({
      eachMessage: ({ message }) => {
        const { message: read, unreadable } = fromRecord("gendan.orders", 0, message);
        letters.push([read.key, read.sequence, unreadable !== undefined, String(message.headers!["dead_reason"])]);
        return Promise.resolve();
      },
    });
    await eventually(() => letters.length === 3, PATIENCE_MS);
    await consumer.disconnect();
    expect(letters).toEqual([
      [broken, 16, true, expect.stringContaining("JSON")],
      [broken, 32, false, expect.stringContaining("behind: ")],
      [broken, 48, false, expect.stringContaining("behind: ")],
    ]);
  });
});
