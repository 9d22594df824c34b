// Mutations that expect what they change to be as it was read: what they say of it reaches their command by the context.
import { Fault } from "@gendan/eventing";
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from "graphql";
import type { GendanContext } from "./context.js";

/** Gives every mutation's resolver a context with the revision that the mutation expects. */
export function tellingExpected(schema: GraphQLSchema): void {
  for (const mutation of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = mutation as GraphQLField<unknown, GendanContext>;
    mutation.resolve = (source, args: { readonly expectedRevision?: unknown }, context: GendanContext, info) => {
      const { expectedRevision: given } = args;
      if (given === undefined || given === null) return resolve(source, args, context, info);
      return resolve(source, args, { ...context, expectedRevision: revisionIn(String(given)) }, info);
    };
  }
}

function revisionIn(text: string): number {
  if (/^(-1|\d{1,15})$/.test(text)) return Number(text);
  const field = "expectedRevision";
  throw new Fault("BAD_USER_INPUT", `${field} is a revision as it was read, or "-1", not "${text}".`, { field });
}
