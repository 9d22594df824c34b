// The real programs: up, status and down; a server in the foreground that is killed, started again, and goes on.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, symlinkSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "@jest/globals";
import { Kafka, logLevel } from "kafkajs";
import { MongoClient } from "mongodb";
import { eventually } from "@gendan/testing/wait";
import { describeWithServer } from "@gendan/testing/engines";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { root } from "../workspace.mjs";
import { programsFolder } from "./cache.mjs";
import { startOf } from "./processes.mjs";

const program = join(root, "tools/engines.mjs");
const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");

describeWithServer("kafka", (startServer) => {
  const clientOf = (brokers: string) => new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });

  test("a topic is still there when Kafka was killed and started again", async () => {
    const server = await startServer();
    const { address, pid } = server;
    const admin = clientOf(address).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "orders", numPartitions: 2 }] });
    await admin.disconnect();
    await server.kill();
    expect([startOf(pid!), server.pid]).toEqual([undefined, undefined]);
    await server.start();
    expect(server.address).toBe(address);
    const again = clientOf(address).admin();
    await again.connect();
    expect(await again.listTopics()).toEqual(["orders"]);
    await again.disconnect();
  });

  test("a port that is taken is named", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    await expect(startServer({ port })).rejects.toThrow(`kafka: port ${port} of 127.0.0.1 is in use`);
    taken.close();
  });
});

describeWithServer("mongodb", (startServer) => {
  test("a document is still there when it was killed and started again", async () => {
    const server = await startServer();
    const client = new MongoClient(server.address);
    await client.db("shop").collection<{ _id: string }>("orders").insertOne({ _id: "order-1" });
    await client.close();
    await server.kill();
    await server.start();
    const again = new MongoClient(server.address);
    expect(await again.db("shop").collection("orders").find().toArray()).toEqual([{ _id: "order-1" }]);
    await again.close();
  });

  let runner: ChildProcess | undefined;
  afterEach(() => void runner?.kill("SIGTERM"));

  test.each(["SIGTERM", "its parent's end"])("a server in the foreground ends by %s", async (cause) => {
    runner = spawn(process.execPath, [program, "run", "mongodb"], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    const [line] = (await once(runner.stdout!, "data")) as [Buffer];
    const { engine, pid, address } = JSON.parse(line.toString()) as Record<string, string>;
    expect([engine, address]).toEqual(["mongodb", expect.stringMatching(/^mongodb:\/\/127\.0\.0\.1:\d+$/)]);
    expect(startOf(pid!)).toBeDefined();
    if (cause === "SIGTERM") runner.kill("SIGTERM");
    else runner.disconnect();
    expect(await once(runner, "exit")).toEqual([0, null]);
    expect(startOf(pid!)).toBeUndefined();
  });

  test("a server that dies says so, and ends the one that ran it", async () => {
    runner = spawn(process.execPath, [program, "run", "mongodb"], { stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    runner.stderr!.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    const [line] = (await once(runner.stdout!, "data")) as [Buffer];
    process.kill((JSON.parse(line.toString()) as { pid: number }).pid, "SIGKILL");
    expect(await once(runner, "close")).toEqual([1, null]);
    expect(complaints).toContain("mongodb died (SIGKILL)");
  });
});

const cache = temporaryDirectory();
symlinkSync(programsFolder(), join(cache, "programs"));

function enginesWith(env: Record<string, string>, args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    env: { ...process.env, GENDAN_CACHE: cache, ...env },
    encoding: "utf8",
  });
  return { lines: linesOf(stdout), told: linesOf(stderr), status };
}
const engines = (...args: string[]) => enginesWith({}, args);

describeWithServer("mongodb", () => {
  afterAll(() => void engines("down"));

  test("up starts what down ends; a second up finds it; both survive their command", async () => {
    expect(engines("status", "mongodb").lines).toEqual([`{"engine":"mongodb","state":"stopped"}`]);
    const first = engines("up", "mongodb");
    const [state] = engines("status", "mongodb").lines.map((line) => JSON.parse(line) as Record<string, string>);
    const { pid, address, dataFolder } = state!;
    expect(state).toMatchObject({ engine: "mongodb", state: "running", version: "secantusdb 0.7.0b3" });
    expect(first.lines).toEqual([
      `export GENDAN_TEST_MONGODB=${address}`,
      "export GENDAN_DOCUMENT_STORE=mongodb",
      "export GENDAN_KEY_STORE=mongodb",
      `export GENDAN_MONGODB_URL=${address}`,
    ]);
    expect(engines("up", "mongodb")).toEqual({
      lines: first.lines,
      told: [`gendan: mongodb is running at ${address} (pid ${pid})`],
      status: 0,
    });
    expect(engines("down", "mongodb").told).toEqual([`gendan: mongodb is down (pid ${pid})`]);
    expect([startOf(pid!), existsSync(dataFolder!)]).toEqual([undefined, false]);
    expect(engines("down", "mongodb").told).toEqual(["gendan: mongodb was not running"]);
  });

  test("a server that died is started anew", async () => {
    engines("up", "mongodb");
    const stateOf = () => JSON.parse(engines("status", "mongodb").lines[0]!) as { state: string; pid: number };
    const { pid } = stateOf();
    process.kill(pid, "SIGKILL");
    await eventually(() => stateOf().state === "stopped");
    engines("up", "mongodb");
    expect(stateOf().state).toBe("running");
    expect(stateOf().pid).not.toBe(pid);
  });
});

test("an unknown engine or port is refused with the usage", () => {
  expect(engines("up", "redis").told[0]).toBe("gendan: there is no engine redis");
  expect(engines("run", "kafka", "--port", "x").told).toEqual(["gendan: --port x is no port"]);
});

test("a machine without Java and Python hears so, one line each", () => {
  const bare = { PATH: temporaryDirectory(), JAVA_HOME: "", GENDAN_CACHE: temporaryDirectory() };
  const { told, lines, status } = enginesWith(bare, ["up"]);
  expect(told.slice(-2)).toEqual([
    "gendan: Kafka needs Java 17 or newer: no java answers (java)",
    "SecantusDB needs Python 3.10 or newer: no python3 answers",
  ]);
  expect([lines, status]).toEqual([[], 1]);
});
