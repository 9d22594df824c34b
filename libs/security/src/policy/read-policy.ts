// Reading a policy file: every fault is listed at once, each with its place in the file and with what would be taken.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Fault, nearestOf } from "@gendan/eventing";
import type { z } from "zod";
import { Policy } from "./policy.js";
import { policyFile, ROLES, type PolicyFile } from "./policy-file.js";

/** What holds where no file is named: a policy file itself. */
export const DEFAULT_POLICY_FILE = fileURLToPath(new URL("./default-policy.json", import.meta.url));

const defaults = policyFile.parse(JSON.parse(readFileSync(DEFAULT_POLICY_FILE, "utf8")));

/** Every command that there is: a spec holds the default against the graph. */
export const knownCommands: ReadonlySet<string> = new Set(Object.values(defaults.groups).flat());

export const defaultPolicy = new Policy(defaults);

/** The policy of a file; the default where none is named. Throws a Fault CONFIGURATION that lists what is wrong. */
export function readPolicy(file: string | undefined): Policy {
  if (file === undefined) return defaultPolicy;
  const read = parsed(file);
  const faults = "faults" in read ? read.faults : meaningFaults(read.policy);
  if ("policy" in read && faults.length === 0) return new Policy(read.policy);
  const message = `Wrong policy (GENDAN_POLICY_FILE): ${file}: ${faults.join("; ")}. docs/policy.md tells what is taken.`;
  throw new Fault("CONFIGURATION", message, { file, faults });
}

type Parsed = { readonly policy: PolicyFile } | { readonly faults: readonly string[] };

function parsed(file: string): Parsed {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return { faults: [`it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [`it is no JSON: ${(error as Error).message}`] };
  }
  const { data, error } = policyFile.safeParse(json, { reportInput: true });
  return data === undefined ? { faults: error!.issues.flatMap(formFaults) } : { policy: data };
}

/** What the form of the file forbids. */
function formFaults(issue: z.core.$ZodIssue): string[] {
  const at = placeOf(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknown(issue.path, key, keysAt(issue.path)));
    case "invalid_value":
      return [`${at} is ${shown(issue.input)}, accepted: ${issue.values.map(String).join(", ")}`];
    case "invalid_type":
      return issue.input === undefined ? [`${at} is missing`] : [`${at} is ${shown(issue.input)}, accepted: ${issue.expected}`]; // prettier-ignore
    case "invalid_key":
      return [unknown(issue.path.slice(0, -1), String(issue.path.at(-1)), ROLES)];
    default:
      return [`${at} is ${shown(issue.input)}: ${issue.message}`];
  }
}

/** What is well written and means nothing. */
function meaningFaults({ groups, roles, departments = [] }: PolicyFile): string[] {
  const names = [...Object.keys(groups), ...knownCommands];
  const unknownIn = (place: string, given: readonly string[], known: readonly string[], what: string): string[] =>
    given.flatMap((name, index) =>
      known.includes(name) ? [] : [`${place}[${index}]: ${JSON.stringify(name)} is no ${what}${meant(name, known)}`],
    );
  const paths = departments.map(({ path }) => path);
  return [
    ...Object.keys(groups)
      .filter((name) => knownCommands.has(name))
      .map((name) => `groups.${name} has the name of a command: name the group otherwise`),
    ...Object.entries(groups).flatMap(([name, commands]) =>
      unknownIn(`groups.${name}`, commands, [...knownCommands], "command"),
    ),
    ...Object.entries(roles).flatMap(([name, { commands }]) =>
      unknownIn(`roles.${name}.commands`, commands, names, "command and no group"),
    ),
    ...paths.flatMap((path, index) => {
      const above = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      if (paths.indexOf(path) < index) return [`departments[${index}].path: ${path} is there twice`];
      return above === "" || paths.includes(above)
        ? []
        : [`departments[${index}].path: ${path} lies below ${above}, which is not in the list: add it`];
    }),
  ];
}

/** `roles.sales.commands[3]` */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((at, key) => {
    if (typeof key === "number") return `${at}[${key}]`;
    return at === "" ? String(key) : `${at}.${String(key)}`;
  }, "") || "the file";

const unknown = (path: readonly PropertyKey[], key: string, known: readonly string[]): string =>
  `${placeOf([...path, key])} means nothing${meant(key, known)}`;

/** What the objects of the file may have, by where they lie. */
function keysAt([first, second]: readonly PropertyKey[]): readonly string[] {
  if (first === undefined) return Object.keys(policyFile.shape);
  if (first === "departments") return ["path", "en", "zh"];
  return second === undefined ? ROLES : ["commands", "rights", "fields", "rows"];
}

function meant(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known);
  return nearest === undefined ? `, accepted: ${known.join(", ")}` : `; ${nearest} is meant`;
}

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? "missing";
