// The shared scalars: what a client may write for them, and what is said when it is something else.
import { Fault, isDay, isQuantity } from "@gendan/eventing";
import { GraphQLError, isScalarType, valueFromASTUntyped, type GraphQLSchema } from "graphql";

type Parse = (value: unknown) => string;

const refuse = (expected: string): never => {
  throw new GraphQLError(expected, { extensions: { code: "BAD_USER_INPUT" } });
};

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const parsers: Readonly<Record<string, Parse>> = {
  DateTime(value) {
    const expected = "A DateTime is an instant with its offset, such as 2026-11-23T08:30:00Z.";
    const day = typeof value === "string" ? INSTANT.exec(value)?.[1] : undefined;
    if (day === undefined || !isDay(day)) return refuse(expected);
    const instant = new Date(value as string);
    return Number.isNaN(instant.getTime()) ? refuse(expected) : instant.toISOString();
  },
  Date(value) {
    if (typeof value === "string" && isDay(value)) return value;
    return refuse("A Date is a calendar day, such as 2026-11-23.");
  },
  Quantity(value) {
    if (typeof value === "string" && isQuantity(value)) return value;
    return refuse('A Quantity is a decimal string of at most six places, such as "12.5".');
  },
};

/** Gives the schema's shared scalars (common.graphql) their rules; others are left alone. */
export function withScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, parse] of Object.entries(parsers)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    type.parseValue = parse;
    type.parseLiteral = (node, variables) => parse(valueFromASTUntyped(node, variables));
  }
  return schema;
}

/** Parses a value by a shared scalar's rule where GraphQL did not. Throws BAD_USER_INPUT that names the field. */
export function parseScalar(scalar: "DateTime" | "Date" | "Quantity", field: string, value: unknown): string {
  try {
    return parsers[scalar]!(value);
  } catch (cause) {
    throw new Fault("BAD_USER_INPUT", `${field}: ${(cause as Error).message}`, { field }, { cause });
  }
}
