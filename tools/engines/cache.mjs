// Where what the engines need lies: a cache folder outside of the tree, so that a fresh checkout finds it again.
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** GENDAN_CACHE, else gendan/ in XDG_CACHE_HOME or ~/.cache. Read each time: specs name one of their own. */
export function cacheFolder() {
  if (process.env.GENDAN_CACHE) return resolve(process.env.GENDAN_CACHE);
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "gendan");
}

/** Installed programs, one folder for each version. */
export const programsFolder = () => join(cacheFolder(), "programs");

/** The records of what `up` started. */
export const runningFolder = () => join(cacheFolder(), "running");

/** The data of servers that `up` started without a folder of the caller's. */
export const dataFolder = () => join(cacheFolder(), "data");
