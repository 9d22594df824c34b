// What a command of the command line is made of.
import type { ParseArgsOptionsConfig } from "node:util";
import type { Arguments } from "../terminal/arguments.js";
import type { Language, Texts } from "../terminal/texts.js";

export interface Terminal {
  readonly texts: Texts;
  readonly language: Language;
  /** A line for whoever asked; progress and faults go elsewhere. */
  readonly print: (line: string) => void;
}

export interface Command {
  readonly options: ParseArgsOptionsConfig;
  /** Names of its words, all needed. */
  readonly words: readonly string[];
  /** A word that may follow them. */
  readonly optionalWord?: string;
  /** Gives the exit code. */
  readonly run: (args: Arguments, terminal: Terminal) => Promise<number>;
}

export const DEFAULT_DATA = ".gendan";
export const data = { data: { type: "string", default: DEFAULT_DATA } } as const;
/** Another server than the folder's own, and a token for it. */
export const server = { url: { type: "string" }, token: { type: "string" } } as const;
