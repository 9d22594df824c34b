// How this app's programs run as processes of its own: for the supervisor, for chaos and for measuring.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The workspace. */
export const root = join(import.meta.dirname, "../../..");

/** As tools/run.mjs runs programs; a process ends with the one that started it, however that one ends. */
export const nodeFlags: readonly string[] = [
  "--max-semi-space-size=8",
  "--disable-warning=ExperimentalWarning",
  // kafkajs reckons with times that have passed.
  "--disable-warning=TimeoutNegativeWarning",
  "--import",
  pathToFileURL(join(root, "tools/parent-watch.mjs")).href,
];

/** An environment in which nothing of this process's own settings is left. */
export const withoutSettings = (): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => !/^(GENDAN_|NODE_OPTIONS$)/.test(entry[0]),
    ),
  ),
  NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compile"),
});
