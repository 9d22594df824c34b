// What callers are told of errors: faults by their stable code, everything else as INTERNAL; the log has the rest.
import { Fault, type FaultCode, type Trace } from "@gendan/eventing";
import { GraphQLError, type GraphQLFormattedError } from "graphql";

/** What the log says of a request: the correlation that its caller was told, and its trace. */
export type RequestTrace = Trace & { readonly correlation: string };

/** Told of an error that callers are not shown. */
export type Report = (error: unknown, trace: RequestTrace) => void;

/** Faults whose message and details were written for the caller; of the others only the code leaves the house. */
const forCallers: ReadonlySet<FaultCode> = new Set([
  "BAD_USER_INPUT",
  "COMMAND_ID_REUSED",
  "CONFLICT_UNRESOLVED",
  "DEPARTMENT_UNKNOWN",
  "FIELD_MASKED",
  "FORBIDDEN",
  "IDENTITY_PROVIDER_UNAVAILABLE",
  "INVALID_CURSOR",
  "NOT_FOUND",
  "OVERLOADED",
  "READ_BEHIND",
  "RESYNC",
  "SLOW_READER",
  "SUBJECT_ERASED",
  "TOO_BROAD",
  "UNAUTHENTICATED",
]);

/** Errors of an execution as callers get them. What was masked is reported. */
export const presentAll = (
  errors: readonly GraphQLError[],
  trace: RequestTrace,
  report: Report,
): GraphQLFormattedError[] => errors.map((error) => present(error, trace, report));

function present(error: GraphQLError, trace: RequestTrace, report: Report): GraphQLFormattedError {
  const where = {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  };
  // Without a path nothing was resolved: the request itself does not fit, and its message names where.
  if (error.path === undefined) {
    const message = withoutSuggestion(error.message);
    return { message, ...where, extensions: { code: "BAD_USER_INPUT", ...error.extensions } };
  }
  return { ...describe(rootOf(error), trace, report), ...where };
}

/** A fault (or anything thrown) as callers get it, outside of an execution too. */
export function describe(cause: unknown, trace: RequestTrace, report: Report): GraphQLFormattedError {
  if (cause instanceof Fault && forCallers.has(cause.code)) {
    return { message: cause.message, extensions: { ...cause.details, code: cause.code } };
  }
  // graphql-jit's errors have no extensions where graphql-js's have empty ones.
  if (cause instanceof GraphQLError && cause.extensions?.["code"] !== undefined) {
    return { message: cause.message, extensions: { ...cause.extensions } };
  }
  report(cause, trace);
  const { correlation } = trace;
  const code = cause instanceof Fault ? cause.code : "INTERNAL";
  const message = `The request failed (${code}). The service's log says why under ${correlation}.`;
  return { message, extensions: { code, correlation } };
}

/** graphql-js guesses what was meant, and so spells the schema out to whoever may not read it. */
export function withoutSuggestion(message: string): string {
  const at = message.indexOf(" Did you mean ");
  return at < 0 ? message : message.slice(0, at);
}

/** What was thrown, beneath the GraphQL errors that executors wrap it in. */
function rootOf(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}
