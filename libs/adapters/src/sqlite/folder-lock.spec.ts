// One Gendan per folder, between processes and within one.
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startChild, type Child } from "@gendan/testing/child";
import { asNobody, temporaryDirectory } from "@gendan/testing/temporary";
import { isLocked, lockFolder, readServerInfo } from "./folder-lock.js";

const children: Child[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
});

/** A process that takes the lock, says how that went, and stays. */
async function otherProcess(directory: string) {
  const child = startChild(`
    import { lockFolder } from "@gendan/adapters/sqlite/folder-lock";
    try {
      const lock = await lockFolder(${JSON.stringify(directory)});
      lock.publish({ url: "http://127.0.0.1:4711" });
      console.log("locked");
    } catch (fault) {
      console.log(fault.code);
    }
    setInterval(() => {}, 60_000);`);
  children.push(child);
  return { child, said: await child.line() };
}

describe("the folder's lock", () => {
  it("makes the folder, keeps a second taker out, and can be taken again when released", async () => {
    const directory = join(temporaryDirectory(), "deep", "down");
    expect(await isLocked(directory)).toBe(false);
    const lock = await lockFolder(directory);
    expect(await isLocked(directory)).toBe(true);
    await expect(lockFolder(directory)).rejects.toMatchObject({ code: "STORE_IN_USE" });
    await lock.release();
    await lock.release();
    expect(await isLocked(directory)).toBe(false);
    const again = await lockFolder(directory);
    await lock.release();
    expect(await isLocked(directory)).toBe(true);
    await again.release();
  });

  it("keeps another process out, in one line that says what to do", async () => {
    const directory = temporaryDirectory();
    const lock = await lockFolder(directory);
    expect((await otherProcess(directory)).said).toBe("STORE_IN_USE");
    const message = await lockFolder(directory).catch((fault: Error) => fault.message);
    expect(message).toBe(
      `${directory} is in use by another Gendan (process ${process.pid}): stop it, or name another folder with --data.`,
    );
    await lock.release();
  });

  it("dies with its process", async () => {
    const directory = temporaryDirectory();
    const { child, said } = await otherProcess(directory);
    expect(said).toBe("locked");
    await expect(lockFolder(directory)).rejects.toMatchObject({ code: "STORE_IN_USE", details: { pid: child.pid } });
    expect(await readServerInfo(directory)).toEqual({ pid: child.pid, url: "http://127.0.0.1:4711" });
    await child.kill();
    expect(await isLocked(directory)).toBe(false);
    expect(existsSync(join(directory, "server.json"))).toBe(true);
    expect(await readServerInfo(directory)).toBeUndefined();
    const lock = await lockFolder(directory);
    expect(await readServerInfo(directory)).toEqual({ pid: process.pid });
    await lock.release();
  });

  it("is not disturbed by somebody who looks", async () => {
    const directory = temporaryDirectory();
    const lock = await lockFolder(directory);
    lock.publish({ url: "http://127.0.0.1:4000" });
    for (let n = 0; n < 3; n++) {
      expect(await readServerInfo(directory)).toEqual({ pid: process.pid, url: "http://127.0.0.1:4000" });
    }
    await expect(lockFolder(directory)).rejects.toMatchObject({ code: "STORE_IN_USE" });
    await lock.release();
    expect(existsSync(join(directory, "server.json"))).toBe(false);
  });
});

describe("a folder that cannot be used", () => {
  it("is a file, or lies in one", async () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    for (const path of [file, join(file, "data")]) {
      await expect(lockFolder(path)).rejects.toMatchObject({
        code: "STORE_NOT_WRITABLE",
        message: expect.stringContaining(path),
      });
    }
  });

  it("is not writable, whether there was a lock before or not", async () => {
    const directory = temporaryDirectory();
    const attempt = () => asNobody(() => lockFolder(directory));
    chmodSync(directory, 0o555);
    await expect(attempt()).rejects.toMatchObject({
      code: "STORE_NOT_WRITABLE",
      message: expect.stringContaining(directory),
    });
    chmodSync(directory, 0o755);
    await (await lockFolder(directory)).release();
    chmodSync(directory, 0o555);
    await expect(attempt()).rejects.toMatchObject({ code: "STORE_NOT_WRITABLE" });
    chmodSync(directory, 0o755);
  });

  it("has a lock that is no database: said so, and left as it is", async () => {
    const directory = temporaryDirectory();
    const file = join(directory, "lock.db");
    writeFileSync(file, "not a database, but long enough to be looked at as one".repeat(100));
    await expect(lockFolder(directory)).rejects.toMatchObject({
      code: "STORE_DAMAGED",
      message: expect.stringContaining(file),
    });
    await expect(isLocked(directory)).rejects.toMatchObject({ code: "STORE_DAMAGED" });
    expect(readFileSync(file, "utf8")).toContain("not a database");
  });
});
