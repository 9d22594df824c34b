// Audit streams: what is told is there, and whatever somebody does to the files is found.
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { AuditStream, daysOf, type AuditStreamOptions } from "./audit-stream.js";
import { canonical, entryOf, hashOf, type CommandRefused, type Entry } from "./entry.js";
import { auditKeyOf, headsFile } from "./heads.js";
import { streamsIn, verifyStream } from "./verify-audit.js";

const key = auditKeyOf(new TextEncoder().encode("0123456789abcdef0123456789abcdef"));
const stranger = auditKeyOf(new TextEncoder().encode("f".repeat(32)));
const STREAM = "order-1";

let folder: string;
let now: Date;
let stream: AuditStream;
const reported: unknown[] = [];
const open = (of: Partial<AuditStreamOptions> = {}) =>
  AuditStream.open({
    folder,
    stream: STREAM,
    service: "order",
    key,
    report: (error) => void reported.push(error),
    now: () => now,
    ...of,
  });
const refusal = (command: string): CommandRefused => ({
  kind: "refused",
  user: "李",
  roles: ["sales"],
  correlation: "c-1",
  operation: command,
  command,
  codes: ["ORDER_STATE"],
  about: { orderId: "0190a1f2-0000-7000-8000-000000000001" },
});
const tellAll = (...commands: string[]) => Promise.all(commands.map((command) => stream.tell(refusal(command))));
const verified = (of = key) => verifyStream(folder, STREAM, of);
const kinds = async () => (await verified()).faults.map(({ kind, n }) => [kind, n]);

const dayFile = (day = "2026-11-23") => join(folder, STREAM, `${day}.jsonl`);
const linesIn = (file = dayFile()) => readFileSync(file, "utf8").split("\n").filter(Boolean);
const entriesIn = (file = dayFile()) => linesIn(file).map((line) => entryOf(line)!);
const rewrite = (edit: (lines: string[]) => void, file = dayFile()) => {
  const lines = linesIn(file);
  edit(lines);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
};
/** The lines chained anew from the one at `from` on, as somebody would who knows how. */
const rechain = (lines: string[], from: number) => {
  for (let index = from; index < lines.length; index++) {
    const { hash: previous, n } = JSON.parse(lines[index - 1]!) as Entry;
    const entry = { ...(JSON.parse(lines[index]!) as Entry), previous, n: n + 1 };
    lines[index] = canonical({ ...entry, hash: hashOf(entry) });
  }
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "gendan-audit-"));
  now = new Date("2026-11-23T08:00:00Z");
  reported.length = 0;
  stream = await open();
});
afterEach(async () => {
  await stream.close();
  rmSync(folder, { recursive: true });
});

describe("what is told", () => {
  test("is there in its order, each with the hash of the one before", async () => {
    await tellAll("verifyOrder", "confirmOrder");
    await tellAll("closeOrder");
    const entries = entriesIn();
    expect(entries.map(({ n, kind }) => `${n} ${kind}`)).toEqual(["1 begun", "2 refused", "3 refused", "4 refused"]);
    expect(entries[2]).toMatchObject({ ...refusal("confirmOrder"), at: now.toISOString(), previous: entries[1]!.hash });
    expect(await verified()).toEqual({ stream: STREAM, entries: 4, signedUpTo: 0, faults: [] });
  });
  test("goes on in the next day's file, after a restart too", async () => {
    await tellAll("a");
    now = new Date("2026-11-24T00:00:00Z");
    await tellAll("b");
    await stream.close();
    stream = await open();
    await tellAll("c");
    expect(daysOf(join(folder, STREAM))).toEqual(["2026-11-23.jsonl", "2026-11-24.jsonl"]);
    expect(await verified()).toEqual({ stream: STREAM, entries: 5, signedUpTo: 3, faults: [] });
    now = new Date("2026-11-22T00:00:00Z"); // somebody sets the clock
    await tellAll("d");
    expect(await kinds()).toEqual([]);
  });
  test("is fixed by a head at the clean stop; the newest unsigned entries are counted", async () => {
    await stream.close();
    stream = await open();
    await tellAll("a");
    expect(await verified()).toMatchObject({ entries: 3, signedUpTo: 1 });
    expect(await stream.signHead()).toMatchObject({ n: 3 });
    await stream.signHead();
    expect(linesIn(headsFile(folder, STREAM))).toHaveLength(2);
    expect(await verified()).toMatchObject({ entries: 3, signedUpTo: 3, faults: [] });
  });
  test("many at once are one write, and none is resolved before it is in the file", async () => {
    const told = Array.from({ length: 500 }, (_, n) => stream.tell(refusal(`c${n}`)));
    await Promise.race(told);
    expect(linesIn()).toHaveLength(501);
    await Promise.all(told);
  });
  test("is refused where it cannot be written, and nothing of it is left", async () => {
    await stream.close();
    await expect(stream.tell(refusal("a"))).rejects.toMatchObject({ code: "AUDIT_UNAVAILABLE" });
    expect(linesIn()).toHaveLength(1);
  });
});

