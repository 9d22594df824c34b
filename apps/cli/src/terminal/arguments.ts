// Flags and words of one command, checked: what is unknown, missing or too much is told in one line.
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import type { Texts } from "./texts.js";

/** Wrong use of a command: one line, exit code 2. */
export class UsageError extends Error {}

export interface Arguments {
  readonly words: readonly string[];
  readonly flag: (name: string) => boolean;
  readonly value: (name: string) => string | undefined;
  readonly values: (name: string) => readonly string[];
}

/** `words` names the positionals that are needed, `optionalWord` one more. Throws UsageError. */
export function readArguments(
  given: readonly string[],
  options: ParseArgsOptionsConfig,
  { words, optionalWord }: { readonly words: readonly string[]; readonly optionalWord?: string },
  texts: Texts,
): Arguments {
  const parsed = parse(given, options, texts);
  const { values, positionals } = parsed;
  if (values["help"] !== true) {
    const missing = words[positionals.length];
    if (missing !== undefined) throw new UsageError(texts.missing(`<${missing}>`));
    const more = positionals[words.length + (optionalWord === undefined ? 0 : 1)];
    if (more !== undefined) throw new UsageError(texts.tooMany(more));
  }
  const value = (name: string) => values[name];
  return {
    words: positionals,
    flag: (name) => value(name) === true,
    value: (name) => value(name) as string | undefined,
    values: (name) => (value(name) as readonly string[] | undefined) ?? [],
  };
}

function parse(args: readonly string[], options: ParseArgsOptionsConfig, texts: Texts) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explained(error as NodeJS.ErrnoException, args, texts), { cause: error });
  }
}

function explained({ code, message }: NodeJS.ErrnoException, args: readonly string[], texts: Texts): string {
  const flag =
    /'(-[^ '=<,]*)/.exec(message.replace(/'-\w, /, "'"))?.[1] ?? args.find((each) => each.startsWith("-")) ?? "";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return texts.unknownFlag(flag);
  return message.includes("does not take an argument") ? texts.takesNoValue(flag) : texts.needsValue(flag);
}

/** A whole number within bounds, or the default. Throws UsageError. */
export function wholeNumber(
  args: Arguments,
  name: string,
  { from, to, otherwise }: { readonly from: number; readonly to: number; readonly otherwise: number },
  texts: Texts,
): number {
  const text = args.value(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= to) return value;
  throw new UsageError(texts.wrongNumber(`--${name}`, from, to));
}
