// A process that is killed while it tells: what it was told is done is there, and the stream goes on.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing";
import { AuditStream, daysOf } from "./audit-stream.js";
import { entryOf } from "./entry.js";
import { auditKeyOf } from "./heads.js";
import { verifyStream } from "./verify-audit.js";

const secret = "0123456789abcdef0123456789abcdef";
const key = auditKeyOf(new TextEncoder().encode(secret));
const STREAM = "order-1";
const ENOUGH = 200;

/** Tells as fast as it can, 20 at once, and says each that is done. */
const teller = (folder: string) => `
  import { AuditStream } from "@gendan/security/audit/audit-stream";
  import { auditKeyOf } from "@gendan/security/audit/heads";
  const key = auditKeyOf(new TextEncoder().encode(${JSON.stringify(secret)}));
  const stream = await AuditStream.open({ folder: ${JSON.stringify(folder)}, stream: "${STREAM}", service: "order", key, report: console.error });
  const by = { user: "li", roles: ["sales"], correlation: "c", operation: "closeOrder" };
  for (let n = 0; ; n += 20) await Promise.all(Array.from({ length: 20 }, async (_, k) => {
    await stream.tell({ kind: "refused", ...by, command: "c" + (n + k), codes: ["ORDER_STATE"], about: {} });
    process.stdout.write("c" + (n + k) + "\\n");
  }));`;

test("loses nothing that was done, three times over", async () => {
  const folder = temporaryDirectory();
  const done: string[] = [];
  for (let round = 1; round <= 3; round++) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", teller(folder)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const killed = once(child, "exit");
    for await (const line of createInterface(child.stdout)) {
      done.push(`${round} ${line}`);
      if (done.length >= round * ENOUGH) child.kill("SIGKILL");
    }
    await killed;
    expect(child.signalCode).toBe("SIGKILL");
  }
  const stream = await AuditStream.open({ folder, stream: STREAM, service: "order", key, report: () => undefined });
  await stream.close();
  expect((await verifyStream(folder, STREAM, key)).faults).toEqual([]);
  let round = 0;
  const told = new Set<string>();
  for (const day of daysOf(join(folder, STREAM))) {
    for (const line of readFileSync(join(folder, STREAM, day), "utf8")
      .trim()
      .split("\n")) {
      const entry = entryOf(line)!;
      if (entry.kind === "begun") round += 1;
      if (entry.kind === "refused") told.add(`${round} ${entry.command}`);
    }
  }
  expect(round).toBe(4);
  expect(done.length).toBeGreaterThanOrEqual(3 * ENOUGH);
  expect(done.filter((each) => !told.has(each))).toEqual([]);
});
