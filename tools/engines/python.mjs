// Python programs: a virtual environment of this machine's Python, filled from PyPI.
import { join } from "node:path";
import { Problem } from "../workspace.mjs";
import { reasonIn, run } from "./command.mjs";

const oldest = [3, 10];

export const wantsPython = `Python ${oldest.join(".")} with venv`;

/** The interpreter of an environment. By it, and not by the scripts beside it: those name the folder they were made in. */
export const pythonIn = (environment) => join(environment, "bin/python3");

/** Throws a Problem where this machine's Python is missing or too old for what `name` says. */
export async function checkPython(name) {
  const wanted = oldest.join(".");
  const { code, output } = await run("python3", ["--version"]);
  const [, major, minor] = /Python (\d+)\.(\d+)/.exec(output) ?? [];
  if (code !== 0 || !major) throw new Problem(`${name} needs Python ${wanted} or newer: no python3 answers`);
  if (Number(major) * 1000 + Number(minor) < oldest[0] * 1000 + oldest[1])
    throw new Problem(`${name} needs Python ${wanted} or newer, and python3 is ${major}.${minor}`);
}

/** Makes an environment in the folder with what pip is told to install. */
export async function makeEnvironment(folder, name, what) {
  const made = await run("python3", ["-m", "venv", folder]);
  if (made.code !== 0) throw new Problem(`python3 -m venv fails: ${reasonIn(made.output)}`);
  const { code, output } = await run(pythonIn(folder), ["-m", "pip", "install", ...what]);
  if (code !== 0) throw new Problem(`pip could not fetch ${name}: ${reasonIn(output)}`);
}
