// What the processes of Gendan tell at their doors: of each request for GraphQL, and GET /metrics.
import { faultCode, type Watch, type Work } from "@gendan/eventing";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { GraphQLFormattedError, OperationDefinitionNode } from "graphql";
import { RequestRefused } from "../graphql/refusal.js";
import type { Telemetry } from "./telemetry.js";

/** Who is told of the requests of a route. */
export interface RequestWatch {
  /** Operations in execution. */
  readonly operations: Watch;
  /** Every answer: its status, the code of the first error, the seconds it took; a stream of answers takes none. */
  readonly answered: (status: number, code: string, seconds: number | undefined) => void;
}

type Errors = readonly GraphQLFormattedError[] | undefined;

const NO_ERROR = "none";
const STREAM = "stream";
/** Of an operation's name in traces. */
const MAX_NAME_LENGTH = 100;

/** `service`: whose route it is. */
export const requestWatch = (telemetry: Telemetry, service: string): RequestWatch => ({
  operations: telemetry.watch(service, "request", service),
  answered: telemetry.answers(service),
});

/** The code of the first error that a request was answered with, or STREAM. */
const codes = new WeakMap<FastifyRequest, string>();

/** Tells of each answer that the routes of this scope give. */
export function watchAnswers(scope: FastifyInstance, { answered }: RequestWatch): void {
  scope.addHook("onResponse", (request, { statusCode, elapsedTime }, next) => {
    const code = codes.get(request) ?? NO_ERROR;
    answered(statusCode, code, code === STREAM ? undefined : elapsedTime / 1_000);
    next();
  });
}

/** Remembers what the request is answered with. */
export function answeredWith(request: FastifyRequest, errors: Errors): void {
  const code = firstCode(errors);
  if (code !== undefined) codes.set(request, code);
}

/** The request is answered by a stream: how long it lasts says nothing of how fast it was. */
export function streaming(request: FastifyRequest): void {
  codes.set(request, STREAM);
}

/** A client's own name of its operation: `mutation ConfirmOrder`. */
export const spokenName = (operation: OperationDefinitionNode | null | undefined): string =>
  operation ? `${operation.operation} ${operation.name?.value ?? ""}`.trim().slice(0, MAX_NAME_LENGTH) : "";

/** Ends the work as its answer says. */
export async function watched<Result extends object>(
  work: Work | undefined,
  execute: () => Promise<Result>,
): Promise<Result> {
  try {
    const answer = await execute();
    work?.end(("errors" in answer ? firstCode(answer.errors as Errors) : undefined) ?? "answered");
    return answer;
  } catch (error) {
    if (error instanceof RequestRefused) work?.end("refused", 0, firstCode(error.errors));
    else work?.end("fault", 0, faultCode(error));
    throw error;
  }
}

function firstCode(errors: Errors): string | undefined {
  const code = Array.isArray(errors)
    ? (errors[0] as GraphQLFormattedError | undefined)?.extensions?.["code"]
    : undefined;
  return typeof code === "string" ? code : undefined;
}

/**
 * Serves GET /metrics. They name no person and no aggregate, but how much is done and how well it goes: `refuse` says who may
 * not read that; absent where everybody who reaches the listener may.
 */
export function metricsRoute(
  server: FastifyInstance,
  telemetry: Pick<Telemetry, "exposition">,
  refuse: (request: FastifyRequest) => Promise<RequestRefused | undefined> = () => Promise.resolve(undefined),
): void {
  server.get("/metrics", async (request, reply) => {
    const refusal = await refuse(request);
    if (refusal) {
      const { statusCode, errors, headers } = refusal;
      return reply
        .code(statusCode)
        .headers({ ...headers })
        .send({ errors });
    }
    const { type, text } = await telemetry.exposition();
    return reply.header("content-type", type).header("cache-control", "no-store").send(text);
  });
}
