// Tells of every command that is refused, whoever refuses it: in its payload, or by a fault.
import { isFault } from "@gendan/eventing";
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from "graphql";
import type { Bearer, GendanContext } from "./context.js";

export interface RefusedCommand {
  readonly caller: Bearer;
  readonly correlation: string;
  /** The fields at the top of the request. */
  readonly operation: string;
  /** The mutation, or the query that is refused to who may not ask it. */
  readonly command: string;
  readonly codes: readonly string[];
  /** Ids in its input, by their names; nothing else of it. */
  readonly about: Readonly<Record<string, string>>;
}

export type TellRefused = (refused: RefusedCommand) => Promise<void>;

/** Faults that are refusals to whom they are thrown. */
const REFUSALS = ["FORBIDDEN", "COMMAND_ID_REUSED", "SUBJECT_ERASED"] as const;

/** Has every refusal told of before it is answered. Wraps the schema's resolvers, so it comes after whoever else refuses. */
export function tellingRefused(schema: GraphQLSchema, tell: TellRefused): void {
  for (const type of [schema.getMutationType(), schema.getQueryType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) wrap(field, type === schema.getMutationType(), tell);
  }
}

type Args = Readonly<Record<string, unknown>>;

function wrap(field: GraphQLField<unknown, GendanContext>, isMutation: boolean, tell: TellRefused): void {
  const { name, resolve = defaultFieldResolver } = field;
  const told = (codes: readonly string[], args: Args, context: GendanContext): Promise<void> => {
    const { caller, correlation, operation } = context;
    return tell({ caller, correlation, operation, command: name, codes, about: idsIn(args) });
  };
  const thrown = async (error: unknown, args: Args, context: GendanContext): Promise<never> => {
    if (isFault(error, ...REFUSALS)) await told([error.code], args, context);
    throw error;
  };
  const answered = async (payload: unknown, args: Args, context: GendanContext): Promise<unknown> => {
    const codes = codesIn(payload);
    if (codes.length > 0) await told(codes, args, context);
    return payload;
  };
  // What is answered at once stays so: only mutations, and what fails, wait.
  field.resolve = (source, args: Args, context, info) => {
    try {
      const result = resolve(source, args, context, info) as unknown;
      if (!isMutation)
        return result instanceof Promise ? result.catch((error) => thrown(error, args, context)) : result;
      return Promise.resolve(result).then(
        (payload) => answered(payload, args, context),
        (error) => thrown(error, args, context),
      );
    } catch (error) {
      return thrown(error, args, context);
    }
  };
}

function codesIn(payload: unknown): string[] {
  const { userErrors } = (payload ?? {}) as { readonly userErrors?: readonly { readonly code: string }[] };
  return [...new Set(userErrors?.map(({ code }) => code))];
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A text that looks like an id is one, whatever somebody has written there instead is left out. */
function idsIn(args: Args): Record<string, string> {
  const input = typeof args["input"] === "object" && args["input"] !== null ? args["input"] : {};
  const ids = Object.entries({ ...args, ...input }).filter(
    ([name, value]) => /(^i|I)d$/.test(name) && name !== "commandId" && typeof value === "string" && ID.test(value),
  );
  return Object.fromEntries(ids) as Record<string, string>;
}
