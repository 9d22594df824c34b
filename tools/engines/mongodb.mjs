// A server that speaks MongoDB's wire protocol, as one plain Python process from PyPI: a replica set of one node, with
// transactions. It stands in for MongoDB where no Docker is; it is not MongoDB.
import { join } from "node:path";
import { checkPython, makeEnvironment, pythonIn, wantsPython } from "./python.mjs";

export const mongodb = {
  name: "mongodb",
  program: "secantusdb",
  version: "0.7.0b3",
  wants: wantsPython,

  checkRuntime: () => checkPython("SecantusDB"),

  async checkInstaller() {},

  install: (folder) =>
    makeEnvironment(folder, `SecantusDB ${mongodb.version}`, [`${mongodb.program}==${mongodb.version}`]),

  async prepare() {},

  /** By its module: the scripts in bin/ name the folder that they were made in, and installs are moved. */
  command: (program, dataFolder, port) => [
    pythonIn(program),
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
