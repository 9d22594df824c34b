// The Python consumer, from the published schemas and PyPI alone, on a broker: what it keeps is right whatever is repeated,
// broken, not as its schema says, newer or unknown, and whenever it is killed.
import { cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { contractOf } from "@gendan/contracts";
import type { Message } from "@gendan/eventing";
import { describeOn, notTested } from "@gendan/testing/engines";
import { eventually } from "@gendan/testing/wait";
import { root } from "../workspace.mjs";
import { ExampleOnKafka, recordOf } from "./example-on-kafka.js";
import { pythonFor } from "./python-environment.js";

const EXAMPLE = join(root, "examples/consumer-python");
const PATIENCE_MS = 50_000;
const found = await pythonFor("consumer-python", join(EXAMPLE, "requirements.txt"));

const topic = "gendan.receipts";
const exampleOf = (type: string, version: number) => contractOf(type)!.exampleOf(version) as object;

/** A receipt of 1,999.00 EUR; its number is its id's last digit. */
const recorded = (receiptId: string, sequence: number, change: Partial<Message> = {}) => {
  const data = { ...exampleOf("receipt.recorded", 1), receiptId, number: `RC-${receiptId.at(-1)}` };
  return recordOf({ type: "receipt.recorded", topic, key: receiptId, sequence, data, ...change });
};

/** So much of it is left after orders were given some, told in a version of the event. */
const allocated = (receiptId: string, sequence: number, minor: string, version = 1, more: object = {}) => {
  const left = { receiptId, unallocated: { minor, currency: "EUR" } };
  const data = { ...exampleOf("receipt.allocated", Math.min(version, 2)), ...left, ...more };
  return recordOf({ type: "receipt.allocated", version, topic, key: receiptId, sequence, data });
};

test("its schemas are the published ones, and older than the newest that it is sent", () => {
  const names = readdirSync(join(EXAMPLE, "schemas"));
  expect(names).toEqual(["receipt.allocated.v1.json", "receipt.recorded.v1.json"]);
  const read = (folder: string) => names.map((name) => readFileSync(join(root, folder, name), "utf8"));
  expect(read("examples/consumer-python/schemas")).toEqual(read("libs/contracts/generated/schemas"));
  expect(contractOf("receipt.allocated")!.newest).toBeGreaterThan(1);
});

describeOn("kafka", (brokers) => {
  if ("missing" in found) return notTested("python", found.missing, "program");
  const consumer = new ExampleOnKafka(brokers, { topic, group: "open-receipts" });
  const kept = () => consumer.rows("receipts", "number, minor");
  /** When the last record of each of these receipts has been taken. */
  const taken = (...last: readonly (readonly [string, number])[]) =>
    eventually(() => {
      const seen = consumer.rows("seen", "key, sequence").map(String);
      return last.every((place) => seen.includes(String(place)));
    }, PATIENCE_MS);
  const start = () => consumer.start(found.python, ["-X", "utf8", "-W", "error", "src/main.py"]);

  beforeAll(async () => {
    cpSync(EXAMPLE, consumer.home, { recursive: true, filter: (path) => !/\.venv|__pycache__|\.db/.test(path) });
    await consumer.connect();
  });
  afterAll(() => consumer.close());

  const [one, two, broken, wrong, keyless, other] = [1, 2, 3, 4, 5, 6].map(
    (n) => `f4c8b162-9e3d-5a70-8b45-2d7e6f901c3${n}`,
  ) as [...[string, string, string, string, string, string]];

  test("it keeps what is left of each receipt, whatever is repeated, and sets aside what is broken with its aggregate", async () => {
    start();
    await consumer.send(
      recorded(one, 0),
      recorded(one, 0), // again
      allocated(one, 16, "150000"),
      recorded(one, 0), // an earlier one, again
      { ...recorded(broken, 0), value: "{ no JSON" },
      allocated(broken, 16, "1"), // behind it
      recorded(wrong, 0),
      allocated(wrong, 16, "1,50"), // is JSON, and no amount
      allocated(wrong, 32, "1"), // behind it
      recorded(two, 0, { type: "receipt.unheard.of", data: "anything" }),
      recorded(two, 16),
    );
    const { headers: _, ...without } = recorded(keyless, 0);
    await consumer.send(without);
    await eventually(async () => (await consumer.countDead()) === 5, PATIENCE_MS);
    await taken([one, 16], [broken, 16], [wrong, 32], [two, 16]);
    expect(kept()).toEqual([
      ["RC-1", 150_000],
      ["RC-2", 199_900],
      ["RC-4", 199_900],
    ]);
    expect(consumer.rows("aside", "key, reason")).toEqual([
      [expect.stringMatching(/^\d@\d+$/), "no ce_type"],
      [broken, expect.stringContaining("no JSON: ")],
      [wrong, expect.stringContaining("receipt.allocated $.unallocated.minor: '1,50' does not match")],
    ]);
  });

  test("killed and started again it goes on where it was, and reads what has got an optional field meanwhile", async () => {
    await consumer.end("SIGKILL");
    await consumer.send(
      recorded(one, 0), // again
      allocated(one, 16, "150000", 2), // again, in the version that has come out since
      allocated(one, 32, "100000", 2),
      allocated(two, 32, "70000", 7, { since: "version 7" }),
      allocated(wrong, 48, "2", 2), // behind what was set aside before the kill
      recorded(other, 0),
    );
    start();
    await eventually(async () => (await consumer.countDead()) === 6, PATIENCE_MS);
    await taken([one, 32], [two, 32], [wrong, 48], [other, 0]);
    expect(kept()).toEqual([
      ["RC-1", 100_000],
      ["RC-2", 70_000],
      ["RC-4", 199_900],
      ["RC-6", 199_900],
    ]);
  });

  test("it says what it has made when it is stopped", async () => {
    expect(await consumer.end("SIGTERM")).toBe(0);
    expect(JSON.parse(consumer.said)).toContainEqual({ number: "RC-1", currency: "EUR", minor: 100_000 });
  });

  test("its dead letters are the records as they were, with the reason", async () => {
    const letters = await consumer.letters(6, PATIENCE_MS);
    const of = (key: string) => letters.filter((letter) => letter.key === key);
    expect(of(broken)).toEqual([
      { key: broken, sequence: 0, readable: false, reason: expect.stringContaining("no JSON") },
      { key: broken, sequence: 16, readable: true, reason: expect.stringContaining("behind: ") },
    ]);
    expect(of(wrong).map(({ sequence, reason }) => [sequence, reason.startsWith("behind: ")])).toEqual([
      [16, false],
      [32, true],
      [48, true],
    ]);
  });

  test("a store that was deleted is made again from the topics", async () => {
    const before = kept();
    consumer.deleteStore();
    start();
    await eventually(() => String(kept()) === String(before), PATIENCE_MS);
    expect(await consumer.end("SIGTERM")).toBe(0);
  });
});