describe("a crash in the middle of a line", () => {
  test("costs that line, and the next beginning says so", async () => {
    await tellAll("a");
    await stream.close();
    appendFileSync(dayFile(), '{"about":{"ord');
    expect(await kinds()).toEqual([["unreadable", 3]]);
    stream = await open();
    expect(entriesIn().at(-1)).toMatchObject({ kind: "begun", n: 3, brokenBytes: 14 });
    expect(await kinds()).toEqual([]);
  });
  test("and an end that was edited is not gone on from", async () => {
    await tellAll("a");
    await stream.close();
    appendFileSync(dayFile(), "{}\n");
    await expect(open()).rejects.toMatchObject({
      code: "STORE_DAMAGED",
      message: expect.stringContaining("audit verify"),
    });
  });
});

describe("it is found when somebody", () => {
  beforeEach(async () => {
    await tellAll("a", "b", "c", "d");
    await stream.signHead(); // entry 5
    await tellAll("e", "f");
  });

  test("does nothing: then nothing is", async () => {
    expect(await verified()).toEqual({ stream: STREAM, entries: 7, signedUpTo: 5, faults: [] });
  });
  test("edits an entry", async () => {
    rewrite((lines) => (lines[2] = lines[2]!.replace("ORDER_STATE", "SAME_PERSON")));
    expect(await kinds()).toEqual([["changed", 3]]);
    expect((await verified()).faults[0]!.where).toBe(`${dayFile()}:3`);
  });
  test("edits an entry and gives it its hash", async () => {
    rewrite((lines) => {
      const entry = { ...(JSON.parse(lines[2]!) as Entry), user: "wang" };
      lines[2] = canonical({ ...entry, hash: hashOf(entry) });
    });
    expect(await kinds()).toEqual([["unlinked", 4]]);
  });
  test("edits an entry and chains all that follow anew", async () => {
    rewrite((lines) => {
      lines[2] = lines[2]!.replace("ORDER_STATE", "SAME_PERSON");
      rechain(lines, 2);
    });
    expect(await kinds()).toEqual([["rewritten", 5]]);
  });
  test("writes it otherwise, although it says the same", async () => {
    rewrite((lines) => (lines[2] = lines[2]!.replace('{"about"', '{ "about"')));
    expect(await kinds()).toEqual([["unreadable", 3], ["missing", 3]]); // prettier-ignore
  });
  test("deletes an entry", async () => {
    rewrite((lines) => lines.splice(2, 1));
    expect(await kinds()).toEqual([["missing", 3]]);
  });
  test("deletes an entry and numbers the others anew", async () => {
    rewrite((lines) => {
      lines.splice(2, 1);
      rechain(lines, 2);
    });
    expect(await kinds()).toEqual([["rewritten", 5]]);
  });
  test("deletes the first one", async () => {
    rewrite((lines) => lines.splice(0, 1));
    expect(await kinds()).toEqual([["missing", 1]]);
  });
  test("inserts one", async () => {
    rewrite((lines) => lines.splice(3, 0, lines[1]!));
    expect(await kinds()).toEqual([["unlinked", 2], ["missing", 3]]); // prettier-ignore
  });
  test("exchanges two", async () => {
    rewrite((lines) => ([lines[2], lines[3]] = [lines[3]!, lines[2]!]));
    expect(await kinds()).toEqual([["missing", 3], ["unlinked", 3], ["missing", 4]]); // prettier-ignore
  });
  test("cuts the end off", async () => {
    rewrite((lines) => lines.splice(3));
    expect(await kinds()).toEqual([["cut", 4]]);
  });
  test("cuts the end off, and the process goes on from there", async () => {
    await stream.close();
    rewrite((lines) => lines.splice(4)); // entries 5 to 7; 5 and 7 were signed
    stream = await open();
    await tellAll("g", "h", "i");
    expect(await kinds()).toEqual([["rewritten", 5], ["rewritten", 7]]); // prettier-ignore
  });
  test("deletes a day", async () => {
    now = new Date("2026-11-24T08:00:00Z");
    await tellAll("g");
    now = new Date("2026-11-25T08:00:00Z");
    await tellAll("h");
    rmSync(dayFile("2026-11-24"));
    expect(await kinds()).toEqual([["missing", 8]]);
    rmSync(dayFile());
    expect(await kinds()).toEqual([["missing", 1]]);
  });
  test("deletes the stream", async () => {
    await stream.close();
    expect(streamsIn(folder)).toEqual([STREAM]);
    rmSync(join(folder, STREAM), { recursive: true });
    expect(streamsIn(folder)).toEqual([STREAM]);
    expect(await kinds()).toEqual([["gone", undefined]]);
    stream = await open();
  });
  test("signs a head with another key, or takes the one of another stream", async () => {
    const head = linesIn(headsFile(folder, STREAM))[0]!;
    const other = await open({ stream: "order-2", key: stranger });
    await other.close();
    appendFileSync(headsFile(folder, STREAM), readFileSync(headsFile(folder, "order-2")));
    expect((await verified()).faults).toMatchObject([{ kind: "forged", where: `${headsFile(folder, STREAM)}:2` }]);
    writeFileSync(headsFile(folder, "order-2"), `${head}\n`);
    expect((await verifyStream(folder, "order-2", key)).faults).toMatchObject([{ kind: "forged" }]);
  });
  test("is not found without the heads, so a copy of them is kept elsewhere", async () => {
    const copy = join(folder, "..", `copy-of-${STREAM}`);
    cpSync(join(folder, "heads"), copy, { recursive: true });
    try {
      rewrite((lines) => lines.splice(3));
      rmSync(headsFile(folder, STREAM));
      expect(await kinds()).toEqual([]);
      expect((await verifyStream(folder, STREAM, key, [copy])).faults).toMatchObject([{ kind: "cut", n: 4 }]);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});

test("a stream that is written is verified meanwhile", async () => {
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n++) {
      await tellAll(`a${n}`, `b${n}`);
      if (n % 10 === 0) await stream.signHead();
    }
  })();
  for (let round = 0; round < 20; round++) expect((await verified()).faults).toEqual([]);
  writing = false;
  await writer;
  expect((await verified()).entries).toBeGreaterThan(40);
});

test("the hash is the SHA-256 of canonical JSON, as docs/audit.md says", () => {
  expect(canonical({ b: [1, "ä\n"], a: { d: undefined, c: "" } })).toBe('{"a":{"c":""},"b":[1,"ä\\n"]}');
  const entry = { n: 1, kind: "begun", at: "2026-11-23T08:00:00.000Z", previous: "00", service: "order" };
  // printf '{"at":"2026-11-23T08:00:00.000Z","kind":"begun","n":1,"previous":"00","service":"order"}' | sha256sum
  expect(hashOf({ ...entry, hash: "any" })).toBe("4ec705e138d3150083f0d345813b5242918f711b155d25eb9948f3bc8f2a1cfa");
});
