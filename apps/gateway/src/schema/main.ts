// npm run schema: writes the public schema that the services make together. `npm run schema -- release` keeps it as released.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { partsBeside } from "../compose.js";
import { breakingChanges } from "./schema-changes.js";
import { publicSchemaOf, readIfThere, releasedFile, schemaFile } from "./schema-files.js";

function main(task: string | undefined): number {
  if (task !== undefined && task !== "release") {
    process.stderr.write(`"${task}" is no task of npm run schema: leave it out, or write release.\n`);
    return 1;
  }
  const current = publicSchemaOf(partsBeside(join(import.meta.dirname, "../../.."), "src"));
  writeFileSync(schemaFile, current);
  const breaking = breakingChanges(readIfThere(releasedFile) ?? current, current);
  for (const change of breaking) process.stderr.write(`Breaks clients: ${change}\n`);
  if (breaking.length > 0) {
    process.stderr.write("Deprecate it first, release that, and take it away after.\n");
    return 1;
  }
  if (task === "release") writeFileSync(releasedFile, current);
  process.stdout.write(`${schemaFile}${task === "release" ? " is released" : ""}\n`);
  return 0;
}

process.exitCode = main(process.argv[2]);
