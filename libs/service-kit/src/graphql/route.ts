// /graphql: a token, what is asked for, an answer. Of subgraphs and the gateway alike, which adds who may come in.
import { createHash } from "node:crypto";
import { isCorrelation, isFault, newId, readTraceparent, type Trace } from "@gendan/eventing";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { getOperationAST, OperationTypeNode, type GraphQLFormattedError } from "graphql";
import { askedIn, askedInUrl, type Asked } from "./asked.js";
import { answeredWith, spokenName, streaming, watchAnswers, watched, type RequestWatch } from "../telemetry/door.js";
import { languageOf, requestContext, type Bearer, type Verifier } from "./context.js";
import type { GraphqlDocuments } from "./documents.js";
import type { Report } from "./errors.js";
import { EventStreams, takesEvents } from "./event-stream.js";
import { mediaTypeOf, type MediaType } from "./media-type.js";
import { refusalOf, refused, statusOf } from "./refusal.js";
import { inLanguage, texts, type Text } from "./refusal-texts.js";
import type { Answer, GraphqlRequest } from "./subgraph.js";
import { isStream, wrongDoor, type Answers } from "./subscription.js";

/** Who may come in, how often, and how many at once. Each throws a RequestRefused. */
export interface Admission {
  /** Asked as soon as a request's head is there: a body that is refused is never kept. */
  arrive(caller: Bearer, address: string): void;
  /** Somebody has not shown who they are. */
  unknown(address: string): void;
  /** Takes a place for an execution, and gives what gives it back. */
  enter(caller: Bearer): () => void;
}

/** Subscriptions, as server-sent events. */
export interface LiveRoute {
  readonly subscribe: (request: GraphqlRequest) => Promise<Answers | Answer>;
  /** Takes a place for a subscription, and gives what gives it back. Throws a RequestRefused. Absent: there is always room. */
  readonly enter?: (caller: Bearer) => () => void;
  readonly heartbeatMs: number;
}

export interface GraphqlRoute {
  readonly verifier: Verifier;
  readonly documents: GraphqlDocuments;
  readonly execute: (request: GraphqlRequest) => Answer | Promise<Answer>;
  readonly report: Report;
  /** Absent: queries and mutations alone. */
  readonly live?: LiveRoute;
  /** The largest body taken, in bytes. */
  readonly bodyBytes: number;
  /** Absent: everybody with a token, as often as they like. */
  readonly admission?: Admission;
  /** Absent: the query itself. Throws a RequestRefused for a document that is not known or not taken. */
  readonly textOf?: (asked: Asked) => string;
  /** Told of every request. */
  readonly watch?: RequestWatch;
  /** What a browser gets that opens the address. */
  readonly page?: (reply: FastifyReply) => FastifyReply;
}

/** Serves `path`. The route has its own parsers and errors, so it sits in any Fastify server, Nest's too. */
export function graphqlRoute(server: FastifyInstance, path: string, route: GraphqlRoute): void {
  const { admission, textOf, page, watch } = route;
  const callers = new WeakMap<FastifyRequest, Bearer>();
  const streams = new EventStreams();
  const arrive = async (request: FastifyRequest): Promise<void> => {
    const caller = await callerOf(route, request);
    admission?.arrive(caller, request.ip);
    callers.set(request, caller);
  };
  const serve = async (request: FastifyRequest, reply: FastifyReply, asked: () => Asked): Promise<FastifyReply> => {
    const caller = callers.get(request)!;
    // Asked again when the body is there, since others came meanwhile.
    const leave = admission?.enter(caller);
    try {
      return await answer(route, streams, caller, request, reply, asked());
    } finally {
      leave?.();
    }
  };
  void server.register((scope, _, done) => {
    // JSON alone: a form on somebody's page cannot send it across origins without asking first.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/json",
      { parseAs: "string", bodyLimit: route.bodyBytes },
      (_request, text, parsed) => {
        try {
          parsed(null, JSON.parse(text as string));
        } catch {
          parsed(refused(400, "BAD_REQUEST", texts.notJson()));
        }
      },
    );
    scope.addHook("preClose", () => streams.close());
    if (watch) watchAnswers(scope, watch);
    scope.setErrorHandler((error, request, reply) => sendRefusal(route, error, request, reply));
    scope.post(path, { onRequest: arrive }, (request, reply) => serve(request, reply, () => askedIn(request.body)));
    scope.get(path, async (request, reply) => {
      const parameters = request.query as Readonly<Record<string, unknown>>;
      const isKnown = textOf !== undefined && ("documentId" in parameters || "extensions" in parameters);
      if (page && !isKnown && request.headers.accept?.includes("text/html")) return page(reply);
      if (!isKnown || "query" in parameters) throw notTaken(texts.queryByGet(), "POST");
      await arrive(request);
      return serve(request, reply, () => askedInUrl(parameters));
    });
    scope.route({
      method: ["PUT", "PATCH", "DELETE"],
      url: path,
      onRequest: ({ method }, _reply, next) => next(notTaken(texts.noMethod(method), textOf ? "GET, POST" : "POST")),
      handler: (_request, reply) => reply,
    });
    done();
  });
}

async function callerOf({ verifier, admission }: GraphqlRoute, request: FastifyRequest): Promise<Bearer> {
  try {
    return await verifier.verify(request.headers.authorization);
  } catch (error) {
    if (isFault(error, "UNAUTHENTICATED")) admission?.unknown(request.ip);
    throw error;
  }
}

