// Inputs beyond what GraphQL's types say: parsed by a zod schema, every fault named with its field.
import { Fault, isMinor } from "@gendan/eventing";
import { z } from "zod";

/** An amount: minor units as a decimal integer, an ISO 4217 code. */
export const moneyInput = z.object({
  minor: z.string().refine(isMinor, 'must be an integer of minor units, such as "1999" for 19.99'),
  currency: z.string().regex(/^[A-Z]{3}$/, "must be a currency's ISO 4217 code, such as EUR"),
});

/** The same command sent again carries the same id. */
export const commandId = z.string().min(1, "must not be empty").max(100, "may have at most 100 characters");

/** The input, parsed. Throws BAD_USER_INPUT with every fault: `details.problems` lists field and message. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  const text = problems.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; ");
  throw new Fault("BAD_USER_INPUT", text, { problems }, { cause: parsed.error });
}

/** GraphQL gives null for what a client leaves empty; here it is simply not there. */
export function withoutNulls(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutNulls);
  if (input === null || typeof input !== "object") return input;
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([field, value]) => [field, withoutNulls(value)]),
  );
}
