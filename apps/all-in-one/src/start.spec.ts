// Starting and stopping, as a person at the terminal sees it: the built program in a process of its own.
import { cpSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { signToken, tokenSecret } from "@gendan/security";
import { eventually, temporaryDirectory } from "@gendan/testing";
import { startServer, type Exit, type ServerProcess, type ServerSettings } from "./chaos/server-process.js";

/** What a process may take on a machine that does much else besides. */
const PATIENCE_MS = 60_000;

const started: ServerProcess[] = [];
const start = (settings: ServerSettings): ServerProcess => {
  const server = startServer(settings);
  started.push(server);
  return server;
};
afterAll(async () => void (await Promise.all(started.map((server) => server.kill()))));

/** Of a company that was stopped; only copied, so that each test may damage its own. */
let stopped: string;
const customerId = "0a4cf9a4-6d06-4c8e-9d54-0f6c3a1b2c3d";

const post = async (url: string, query: string, token?: string) => {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** A token as `gendan token` makes it: with the secret that the installation keeps in its folder. */
async function tokenFor(directory: string): Promise<string> {
  const keys = await SqliteKeyStore.open({ file: join(directory, "keys.db") });
  try {
    return await signToken(await tokenSecret(undefined, keys), { user: "me", roles: ["manager"], expiresIn: "8h" });
  } finally {
    await keys.close();
  }
}

describe("a company that runs", () => {
  let server: ServerProcess;
  let url: string;
  let written: Awaited<ReturnType<typeof post>>;
  beforeAll(async () => {
    stopped = temporaryDirectory();
    server = start({ directory: stopped });
    url = await server.ready;
    const input = `{ commandId: "1", id: "${customerId}", kind: ORGANISATION, name: "Nordwind" }`;
    const mutation = `mutation { registerCustomer(input: ${input}) { revision userErrors { code } } }`;
    written = await post(url, mutation, await tokenFor(stopped));
  }, PATIENCE_MS);

  test("with --port 0 it prints where it answers, and is live and ready there", async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}$/);
    const health = await Promise.all(["live", "ready"].map((name) => fetch(`${url}/health/${name}`)));
    expect(health.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("a request without a token is told how to get one", async () => {
    const { status, body } = await post(url, "{ orderCounts(by: LIFECYCLE) { count } }");
    expect(status).toBe(401);
    expect(body).toMatchObject({
      errors: [{ message: expect.stringContaining("gendan -- token"), extensions: { code: "UNAUTHENTICATED" } }],
    });
  });

  test("a token signed with the secret in the folder works, also while the server runs", () =>
    expect(written.body).toEqual({ data: { registerCustomer: { revision: "0", userErrors: [] } } }));

  test("another one for the same folder is told who has it", async () => {
    const line = await onlyLineOf(start({ directory: stopped }));
    expect(line).toContain(`${stopped} is in use by another Gendan (process ${server.pid})`);
    expect(line).toContain("--data");
  });

  test("another one for the same port is told so", async () => {
    const { port } = new URL(url);
    const line = await onlyLineOf(
      start({ directory: "", args: ["--port", port, "--data", temporaryDirectory(), "--empty"] }),
    );
    expect(line).toBe(
      `gendan: Port ${port} of 127.0.0.1 is in use: stop the program that has it, or give another one with --port (0: any free one).`,
    );
  });

  test("SIGTERM stops it cleanly, while somebody is connected", async () => {
    expect(await server.stop("SIGTERM")).toMatchObject({
      how: 0,
      complaints: "",
      output: expect.stringMatching(/Stopping\.\n$/),
    });
  });

  test("the next one on the same folder serves what was written, and Ctrl-C stops it", async () => {
    const next = start({ directory: stopped });
    const query = `{ customer(id: "${customerId}") { name revision } }`;
    expect((await post(await next.ready, query, await tokenFor(stopped))).body).toEqual({
      data: { customer: { name: "Nordwind", revision: "0" } },
    });
    expect(await next.stop("SIGINT")).toMatchObject({ how: 0, complaints: "" });
  });
});

describe("a stop during the start is a clean one", () => {
  test("also while the program is still being loaded", async () => {
    const environment = { NODE_OPTIONS: `--import ${stopWhenLoading("serve.js")}` };
    const server = start({ directory: temporaryDirectory(), environment });
    expect(await server.exited).toMatchObject({ how: 0, output: "", complaints: "" });
  });
  test.each(["SIGTERM", "SIGINT"] as const)("%s", async (signal) => {
    const directory = temporaryDirectory();
    const server = start({ directory });
    await lockedBy(server, directory);
    expect(await server.stop(signal)).toMatchObject({ how: 0, output: "", complaints: "" });
    const next = start({ directory });
    expect((await fetch(`${await next.ready}/health/ready`)).status).toBe(200);
    await next.kill();
  });
});

describe("what keeps it from starting is told in one line", () => {
  const args = (...flags: string[]) => ({ directory: "", args: flags });

  test("a folder that cannot be written", async () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    const line = await onlyLineOf(start({ directory: join(file, "data") }));
    expect(line).toContain(`${join(file, "data")} cannot be written`);
    expect(line).toContain("or name another one");
  });

  test.each([
    ["a value that is none", { GENDAN_EVENT_BUS: "rabbit" }, 'GENDAN_EVENT_BUS is "rabbit", accepted: embedded, kafka'],
    [
      "a name that is misspelt",
      { GENDAN_EVNT_BUS: "embedded" },
      "GENDAN_EVNT_BUS is no variable; GENDAN_EVENT_BUS is meant",
    ],
  ])("a wrong variable: %s", async (_, environment, told) => {
    const directory = temporaryDirectory();
    expect(await onlyLineOf(start({ directory, environment }))).toBe(`gendan: Wrong configuration: ${told}.`);
  });

  test.each([
    ["an unknown flag", ["--prot", "1"], "Unknown option '--prot'"],
    ["a port that is none", ["--port", "http"], "--port http is no port"],
    ["a word too many", ["now"], "Unexpected argument 'now'"],
  ])("%s", async (_, flags, told) => {
    const line = await onlyLineOf(start(args(...flags)));
    expect(line).toContain(told);
    expect(line).toContain("--port");
  });

  test("a port that another program has, before the folder is touched by anybody else", async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const { port } = other.address() as AddressInfo;
    const line = await onlyLineOf(start(args("--port", `${port}`, "--data", temporaryDirectory(), "--empty")));
    expect(line).toContain(`Port ${port} of 127.0.0.1 is in use`);
    other.close();
  });
});

