// The public schema in the repository: as it is now, and as it was released last.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, lexicographicSortSchema, printSchema } from "graphql";
import { compose, type ServiceSdl } from "../compose.js";

const fileOf = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

export const schemaFile = fileOf("schema.graphql");
/** Written when a version is released, and read by nobody but the check of what a change would break. */
export const releasedFile = fileOf("schema.released.graphql");

/** What clients see of the services' schemas, in the order of names. Throws when they do not compose. */
export function publicSchemaOf(services: readonly ServiceSdl[], used?: (entry: string) => void): string {
  const composed = compose(services, used);
  if ("errors" in composed) throw new Error(composed.errors.join("\n"));
  return `${printSchema(lexicographicSortSchema(buildSchema(composed.publicSdl)))}\n`;
}

export const readIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8") : undefined;
