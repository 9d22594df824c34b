// The chain server as a process of its own, with who asks it.
import { fork } from "node:child_process";
import { join } from "node:path";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { signToken } from "@gendan/security";

/** With the rate of a service account: what is measured is not a person's. */
export const boss = { user: "boss", roles: ["admin", "importer"], departments: ["cn/east"], expiresIn: "8h" };

export interface Ports {
  readonly gateway: number;
  readonly direct: number;
  readonly bare: number;
}

export interface ChainProcess {
  readonly ports: Ports;
  readonly authorization: string;
  stop(): Promise<void>;
}

/** Starts it on a fresh folder. */
export async function startChain(directory: string): Promise<ChainProcess> {
  const server = fork(join(import.meta.dirname, "chain-server.js"), [directory], {
    execArgv: ["--max-semi-space-size=8", "--disable-warning=ExperimentalWarning"],
  });
  const ports = await new Promise<Ports>((resolve, reject) => {
    server.once("message", (message) => resolve(message as Ports));
    server.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const keys = await SqliteKeyStore.open({ file: join(directory, "keys.db") });
  const authorization = `Bearer ${await signToken(await keys.secret("tokens"), boss)}`;
  await keys.close();
  return {
    ports,
    authorization,
    async stop() {
      server.disconnect();
      await new Promise((resolve) => server.once("exit", resolve));
    },
  };
}
