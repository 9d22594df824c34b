// A service that the gateway reaches over HTTP. Apart, so that a process that holds all services does not load a client at its start.
import type { Answer, GendanContext, Report } from "@gendan/service-kit";
import { print, type DocumentNode } from "graphql";
import { Pool } from "undici";
import { unavailable, type SubgraphExecutor } from "./subgraph-executor.js";

export interface HttpSubgraph {
  /** The service's name in the graph. */
  readonly name: string;
  /** Where it answers: http://127.0.0.1:4001/graphql */
  readonly url: string;
  /** Told why a service did not answer; the caller hears only that it did not. */
  readonly report: Report;
  /** The longest wait for the answer's beginning, and for its next part, in milliseconds. */
  readonly timeoutMs?: number;
  /** Connections kept open. */
  readonly connections?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_CONNECTIONS = 64;
/** A larger answer counts as none, in bytes. */
const MAX_ANSWER_BYTES = 67_108_864;

/** A service that listens elsewhere. It hears who asks, in which language, and under which correlation. */
export function httpSubgraph(options: HttpSubgraph): SubgraphExecutor {
  const { name, report, timeoutMs = DEFAULT_TIMEOUT_MS, connections = DEFAULT_CONNECTIONS } = options;
  const url = new URL(options.url);
  const pool = new Pool(url.origin, {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  return {
    async execute({ document, variables, operationName, context }) {
      try {
        const { statusCode, body } = await pool.request({
          method: "POST",
          path: url.pathname + url.search,
          headers: headersOf(context),
          body: JSON.stringify({ query: textOf(document), variables, operationName }),
        });
        return answerIn(statusCode, await body.json());
      } catch (error) {
        report(error, context.correlation);
        return unavailable(name);
      }
    },
    close: () => pool.close(),
  };
}

const headersOf = ({ authorization, language, correlation }: GendanContext): Record<string, string> => ({
  "content-type": "application/json",
  accept: "application/json",
  "accept-language": language,
  "x-correlation-id": correlation,
  ...(authorization === undefined ? {} : { authorization }),
});

const texts = new WeakMap<DocumentNode, string>();

/** Printed once: a plan asks with the same document each time. */
function textOf(document: DocumentNode): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
}

/** A refusal (401, 400) is an answer too, when it has the form of one. */
function answerIn(status: number, body: unknown): Answer {
  const isAnswer = typeof body === "object" && body !== null && ("data" in body || "errors" in body);
  if (isAnswer) return body as Answer;
  throw new Error(`The service answered with status ${status} and no GraphQL answer.`);
}
