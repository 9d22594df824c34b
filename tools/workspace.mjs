// Where things are, and how the tools speak: one line for what a person can mend, never a stack trace.
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** The Node that every program here runs on, whatever the system's is: a dev dependency puts it into node_modules. */
export function nodeBinary(workspace = root) {
  const binary = join(workspace, "node_modules/node/bin/node");
  return existsSync(`${binary}.exe`) ? `${binary}.exe` : binary;
}

/** Something that a person can mend; its message is all that is shown. */
export class Problem extends Error {}

export const say = (line) => process.stderr.write(`gendan: ${line}\n`);

/** Runs a tool's main function: a Problem is one message and exit code 1, anything else is our own fault and throws. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

/** True when the module is the program, not imported by another. */
export const isProgram = (meta) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(meta.url);
