// Configuration: GENDAN_* variables against a schema, once, at start. Every fault is listed, with what would be taken.
import { Fault, nearestOf } from "@gendan/eventing";
import { z } from "zod";

/** A wrong configuration: one line per fault. */
export class ConfigFault extends Fault {
  constructor(readonly faults: readonly string[]) {
    super("CONFIGURATION", `Wrong configuration: ${faults.join("; ")}.`, { faults });
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = "GENDAN_";

/** `logLevel` is read from GENDAN_LOG_LEVEL. */
const variableOf = (setting: string): string => PREFIX + setting.replace(/[A-Z]/g, "_$&").toUpperCase();

/**
 * Reads the schema's settings from their variables; an empty variable counts as absent. A variable that begins with GENDAN_ and
 * means nothing is a fault too. Throws ConfigFault.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): Readonly<z.output<z.ZodObject<Shape>>> {
  const settings = Object.keys(schema.shape);
  const given = settings.map((setting) => [setting, environment[variableOf(setting)] || undefined] as const);
  const parsed = schema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  const faults = [
    ...unknownIn(environment, settings.map(variableOf)),
    ...(parsed.error?.issues ?? []).map((issue) => faultOf(issue, schema, environment)),
  ];
  if (faults.length > 0) throw new ConfigFault(faults);
  return Object.freeze(parsed.data!);
}

/** A bound with its unit, a whole number: `bound("milliseconds", { min: 100, max: 60_000, default: 5_000 })`. */
export const bound = (unit: string, range: { readonly min: number; readonly max: number; readonly default: number }) =>
  z.coerce
    .number()
    .int()
    .min(range.min)
    .max(range.max)
    .default(range.default)
    .meta({ accepts: `a whole number of ${unit} from ${range.min} to ${range.max}` });

function faultOf(issue: z.core.$ZodIssue, schema: z.ZodObject, environment: Environment): string {
  const setting = String(issue.path[0]);
  const variable = variableOf(setting);
  const value = environment[variable];
  const said =
    value === undefined || value === "" ? "is missing" : isSecret(variable) ? "is not accepted" : `is "${value}"`;
  return `${variable} ${said}, accepted: ${acceptedBy(issue, schema.shape[setting] as z.ZodType)}`;
}

function acceptedBy(issue: z.core.$ZodIssue, setting: z.ZodType): string {
  const accepts = setting.meta()?.["accepts"];
  if (typeof accepts === "string") return accepts;
  return issue.code === "invalid_value" ? issue.values.map(String).join(", ") : issue.message;
}

/** Values that must not get into a log or onto a screen. */
const isSecret = (variable: string): boolean => /SECRET|PASSWORD|KEY|URL/.test(variable);

function unknownIn(environment: Environment, known: readonly string[]): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && environment[name] !== "" && !known.includes(name))
    .filter((name) => !FOR_DEVELOPERS.test(name))
    .map((name) => {
      const meant = nearestOf(name, known);
      if (meant !== undefined) return `${name} is no variable; ${meant} is meant`;
      return `${name} is no variable, accepted: ${known.join(", ")}`;
    });
}

/** What tests, their servers and benchmarks are told; a shell that has it may start a program too. */
const FOR_DEVELOPERS = /^GENDAN_(TEST|REQUIRE|BENCH)_|^GENDAN_CACHE$/;
