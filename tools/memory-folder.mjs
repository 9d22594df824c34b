// A folder in memory for a test run's files, where there is one: what waits for the disk at each commit waits for nothing there.
// It outlives a killed process, which is what the tests kill; a machine that loses its power is nobody's test.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MEMORY = "/dev/shm";
/** What a run may fill, and what must be left beside it, in bytes. */
const FILLED = 4 * 1024 ** 3;
const LEFT = 4 * 1024 ** 3;

/** A fresh folder; undefined where the machine has none that is large enough and runs programs. */
export function memoryFolder() {
  let folder;
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < FILLED || process.availableMemory() < FILLED + LEFT) return undefined;
    folder = mkdtempSync(join(MEMORY, "gendan-test-"));
    chmodSync(folder, 0o755); // as any folder for temporary files: some tests are nobody
    const program = join(folder, "program");
    writeFileSync(program, "#!/bin/sh\n", { mode: 0o700 });
    execFileSync(program);
    rmSync(program);
    return folder;
  } catch {
    if (folder) rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}
