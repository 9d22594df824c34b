// Who has a data folder: a running server, or nobody, and then this process may.
import { mkdirSync } from "node:fs";
import { Fault } from "@gendan/eventing";
import { readServerInfo } from "@gendan/adapters/sqlite/folder-lock";
import { baseConfig, createLog, readConfig } from "@gendan/service-kit";
import type { Company } from "@gendan/all-in-one/company";
import { UsageError, type Arguments } from "../terminal/arguments.js";
import type { Texts } from "../terminal/texts.js";

/** Makes the folder when it is missing. Throws STORE_NOT_WRITABLE. */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Fault("STORE_NOT_WRITABLE", `${folder} cannot be made: ${(cause as Error).message}`, {}, { cause });
  }
}

/** The server that `--url` names; undefined without it. Throws a UsageError for what is no address. */
export function namedServer(args: Arguments, texts: Texts): string | undefined {
  const url = args.value("url");
  if (url !== undefined && !URL.canParse(url)) throw new UsageError(texts.needsValue("--url"));
  return url?.replace(/\/+$/, "");
}

/** Where the folder's server answers; undefined where none runs. Throws STORE_IN_USE when it is only starting. */
export async function serverOf(folder: string, texts: Texts): Promise<string | undefined> {
  const info = await readServerInfo(folder);
  if (!info) return undefined;
  if (info.url === undefined) throw new Fault("STORE_IN_USE", texts.notYet(folder, info.pid));
  return info.url;
}

/** Opens the company of a folder, or one in memory, in this process; whoever has its secret may come in by own tokens. The services are loaded only here. */
export async function openHere(
  where: { readonly directory: string } | "memory",
  secret?: Uint8Array,
): Promise<Company> {
  const { openCompany } = await import("@gendan/all-in-one/company");
  const log = createLog({ level: "warn", service: "gendan" });
  return openCompany({
    where,
    log,
    ...(where === "memory" ? {} : { config: { ...readConfig(baseConfig, process.env), ownTokens: "on" } }),
    ...(secret ? { tokenSecret: new TextDecoder().decode(secret) } : {}),
  });
}
