// The Python that an example runs on: an environment of its own in the cache folder, filled from its pinned requirements.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { installed } from "../engines/programs.mjs";
import { checkPython, makeEnvironment, pythonIn, wantsPython } from "../engines/python.mjs";
import { Problem } from "../workspace.mjs";

/** The interpreter; or what this machine lacks, and what would provide it. */
export async function pythonFor(name: string, requirements: string): Promise<{ python: string } | { missing: string }> {
  const pins = readFileSync(requirements);
  const environment = {
    program: name,
    version: createHash("sha256").update(pins).digest("hex").slice(0, 12),
    checkRuntime: () => checkPython(name),
    async checkInstaller() {},
    // Wheels alone: to build one here would want a compiler, and librdkafka.
    install: (folder: string) => makeEnvironment(folder, name, ["--only-binary", ":all:", "-r", requirements]),
  };
  try {
    return { python: pythonIn(await installed(environment)) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { missing: `install ${wantsPython}, and let pip reach PyPI (${error.message})` };
  }
}
