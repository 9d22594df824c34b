// What the routes beside /graphql share: who asks, how many at once, and refusals in the form of the graph's own.
import {
  answeredWith,
  inLanguage,
  languageOf,
  overloadedBy,
  refusalOf,
  requestContext,
  watchAnswers,
  type Language,
  type RequestWatch,
} from "@gendan/service-kit";
import { isCorrelation, isFault, newId } from "@gendan/eventing";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CallersGraph, type GraphDoor } from "./callers-graph.js";

export interface FileBounds {
  /** The largest body taken, in bytes. */
  readonly bodyBytes: number;
  /** Requests of files under way at once. */
  readonly atOnce: number;
}

/** The graph as who sent the request sees it; there from the first hook on. */
export type GraphOf = (request: FastifyRequest) => CallersGraph;

/** Adds routes in a room of their own: whoever comes in is known before a byte of a body is read. */
export function fileRoutes(
  server: FastifyInstance,
  door: GraphDoor,
  { bodyBytes, atOnce }: FileBounds,
  add: (scope: FastifyInstance, graphOf: GraphOf) => Promise<void>,
  watch?: RequestWatch,
): void {
  const graphs = new WeakMap<FastifyRequest, CallersGraph>();
  let underWay = 0;
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    if (watch) watchAnswers(scope, watch);
    scope.addHook("onRequest", async (request, reply) => {
      graphs.set(request, new CallersGraph(door, contextOf(request, await callerOf(door, request))));
      if (underWay >= atOnce) throw overloadedBy(underWay);
      underWay += 1;
      reply.raw.once("close", () => void (underWay -= 1));
    });
    scope.setErrorHandler((error, request, reply) => {
      if (request.raw.socket.destroyed) return reply.hijack(); // who sent it has gone away
      // What is left of a body is not waited for.
      if (!request.raw.complete) void reply.header("connection", "close");
      const correlation = graphs.get(request)?.context.correlation ?? newId();
      const { statusCode, errors, headers } = refusalOf(error, bodyBytes, { correlation }, door.report);
      const told = inLanguage(errors, languageAsked(request));
      answeredWith(request, errors);
      return sendJson(reply.code(statusCode).headers({ ...headers }), { errors: told.errors }, correlation).header(
        "content-language",
        told.languages,
      );
    });
    await add(scope, (request) => graphs.get(request)!);
  });
}

export const sendJson = (reply: FastifyReply, body: object, correlation: string): FastifyReply =>
  reply
    .header("content-type", "application/json; charset=utf-8")
    .header("x-correlation-id", correlation)
    .send(JSON.stringify(body));

async function callerOf({ verifier, admission }: GraphDoor, request: FastifyRequest) {
  try {
    const caller = await verifier.verify(request.headers.authorization);
    admission.arrive(caller, request.ip);
    return caller;
  } catch (error) {
    if (isFault(error, "UNAUTHENTICATED")) admission.unknown(request.ip);
    throw error;
  }
}

function contextOf(request: FastifyRequest, caller: CallersGraph["caller"]) {
  const only = (header: string | string[] | undefined) => (typeof header === "string" ? header : undefined);
  const given = only(request.headers["x-correlation-id"]);
  return requestContext(caller, {
    language: languageAsked(request),
    correlation: isCorrelation(given) ? given : newId(),
    traceparent: only(request.headers["traceparent"]),
  });
}

/** `?lang=zh` for a link; else what the browser says. */
export function languageAsked({ query, headers }: FastifyRequest): Language {
  const { lang } = query as Readonly<Record<string, unknown>>;
  return lang === "zh" || lang === "en" ? lang : languageOf(headers["accept-language"]);
}
