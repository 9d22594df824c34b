// Who sends the papers: a JSON file of the operator's, a name and lines below it in each language.
import { readFileSync } from "node:fs";
import { ConfigFault, type Language } from "@gendan/service-kit";
import { z } from "zod";

const lines = z.array(z.string().min(1).max(200)).min(1).max(8);
const schema = z.strictObject({ en: lines, zh: lines });

export type Letterhead = Readonly<Record<Language, readonly string[]>>;

/** Without a file papers have none. Throws a ConfigFault. */
export function letterheadIn(file: string | undefined): Letterhead {
  if (file === undefined) return { en: [], zh: [] };
  const parsed = schema.safeParse(contents(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigFault([
    `GENDAN_LETTERHEAD_FILE is "${file}", accepted: {"en": ["name", "address", …], "zh": […]} (${issue!.path.join(".")}: ${issue!.message})`,
  ]);
}

function contents(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new ConfigFault([`GENDAN_LETTERHEAD_FILE is "${file}", accepted: a JSON file (${(error as Error).message})`]);
  }
}
