// The `gendan` command: finds the command that is meant, runs it, and says in one line what went wrong.
import { isFault } from "@gendan/eventing";
import type { Command } from "./commands/command.js";
import { readArguments, UsageError } from "./terminal/arguments.js";
import { textsIn, type Language, type Texts } from "./terminal/texts.js";

export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

type CommandName = Exclude<keyof Texts["help"], "gendan">;

/** Loaded when they are used: a token needs no GraphQL. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  token: async () => (await import("./commands/token.js")).token,
  import: async () => (await import("./commands/import.js")).importCommand,
  export: async () => (await import("./commands/papers.js")).exportCommand,
  sheet: async () => (await import("./commands/papers.js")).sheetCommand,
  verify: async () => (await import("./commands/maintenance.js")).verify,
  rebuild: async () => (await import("./commands/maintenance.js")).rebuild,
  parked: async () => (await import("./commands/maintenance.js")).parked,
  redrive: async () => (await import("./commands/maintenance.js")).redrive,
  "keys rotate": async () => (await import("./commands/maintenance.js")).rotateKeys,
  "audit verify": async () => (await import("./commands/audit.js")).verify,
  "audit list": async () => (await import("./commands/audit.js")).list,
  "audit heads": async () => (await import("./commands/audit.js")).heads,
  "reactions resume": async () => (await import("./commands/maintenance.js")).resumeReactions,
  "events tail": async () => (await import("./commands/events.js")).tail,
  "events replay": async () => (await import("./commands/events.js")).replay,
  "events describe": async () => (await import("./commands/describe.js")).describe,
};

/** First words of commands that have two. */
const groups: ReadonlySet<string> = new Set(Object.keys(commands).flatMap((name) => name.split(" ").slice(0, -1)));

const help = { help: { type: "boolean", short: "h" } } as const;

/** Runs one command line and gives the exit code: 0 done, 1 not done, 2 wrongly asked. */
export async function gendan(args: readonly string[], language: Language, { out, err }: Output): Promise<number> {
  const texts = textsIn(language);
  const [first] = args;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    out(texts.help.gendan);
    return first === undefined ? 2 : 0;
  }
  const name = nameOf(args);
  if (name === undefined) {
    err(texts.unknownCommand(args.slice(0, groups.has(first) ? 2 : 1).join(" ")));
    return 2;
  }
  try {
    const command = await commands[name]();
    const rest = args.slice(name.split(" ").length);
    const given = readArguments(rest, { ...command.options, ...help }, command, texts);
    if (!given.flag("help")) return await command.run(given, { texts, language, print: out });
    out(texts.help[name]);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      err(texts.usage(error.message, name));
      return 2;
    }
    if (!isFault(error)) throw error;
    err(`gendan: ${error.message}`);
    return 1;
  }
}

function nameOf(args: readonly string[]): CommandName | undefined {
  const [first = "", second = ""] = args;
  const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
  return [`${first} ${second}`, first].find(isCommand);
}
