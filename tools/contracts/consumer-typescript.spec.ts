// The TypeScript consumer, from the packed package and kafkajs alone, on a broker: what it keeps is right whatever is
// repeated, broken, newer or unknown, and whenever it is killed.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { contractOf } from "@gendan/contracts";
import type { Message } from "@gendan/eventing";
import { describeOn } from "@gendan/testing/engines";
import { eventually } from "@gendan/testing/wait";
import { nodeBinary, root } from "../workspace.mjs";
import { compile, install, installedVersion, pack } from "./consumer-folder.js";
import { ExampleOnKafka, recordOf } from "./example-on-kafka.js";

const EXAMPLE = join(root, "examples/consumer-typescript");
const PATIENCE_MS = 50_000;
const example = contractOf("order.delivered")!.exampleOf(1) as { readonly orderId: string; readonly lines: object[] };

/** An order's delivery, late by two days. */
const delivered = (orderId: string, sequence: number, change: Partial<Message> = {}) =>
  recordOf({
    ...{ type: "order.delivered", topic: "gendan.orders", key: orderId, sequence, data: { ...example, orderId } },
    ...change,
  });

test("the example names the versions that the repository has", () => {
  const { dependencies } = JSON.parse(readFileSync(join(EXAMPLE, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const { "@gendan/contracts": contracts, ...others } = dependencies;
  expect(contracts).toBe(`file:./gendan-contracts-${installedVersion("@gendan/contracts")}.tgz`);
  expect(others).toEqual({ kafkajs: installedVersion("kafkajs"), zod: installedVersion("zod") });
});

describeOn("kafka", (brokers) => {
  const consumer = new ExampleOnKafka(brokers, { topic: "gendan.orders", group: "late-deliveries" });
  const { home } = consumer;
  const late = () => consumer.rows("late", "order_id, days");
  const start = () => consumer.start(nodeBinary(), ["--disable-warning=TimeoutNegativeWarning", "src/main.ts"]);

  beforeAll(async () => {
    cpSync(EXAMPLE, home, { recursive: true, filter: (path) => !/node_modules|\.tgz$|\.db/.test(path) });
    install(home, pack(home).tarball, ["kafkajs", "zod", "@types/node"]);
    await consumer.connect();
  });
  afterAll(() => consumer.close());

  const [one, two, broken, other, newer] = [1, 2, 3, 4, 5].map((n) => `394a531c-2199-5c51-8eb7-a60f1930616${n}`) as [
    ...[string, string, string, string, string],
  ];

  test("it type-checks against the package's declarations", () => expect(compile(home)).toBe(""));

  test("it keeps each late delivery once, sets aside what is broken with its aggregate alone, and takes what is newer", async () => {
    start();
    await consumer.send(
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
    await eventually(async () => (await consumer.countDead()) === 2, PATIENCE_MS);
    expect(late()).toEqual([
      [one, 5],
      [two, 2],
      [newer, 2],
    ]);
    expect(consumer.rows("aside", "key, reason")).toEqual([[broken, expect.stringContaining("JSON")]]);
  });

  test("killed and started again it goes on where it was, and repeats nothing", async () => {
    await consumer.end("SIGKILL");
    await consumer.send(delivered(one, 16), delivered(broken, 32), delivered(broken, 48), delivered(other, 16));
    start();
    await eventually(() => late().length === 4, PATIENCE_MS);
    await eventually(async () => (await consumer.countDead()) === 3, PATIENCE_MS);
    expect(late()).toEqual([
      [one, 5],
      [two, 2],
      [other, 2],
      [newer, 2],
    ]);
  });

  test("it says what it has made when it is stopped", async () => {
    expect(await consumer.end("SIGTERM")).toBe(0);
    expect(JSON.parse(consumer.said)).toContainEqual({ orderId: one, deliveredOn: "2027-02-02", days: 5 });
  });

  test("its dead letters are the records as they were, with the reason", async () => {
    const behind = { key: broken, readable: true, reason: expect.stringContaining("behind: ") };
    expect(await consumer.letters(3, PATIENCE_MS)).toEqual([
      { key: broken, sequence: 16, readable: false, reason: expect.stringContaining("JSON") },
      { ...behind, sequence: 32 },
      { ...behind, sequence: 48 },
    ]);
  });
});
