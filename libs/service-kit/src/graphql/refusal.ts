// A request that is refused as a whole, before anything of it was executed: its HTTP status, its code, when to come again.
import { Fault } from "@gendan/eventing";
import type { GraphQLFormattedError } from "graphql";
import { describe, type Report, type RequestTrace } from "./errors.js";
import { errorOf, faultInChinese, texts, type Text } from "./refusal-texts.js";

export interface RefusalDetails {
  /** Told beside the code. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by whoever refuses a request as a whole. `statusCode` is where Fastify looks for it too. */
export class RequestRefused extends Error {
  constructor(
    readonly statusCode: number,
    readonly errors: readonly GraphQLFormattedError[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors[0]?.message ?? "refused");
  }
}

/** A refusal of one reason. */
export const refused = (
  statusCode: number,
  code: string,
  text: Text,
  { extensions = {}, headers = {} }: RefusalDetails = {},
): RequestRefused => new RequestRefused(statusCode, [errorOf(text, { ...extensions, code })], headers);

/** Too much is under way: the same a second later is right. */
export const overloadedBy = (inFlight: number): RequestRefused =>
  refused(503, "OVERLOADED", texts.overloaded(inFlight), { headers: { "retry-after": "1" } });

/** Statuses of codes that refuse a request as a whole, in whichever form the answer is. */
const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  IDENTITY_PROVIDER_UNAVAILABLE: 503,
  OVERLOADED: 503,
  CLOSED: 503,
};

export const statusOf = (code: unknown): number | undefined => (typeof code === "string" ? statuses[code] : undefined);

/** The refusal that an error is, whoever has thrown it; what callers are not shown is reported. */
export function refusalOf(error: unknown, bodyBytes: number, trace: RequestTrace, report: Report): RequestRefused {
  if (error instanceof RequestRefused) return error;
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown };
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return refused(413, "BODY_TOO_LARGE", texts.bodyTooLarge(bodyBytes));
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return refused(415, "BAD_REQUEST", texts.notSentAsJson());
  }
  // Of the server's own: a body shorter than it says, an empty one.
  if (typeof code === "string" && code.startsWith("FST_ERR_") && typeof statusCode === "number" && statusCode < 500) {
    return refused(statusCode, "BAD_REQUEST", texts.notWellFormed());
  }
  const status = error instanceof Fault ? (statusOf(error.code) ?? 500) : 500;
  const headers: Record<string, string> = {};
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="gendan"';
  if (status === 503) headers["retry-after"] = "1";
  const told = describe(error, trace, report);
  const zh = error instanceof Fault ? faultInChinese(error) : undefined;
  const errors = [zh === undefined ? told : errorOf({ en: told.message, zh }, { ...told.extensions })];
  return new RequestRefused(status, errors, headers);
}
