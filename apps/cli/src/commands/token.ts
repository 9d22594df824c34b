// gendan token: prints one token. Works beside a running server, since the secret is in the key store's own file.
import { join, resolve } from "node:path";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { signToken, tokenSecret } from "@gendan/security";
import { baseConfig, readConfig } from "@gendan/service-kit";
import { makeDataFolder } from "./data-folder.js";
import { UsageError } from "../terminal/arguments.js";
import { data, type Command } from "./command.js";

const DEFAULT_EXPIRES = "12h";

export const token: Command = {
  options: {
    role: { type: "string", multiple: true },
    user: { type: "string" },
    department: { type: "string", multiple: true },
    expires: { type: "string", default: DEFAULT_EXPIRES },
    ...data,
  },
  words: [],
  async run(args, { texts, print }) {
    const user = args.value("user");
    const roles = args.values("role");
    if (roles.length === 0) throw new UsageError(texts.missing("--role"));
    if (user === undefined) throw new UsageError(texts.missing("--user"));
    const secret = await secretOf(resolve(args.value("data")!));
    const departments = args.values("department");
    print(await signToken(secret, { user, roles, departments, expiresIn: args.value("expires")! }));
    return 0;
  },
};

/** What tokens for the installation of this folder are signed with. */
export async function secretOf(folder: string): Promise<Uint8Array> {
  const { tokenSecret: configured } = readConfig(baseConfig, {
    GENDAN_TOKEN_SECRET: process.env["GENDAN_TOKEN_SECRET"],
  });
  if (configured !== undefined) return new TextEncoder().encode(configured);
  makeDataFolder(folder);
  const keys = await SqliteKeyStore.open({ file: join(folder, "keys.db") });
  try {
    return await tokenSecret(undefined, keys);
  } finally {
    await keys.close();
  }
}
