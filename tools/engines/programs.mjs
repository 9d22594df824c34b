// Installs an engine's program into the cache folder, once for all checkouts and processes.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { withLock } from "../lock.mjs";
import { say } from "../workspace.mjs";
import { programsFolder } from "./cache.mjs";

const longestInstallMs = 15 * 60_000;

/**
 * The folder of the engine's program, installed if it is not there yet. Throws a Problem of one line that says what this
 * machine lacks (Java, Maven, Python, a network).
 */
export async function installed(engine) {
  await engine.checkRuntime();
  const folder = join(programsFolder(), `${engine.program}-${engine.version}`);
  if (existsSync(folder)) return folder;
  await withLock(`${folder}.lock`, longestInstallMs, async () => {
    if (existsSync(folder)) return;
    await engine.checkInstaller();
    say(`installing ${engine.program} ${engine.version} into ${folder}, once`);
    mkdirSync(programsFolder(), { recursive: true });
    // Whole or not at all: what an interruption leaves is a draft, which the next one clears away.
    removeDrafts(basename(folder));
    const draft = mkdtempSync(`${folder}.draft-`);
    try {
      await engine.install(draft);
      renameSync(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
  return folder;
}

function removeDrafts(program) {
  for (const name of readdirSync(programsFolder()))
    if (name.startsWith(`${program}.draft-`)) rmSync(join(programsFolder(), name), { recursive: true, force: true });
}
