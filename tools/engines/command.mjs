// Runs other people's programs to their end, without showing what they say unless they fail.
import { spawn } from "node:child_process";

/** The exit code (or signal) and everything that was said; `missing` when there is no such program. */
export function run(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 127, output: error.message, missing: error.code === "ENOENT" }));
    child.on("close", (code, signal) => resolve({ code: code ?? signal, output, missing: false }));
  });
}

/** What a failing program says is wrong: its first line that looks like an error, else its last one. */
export function reasonIn(output) {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.find((line) => /\berror\b|exception/i.test(line)) ?? lines.at(-1) ?? "it says nothing";
}
