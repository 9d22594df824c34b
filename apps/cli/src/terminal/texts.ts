// What the command line says, in English and Chinese. Codes, names of columns and files stay as they are.
import { en } from "./texts.en.js";
import { zh } from "./texts.zh.js";

export type Texts = typeof en;
export type Language = "en" | "zh";

/** Chinese where the environment asks for it, as POSIX says: the first of LC_ALL, LC_MESSAGES and LANG that is set. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("zh") ? "zh" : "en";
}

export const textsIn = (language: Language): Texts => (language === "zh" ? zh : en);
