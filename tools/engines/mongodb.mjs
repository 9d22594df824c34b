// A server that speaks MongoDB's wire protocol, as one plain Python process from PyPI: a replica set of one node, with
// transactions. It stands in for MongoDB where no Docker is; it is not MongoDB.
import { join } from "node:path";
import { Problem } from "../workspace.mjs";
import { reasonIn, run } from "./command.mjs";

const oldestPython = [3, 10];
const python = (program) => join(program, "bin/python3");

export const mongodb = {
  name: "mongodb",
  program: "secantusdb",
  version: "0.7.0b3",
  wants: `Python ${oldestPython.join(".")} with venv`,

  async checkRuntime() {
    const { code, output } = await run("python3", ["--version"]);
    const [, major, minor] = /Python (\d+)\.(\d+)/.exec(output) ?? [];
    const wanted = oldestPython.join(".");
    if (code !== 0 || !major) throw new Problem(`SecantusDB needs Python ${wanted} or newer: no python3 answers`);
    if (Number(major) * 1000 + Number(minor) < oldestPython[0] * 1000 + oldestPython[1])
      throw new Problem(`SecantusDB needs Python ${wanted} or newer, and python3 is ${major}.${minor}`);
  },

  async checkInstaller() {},

  async install(folder) {
    const made = await run("python3", ["-m", "venv", folder]);
    if (made.code !== 0) throw new Problem(`python3 -m venv fails: ${reasonIn(made.output)}`);
    const { code, output } = await run(python(folder), ["-m", "pip", "install", `${this.program}==${this.version}`]);
    if (code !== 0) throw new Problem(`pip could not fetch SecantusDB ${this.version}: ${reasonIn(output)}`);
  },

  async prepare() {},

  /** By its module: the scripts in bin/ name the folder that they were made in, and installs are moved. */
  command: (program, dataFolder, port) => [
    python(program),
    [
      ...["-m", "secantus", "--host", "127.0.0.1", "--port", String(port)],
      ...["--storage-path", join(dataFolder, "db"), "--sync-on-commit", "--log-level", "WARNING"],
    ],
  ],

  addressAt: (port) => `mongodb://127.0.0.1:${port}`,

  async answers(address) {
    const { MongoClient } = await import("mongodb");
    const client = new MongoClient(address, { serverSelectionTimeoutMS: 1_000, connectTimeoutMS: 1_000 });
    try {
      const { isWritablePrimary, setName } = await client.db("admin").command({ hello: 1 });
      return isWritablePrimary === true && setName !== undefined;
    } catch {
      return false;
    } finally {
      await client.close().catch(() => {});
    }
  },

  variables: (address) => ({
    GENDAN_DOCUMENT_STORE: "mongodb",
    GENDAN_KEY_STORE: "mongodb",
    GENDAN_MONGODB_URL: address,
  }),
};
