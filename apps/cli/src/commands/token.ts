// gendan token: prints one token. Works beside a running server, since the secret is in the key store's own file.
import { resolve } from "node:path";
import { callerOf, readPolicy, signToken } from "@gendan/security";
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
    const departments = args.values("department");
    callerOf({ user, roles, departments }, readPolicy(readConfig(baseConfig, process.env).policyFile)); // else it is refused later
    const secret = await secretOf(resolve(args.value("data")!));
    print(await signToken(secret, { user, roles, departments, expiresIn: args.value("expires")! }));
    return 0;
  },
};

/** What tokens for the installation of this folder are signed with. */
export async function secretOf(folder: string): Promise<Uint8Array> {
  const config = readConfig(baseConfig, process.env);
  if (config.tokenSecret === undefined) makeDataFolder(folder);
  const { signingSecret } = await import("@gendan/all-in-one/engines");
  return signingSecret(folder, config);
}
