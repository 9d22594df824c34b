// POST /graphql: a token, a JSON body, an answer. Of subgraphs and the gateway alike.
import { Fault } from "@gendan/eventing";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLFormattedError } from "graphql";
import { requestContext, type Verifier } from "./context.js";
import type { GraphqlDocuments } from "./documents.js";
import { describe, type Report } from "./errors.js";
import type { Answer, GraphqlRequest, Variables } from "./subgraph.js";

export interface GraphqlRoute {
  readonly verifier: Verifier;
  readonly documents: GraphqlDocuments;
  readonly execute: (request: GraphqlRequest) => Answer | Promise<Answer>;
  readonly report: Report;
  /** The largest body taken, in bytes. */
  readonly bodyBytes: number;
  /** Requests executed at once; further ones are refused at once (503, OVERLOADED). Absent: as many as come. */
  readonly maxInFlight?: number;
}

/** An answer that is no execution's: the request was refused as a whole. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly GraphQLFormattedError[],
  ) {
    super("refused");
  }
}

const refused = (status: number, code: string, message: string): Refused =>
  new Refused(status, [{ message, extensions: { code } }]);

const full = (inFlight: number): Refused =>
  refused(503, "OVERLOADED", `${inFlight} requests are in execution already; send this one again in a second.`);

/** Serves POST `path`. The route has its own parsers and errors, so it sits in any Fastify server, Nest's too. */
export function graphqlRoute(server: FastifyInstance, path: string, route: GraphqlRoute): void {
  const { maxInFlight = Infinity } = route;
  let inFlight = 0;
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
          parsed(refused(400, "BAD_REQUEST", "The body is not JSON."));
        }
      },
    );
    scope.setErrorHandler((error, request, reply) => sendRefusal(route, error, request, reply));
    // Before the body is read, which is then never kept; and again when it is there, since others came meanwhile.
    scope.addHook("onRequest", (_request, _reply, next) => next(inFlight < maxInFlight ? undefined : full(inFlight)));
    scope.post(path, async (request, reply) => {
      if (inFlight >= maxInFlight) throw full(inFlight);
      inFlight += 1;
      try {
        return await answer(route, request, reply);
      } finally {
        inFlight -= 1;
      }
    });
    done();
  });
}

async function answer(route: GraphqlRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { headers } = request;
  const caller = await route.verifier.verify(headers.authorization);
  if (request.raw.socket.destroyed) return reply.hijack(); // nobody waits for the answer
  const context = requestContext(caller, {
    authorization: headers.authorization,
    language: headers["accept-language"],
    correlation: correlationOf(request),
  });
  const { query, variables, operationName } = bodyOf(request.body);
  const read = route.documents.read(query);
  if ("errors" in read) throw new Refused(400, read.errors);
  const result = await route.execute({ document: read.document, variables, operationName, context });
  // Without data nothing was executed: the variables did not fit, or the document has no such operation.
  return send(reply, "data" in result ? 200 : 400, result, context.correlation);
}

interface Body {
  readonly query: string;
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

function bodyOf(body: unknown): Body {
  if (!isRecord(body))
    throw refused(400, "BAD_REQUEST", 'The body must be one object: {"query": "…", "variables": {…}}.');
  const { query, variables, operationName } = body;
  if (typeof query !== "string") throw refused(400, "BAD_REQUEST", "The body must have a query, as a text.");
  if (variables != null && !isRecord(variables)) throw refused(400, "BAD_REQUEST", "variables must be an object.");
  if (operationName != null && typeof operationName !== "string") {
    throw refused(400, "BAD_REQUEST", "operationName must be a text.");
  }
  return { query, variables: variables ?? {}, operationName: operationName ?? undefined };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const correlationOf = ({ headers }: FastifyRequest): string | undefined => {
  const correlation = headers["x-correlation-id"];
  return typeof correlation === "string" ? correlation : undefined;
};

function send(reply: FastifyReply, status: number, answer: Answer, correlation: string): FastifyReply {
  return reply
    .code(status)
    .header("content-type", "application/json; charset=utf-8")
    .header("x-correlation-id", correlation)
    .send(JSON.stringify(answer));
}

/** Statuses of faults that refuse a request as a whole. */
const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  OVERLOADED: 503,
  CLOSED: 503,
};

function sendRefusal(route: GraphqlRoute, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { correlation } = requestContext({ user: "", tokens: [] }, { correlation: correlationOf(request) });
  const { status, errors } = refusalOf(route, error, correlation);
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="gendan"');
  if (status === 503) reply.header("retry-after", "1");
  return send(reply, status, { errors }, correlation);
}

function refusalOf(route: GraphqlRoute, error: unknown, correlation: string): Refused {
  if (error instanceof Refused) return error;
  switch ((error as { readonly code?: unknown }).code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return refused(413, "BODY_TOO_LARGE", `The body is larger than the ${route.bodyBytes} bytes taken.`);
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return refused(415, "BAD_REQUEST", "Send the body as application/json.");
  }
  const status = error instanceof Fault ? (statuses[error.code] ?? 500) : 500;
  return new Refused(status, [describe(error, correlation, route.report)]);
}
