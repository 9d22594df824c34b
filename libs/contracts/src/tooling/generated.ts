// Everything that is made from the contracts: file by file, so that a check can compare it with what is there.
import { catalog } from "../catalog.js";
import type { Contract } from "../contract.js";
import { asyncApiOf } from "./asyncapi.js";
import { htmlCatalog, markdownCatalog } from "./catalog-pages.js";
import { schemaDocument, versionsOf } from "./json-schema.js";

/** All contracts, as the tools take them. */
export const contracts = catalog as readonly unknown[] as readonly Contract<unknown>[];

/** Path below `generated/` → text. `version` is the package's. */
export function generatedFiles(
  version: string,
  of: readonly Contract<unknown>[] = contracts,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const contract of of) {
    for (const each of versionsOf(contract)) {
      files.set(`schemas/${contract.type}.v${each}.json`, jsonText(schemaDocument(contract, each)));
    }
  }
  files.set("asyncapi.json", jsonText(asyncApiOf(of, version)));
  files.set("catalog.md", markdownCatalog(of));
  files.set("catalog.html", htmlCatalog(of));
  return files;
}

/** JSON as it is kept in files. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
