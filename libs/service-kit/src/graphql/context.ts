// What resolvers are given of a request: who asks, in which language, and loaders that batch its reads.
import { isCorrelation, newId, newTraceparent, readTraceparent } from "@gendan/eventing";
import type { Grants } from "./grants.js";

/** What the kit must know of a caller; the Caller of @gendan/security is one. */
export interface Bearer {
  readonly user: string;
  readonly tokens: readonly string[];
  /** What a gateway goes by where it lets roles do different things; absent: none. */
  readonly roles?: readonly string[];
  /** What the roles may do and see; absent: nothing that needs a grant. */
  readonly grants?: Grants;
  /** When the token ends by which they came, in milliseconds since 1970; absent where none does. */
  readonly expiresAt?: number;
}

/** Tells who sent an `Authorization` header, at once when it can. Throws (or rejects with) UNAUTHENTICATED. */
export interface Verifier {
  verify(authorization: string | undefined): Bearer | Promise<Bearer>;
}

export type Language = "en" | "zh";

export interface GendanContext<Caller extends Bearer = Bearer> {
  readonly caller: Caller;
  readonly language: Language;
  /** Names the request in logs, errors and events; passed on from service to service. */
  readonly correlation: string;
  /** W3C Trace Context of the request; goes the same way. */
  readonly traceparent: string;
  /** What the client asked for, by the fields at the top of the request; the gateway says it. */
  operation: string;
  /** Of a mutation that says so: carried out only while what it changes is at this revision. */
  readonly expectedRevision?: number;
  /**
   * What `make` makes for this request, made when first asked for: `context.loader(ordersById).load(id)`. Keep `make` as one
   * function (a property of the resolver, a constant), because it is the key. A mutation may change what a loader has
   * read, so let DataLoaders batch but not remember (`{ cache: false }`).
   */
  loader<Loader>(make: (context: GendanContext<Caller>) => Loader): Loader;
}

export interface RequestHeaders {
  readonly language?: string | undefined;
  readonly correlation?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly operation?: string | undefined;
}

/** The context of one request. */
export function requestContext<Caller extends Bearer>(
  caller: Caller,
  headers: RequestHeaders = {},
): GendanContext<Caller> {
  let loaders: Map<unknown, unknown> | undefined;
  const context: GendanContext<Caller> = {
    caller,
    language: languageOf(headers.language),
    correlation: isCorrelation(headers.correlation) ? headers.correlation : newId(),
    traceparent: readTraceparent(headers.traceparent) ?? newTraceparent(),
    operation: headers.operation !== undefined && OPERATION.test(headers.operation) ? headers.operation : "",
    loader<Loader>(make: (context: GendanContext<Caller>) => Loader): Loader {
      loaders ??= new Map();
      if (!loaders.has(make)) loaders.set(make, make(context));
      return loaders.get(make) as Loader;
    },
  };
  return context;
}

/** Names of fields, as `rootFieldsOf` lists them. */
const OPERATION = /^\w{1,100}(, \w{1,100}){0,9}$/;

/** The best of our languages for an `Accept-Language` header; English where it names none of them. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined) return "en";
  let best: Language = "en";
  let bestQuality = 0;
  for (const part of header.split(",")) {
    const [, name, quality = "1"] = /^\s*(zh|en)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(part) ?? [];
    if (name === undefined || !(Number(quality) > bestQuality)) continue;
    best = name.toLowerCase() as Language;
    bestQuality = Number(quality);
  }
  return best;
}
