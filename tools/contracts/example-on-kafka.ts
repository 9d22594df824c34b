// An example consumer on a broker: its topic, its process, its store, its dead letters.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fromRecord, toRecord } from "@gendan/adapters/kafka/records";
import { newId, type Message } from "@gendan/eventing";
import { eventually } from "@gendan/testing/wait";
import { Kafka, logLevel, type Message as KafkaMessage } from "kafkajs";

/** The record of a message as the relay publishes it. */
export function recordOf(
  message: Pick<Message, "type" | "topic" | "key" | "sequence" | "data"> & Partial<Message>,
): KafkaMessage {
  const { key, value, headers } = toRecord({
    id: newId(),
    version: 1,
    source: "order",
    occurredAt: "2027-02-02T10:00:00.000Z",
    recordedAt: "2027-02-02T10:00:00.000Z",
    actor: { kind: "person", id: "li" },
    ...message,
  });
  return { key, value, headers: { ...headers } };
}

/** What a dead letter says: its record's key and sequence, whether the record itself can be read, and the reason. */
export interface DeadLetter {
  readonly key: string;
  readonly sequence: number;
  readonly readable: boolean;
  readonly reason: string;
}

export class ExampleOnKafka {
  readonly home = realpathSync(mkdtempSync(join(tmpdir(), "example-consumer-")));
  /** What the program has said since it was started the last time. */
  said = "";
  private readonly store = join(this.home, "store.db");
  private readonly prefix = `example-${newId()}.`;
  private readonly kafka: Kafka;
  private readonly producer;
  private readonly admin;
  private child: ChildProcess | undefined;

  constructor(
    private readonly brokers: string,
    private readonly example: { readonly topic: string; readonly group: string },
  ) {
    this.kafka = new Kafka({ clientId: "example.spec", brokers: [brokers], logLevel: logLevel.NOTHING });
    this.producer = this.kafka.producer();
    this.admin = this.kafka.admin();
  }

  async connect(): Promise<void> {
    await Promise.all([this.producer.connect(), this.admin.connect()]);
    await this.admin.createTopics({ topics: [{ topic: this.topic, numPartitions: 3 }] });
  }

  async close(): Promise<void> {
    this.child?.kill("SIGKILL");
    await Promise.all([this.producer.disconnect(), this.admin.disconnect()]);
    rmSync(this.home, { recursive: true, force: true });
  }

  async send(...messages: readonly KafkaMessage[]): Promise<void> {
    await this.producer.send({ topic: this.topic, acks: -1, messages: [...messages] });
  }

  /** Starts the program in its home, told where to read and what to keep by the settings that the examples have. */
  start(program: string, args: readonly string[]): void {
    const { brokers: KAFKA_BROKERS, prefix: KAFKA_PREFIX, store: STORE } = this;
    const env = { PATH: process.env["PATH"], KAFKA_BROKERS, KAFKA_PREFIX, STORE };
    this.said = "";
    this.child = spawn(program, args, { cwd: this.home, env, stdio: ["ignore", "pipe", "inherit"] });
    this.child.stdout!.on("data", (text: Buffer) => (this.said += text.toString()));
  }

  /** Ends the program by the signal; resolves with its exit code when all that it said is there. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    return new Promise((resolve) => {
      this.child!.once("close", resolve);
      this.child!.kill(signal);
    });
  }

  /** What the program keeps. */
  rows(table: string, columns: string): readonly unknown[] {
    const db = new DatabaseSync(this.store, { readOnly: true });
    try {
      return db
        .prepare(`SELECT ${columns} FROM ${table} ORDER BY 1, 2`)
        .all()
        .map((row) => Object.values(row));
    } finally {
      db.close();
    }
  }

  /** As its README says to do when it was mended. */
  deleteStore(): void {
    for (const end of ["", "-wal", "-shm"]) rmSync(this.store + end, { force: true });
  }

  async countDead(): Promise<number | undefined> {
    return (await this.admin.fetchTopicOffsets(this.deadLetters)).map(({ high }) => Number(high)).at(0);
  }

  /** The dead letters, when there are so many. */
  async letters(count: number, patienceMs: number): Promise<readonly DeadLetter[]> {
    const consumer = this.kafka.consumer({ groupId: `${this.prefix}spec` });
    await consumer.connect();
    await consumer.subscribe({ topic: this.deadLetters, fromBeginning: true });
    const letters: DeadLetter[] = [];
    await consumer.run({
      eachMessage: ({ message }) => {
        const { message: read, unreadable } = fromRecord(this.example.topic, 0, message);
        const { key, sequence } = read;
        letters.push({
          ...{ key, sequence, readable: unreadable === undefined },
          reason: String(message.headers!["dead_reason"]),
        });
        return Promise.resolve();
      },
    });
    await eventually(() => letters.length === count, patienceMs);
    await consumer.disconnect();
    return letters;
  }

  private get topic(): string {
    return this.prefix + this.example.topic;
  }

  private get deadLetters(): string {
    return `${this.prefix}${this.example.group}.dead-letters`;
  }
}