async function answer(
  route: GraphqlRoute,
  streams: EventStreams,
  caller: Bearer,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
): Promise<FastifyReply> {
  if (request.raw.socket.destroyed) return reply.hijack(); // nobody waits for the answer
  const { headers } = request;
  const readsEvents = route.live !== undefined && takesEvents(request);
  const mediaType = mediaTypeOf(headers.accept) ?? (readsEvents ? mediaTypeOf(undefined) : undefined);
  if (!mediaType) {
    throw refused(406, "BAD_REQUEST", texts.noSuchAnswer());
  }
  const correlation = correlationOf(request);
  const { variables, operationName } = asked;
  const read = route.documents.read(route.textOf?.(asked) ?? queryIn(asked));
  if ("errors" in read) return send(reply, read, mediaType, correlation);
  const { document } = read;
  const operation = getOperationAST(document, operationName);
  const kind = operation?.operation ?? OperationTypeNode.QUERY;
  if (request.method === "GET" && kind !== OperationTypeNode.QUERY) throw notTaken(texts.operationByGet(kind), "POST");
  const isLive = kind === OperationTypeNode.SUBSCRIPTION && route.live !== undefined;
  if (isLive && !readsEvents) throw wrongDoor();
  if (!isLive && mediaTypeOf(headers.accept) === undefined) throw noEvents();
  const given = traceIn(request);
  const work = route.watch?.operations.begin({ correlation, ...given }, spokenName(operation));
  const { traceparent = given.traceparent } = work ?? {};
  const context = requestContext(caller, {
    language: headers["accept-language"],
    correlation,
    traceparent,
    operation: only(headers["x-operation"]),
  });
  const executed = { document, variables, operationName, context };
  if (isLive) {
    const begun = await watched(work, () => begin(route.live!, executed));
    if ("errors" in begun) return send(reply, begun.errors, mediaType, correlation);
    const { expiresAt } = caller;
    const { heartbeatMs } = route.live!;
    streaming(request);
    const { language } = context;
    return streams.send(reply, begun.answers, { expiresAt, heartbeatMs, correlation, language, over: begun.leave });
  }
  const result = await watched(work, async () => route.execute(executed));
  if (request.method === "GET" && result.errors === undefined) {
    return sendKept(request, reply, result, mediaType, correlation);
  }
  return send(reply, result, mediaType, correlation);
}

/** A subscription with its place, or why there is none: then the place is free again. */
async function begin(
  { subscribe, enter }: LiveRoute,
  request: GraphqlRequest,
): Promise<{ readonly answers: Answers; readonly leave: () => void } | { readonly errors: Answer }> {
  const leave = enter?.(request.context.caller) ?? ((): void => undefined);
  try {
    const begun = await subscribe(request);
    if (isStream(begun)) return { answers: begun, leave };
    leave();
    return { errors: begun };
  } catch (error) {
    leave();
    throw error;
  }
}

function queryIn({ query }: Asked): string {
  if (query !== undefined) return query;
  throw refused(400, "PERSISTED_QUERY_NOT_FOUND", texts.noneKnown());
}

const noEvents = () => refused(406, "BAD_REQUEST", texts.noEvents());

const notTaken = (text: Text, allow: string) => refused(405, "BAD_REQUEST", text, { headers: { allow } });

/** The client's own, where it is one. */
function correlationOf({ headers }: FastifyRequest): string {
  const given = only(headers["x-correlation-id"]);
  return isCorrelation(given) ? given : newId();
}

function traceIn({ headers }: FastifyRequest): Pick<Trace, "traceparent"> {
  const traceparent = readTraceparent(only(headers["traceparent"]));
  return traceparent === undefined ? {} : { traceparent };
}

/** Of a header that may have been sent twice. */
const only = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === "string" ? header : undefined;

/** Without data nothing was executed: the document or the variables did not fit, or a limit was passed. */
function send(reply: FastifyReply, answer: Answer, mediaType: MediaType, correlation: string): FastifyReply {
  answeredWith(reply.request, answer.errors);
  if ("data" in answer) return sendAs(reply.code(200), JSON.stringify(answer), mediaType, correlation);
  const refusal = mediaType.legacy ? 200 : 400;
  const { errors = [] } = answer;
  return sendErrors(reply.code(statusOf(errors[0]?.extensions?.["code"]) ?? refusal), errors, mediaType, correlation);
}

/** In the language that the client has asked for, as far as there are texts in it. */
function sendErrors(
  reply: FastifyReply,
  given: readonly GraphQLFormattedError[],
  mediaType: MediaType,
  correlation: string,
): FastifyReply {
  const { errors, languages } = inLanguage(given, languageOf(reply.request.headers["accept-language"]));
  return sendAs(reply.header("content-language", languages), JSON.stringify({ errors }), mediaType, correlation);
}

const sendAs = (reply: FastifyReply, text: string, { name }: MediaType, correlation: string): FastifyReply =>
  reply.header("content-type", `${name}; charset=utf-8`).header("x-correlation-id", correlation).send(text);

/** An answer that the client may keep, and ask about by its tag whether it is still the same. */
function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  mediaType: MediaType,
  correlation: string,
): FastifyReply {
  const text = JSON.stringify(answer);
  const tag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  reply
    .header("etag", tag)
    .header("cache-control", "private, no-cache")
    .header("vary", "authorization, accept, accept-language, origin");
  const known = request.headers["if-none-match"]?.split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (known?.some((each) => each === tag || each === "*")) return reply.code(304).send();
  return sendAs(reply, text, mediaType, correlation);
}

function sendRefusal(route: GraphqlRoute, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const correlation = correlationOf(request);
  const { statusCode, errors, headers } = refusalOf(
    error,
    route.bodyBytes,
    { correlation, ...traceIn(request) },
    route.report,
  );
  const mediaType = mediaTypeOf(request.headers.accept) ?? mediaTypeOf(undefined)!;
  answeredWith(request, errors);
  return sendErrors(reply.code(statusCode).headers({ ...headers }), errors, mediaType, correlation);
}