describe("a damaged store is named, with what to do about it", () => {
  const garbage = Buffer.from("this is no database ".repeat(2_000));
  const damaged = (damage: (directory: string) => void): string => {
    const directory = temporaryDirectory();
    cpSync(stopped, directory, { recursive: true });
    damage(directory);
    return directory;
  };

  test.each([
    ["the log of a service", "order/events.db", /restore/],
    ["the bus", "bus.db", /restore|delete/],
    ["the keys", "keys.db", /restore/],
    ["documents", "customer/documents/customers@1.db", /delete/],
    ["the lock", "lock.db", /delete it, it holds no data/],
  ])("%s", async (_, file, remedy) => {
    const directory = damaged((folder) => writeFileSync(join(folder, file), garbage));
    const line = await onlyLineOf(start({ directory }));
    expect(line).toContain(`${join(directory, file)} is damaged`);
    expect(line).toMatch(remedy);
  });

  test.each(["bus.db", "customer/events.db"])("a file that ends too early: %s", async (file) => {
    const directory = damaged((folder) => {
      const path = join(folder, file);
      truncateSync(path, Math.floor(readFileSync(path).length / 2));
    });
    expect(await onlyLineOf(start({ directory }))).toContain(`${join(directory, file)} is damaged`);
  });
});

/** The one line that it complains in before it ends. */
async function onlyLineOf(server: ServerProcess): Promise<string> {
  const { how, output, complaints }: Exit = await server.exited;
  expect({ how, output, lines: complaints.split("\n").length - 1 }).toEqual({ how: 1, output: "", lines: 1 });
  expect(complaints).toMatch(/^gendan: .+\.\n$/);
  return complaints.trimEnd();
}

/** A module that sends the process a stop when it begins to load a file. */
function stopWhenLoading(file: string): string {
  const code = `
    import { registerHooks } from "node:module";
    registerHooks({
      resolve(request, context, next) {
        if (request.endsWith("/${file}")) process.kill(process.pid, "SIGTERM");
        return next(request, context);
      },
    });`;
  return `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
}

/** Resolved when the process has taken the folder: it is starting now. */
const lockedBy = ({ pid }: ServerProcess, directory: string) =>
  eventually(() => {
    const info = JSON.parse(readFileSync(join(directory, "server.json"), "utf8")) as { readonly pid: number };
    return info.pid === pid;
  }, PATIENCE_MS);
