// Which engines the spec files of a run ask for, known before any of them is run.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Reads the chosen spec files below the folders. `shared`: engines that one needs a server of (`describeOn("kafka"`);
 * `own`: engines of which one starts servers for itself (`describeWithServer("kafka"`). By the text, because to ask the
 * code it would have to be run, and by then it needs the answer.
 */
export function wantedBy(folders, isChosen) {
  const wanted = { shared: new Set(), own: new Set() };
  for (const folder of folders) {
    for (const path of readdirSync(folder, { recursive: true })) {
      const file = join(folder, path);
      if (!file.endsWith(".spec.ts") || /[\\/](node_modules|dist)[\\/]/.test(file) || !isChosen(file)) continue;
      for (const [, call, engine] of readFileSync(file, "utf8").matchAll(asked))
        wanted[call === "On" ? "shared" : "own"].add(engine);
    }
  }
  return wanted;
}

const asked = /\bdescribe(On|WithServer)\(\s*"(kafka|mongodb|eventstore)"/g;
