// Tests on real servers: a describe that is given the address of one, or that is skipped and says what would provide it.
// Which server that is, is found out before the run (tools/engines/for-tests.mjs).
import { afterAll, describe, test } from "@jest/globals";
import { ServersOfASpec, type StartServer } from "./engines/server.js";

export type { OwnServer, StartServer } from "./engines/server.js";

export type Engine = "kafka" | "mongodb" | "eventstore";

/** What tools/jest/engines-setup.mjs has found, in GENDAN_TEST_ENGINES. */
interface Found {
  readonly shared: Readonly<Partial<Record<string, { readonly address?: string; readonly missing?: string }>>>;
  readonly own: Readonly<Partial<Record<string, { readonly missing?: string }>>>;
}

/**
 * Describes what is checked on the one server of the engine that the whole run shares; `address` is what its client takes
 * (a broker, or a URL). Topics and databases need fresh names. The engine is written as a literal in the spec file itself:
 * the server is started before the run because of that text.
 */
export function describeOn(engine: Engine, body: (address: string) => void): void {
  const named = process.env[`GENDAN_TEST_${engine.toUpperCase()}`];
  const { address = named, missing } = found().shared[engine] ?? {};
  if (address) describe(`on ${engine}`, () => body(address));
  else notTested(engine, missing ?? unseen(`describeOn("${engine}"`));
}

/**
 * Describes what needs servers of its own, to kill them and start them again. They are this machine's processes, and are
 * gone after the last test of the describe.
 */
export function describeWithServer(engine: "kafka" | "mongodb", body: (startServer: StartServer) => void): void {
  const { missing } = found().own[engine] ?? { missing: unseen(`describeWithServer("${engine}"`) };
  if (missing !== undefined) return notTested(engine, missing);
  describe(`with a ${engine} of its own`, () => {
    const servers = new ServersOfASpec(engine);
    afterAll(() => servers.end());
    body((options) => servers.start(options));
  });
}

function found(): Found {
  return JSON.parse(process.env["GENDAN_TEST_ENGINES"] ?? `{"shared":{},"own":{}}`) as Found;
}

const unseen = (text: string) => `write ${text} into the spec file itself, which is searched for it before the run`;

/** Skipped aloud, for want of a server or a program; failed where the run has promised it. */
export function notTested(name: string, missing: string, what: "server" | "program" = "server"): void {
  const promised = (process.env["GENDAN_REQUIRE_ENGINES"] ?? "").split(",").map((engine) => engine.trim());
  if (!promised.includes(name)) return test.skip(`${name}: skipped, no ${what}: ${missing}`, () => {});
  test(`${name}: no ${what}, and GENDAN_REQUIRE_ENGINES names it: ${missing}`, () => {
    throw new Error(`No ${name} to test on: ${missing}`);
  });
}
