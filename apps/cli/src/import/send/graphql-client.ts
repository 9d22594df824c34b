// GraphQL over HTTP, on connections that stay open. What the server is too busy or too far away for is tried again, bounded.
import { setTimeout as wait } from "node:timers/promises";
import { Fault } from "@gendan/eventing";
import { Pool } from "undici";

export interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

export interface GraphqlClient {
  send(query: string, variables: Readonly<Record<string, unknown>>): Promise<GraphqlAnswer>;
  /** How many requests were sent. */
  readonly requests: number;
  close(): Promise<void>;
}

export interface GraphqlClientOptions {
  /** The server, such as http://127.0.0.1:4000 */
  readonly url: string;
  readonly token: string;
  /** Requests at once. */
  readonly connections: number;
  /** How long an unavailable server is waited for, in milliseconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;
const ANSWER_MS = 60_000;

/** Passing states of the server: the same request is sent again. */
const PASSING: ReadonlySet<string> = new Set([
  "EVENT_STORE_UNAVAILABLE",
  "EVENT_BUS_UNAVAILABLE",
  "DOCUMENT_STORE_UNAVAILABLE",
  "KEY_STORE_UNAVAILABLE",
  "SERVICE_TIMEOUT",
  "SERVICE_UNAVAILABLE",
  "CONFLICT_UNRESOLVED",
  "READ_BEHIND",
  "OVERLOADED",
  "RATE_LIMITED",
  "CLOSED",
]);

export function graphqlClient({
  url,
  token,
  connections,
  patienceMs = PATIENCE_MS,
}: GraphqlClientOptions): GraphqlClient {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  const path = `${pathname.replace(/\/$/, "")}/graphql`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  let requests = 0;

  const ask = async (body: string): Promise<GraphqlAnswer | Error> => {
    requests += 1;
    try {
      const response = await pool.request({ method: "POST", path, headers, body });
      const text = await response.body.text();
      return answerIn(response.statusCode, text, url);
    } catch (error) {
      if (error instanceof Fault) throw error;
      return error as Error;
    }
  };

  return {
    get requests() {
      return requests;
    },
    async send(query, variables) {
      const body = JSON.stringify({ query, variables });
      const until = Date.now() + patienceMs;
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        const answer = await ask(body);
        const why = answer instanceof Error ? reasonOf(answer) : passing(answer);
        if (why === undefined) return answer as GraphqlAnswer;
        if (Date.now() + pause > until) throw gaveUp(url, why, patienceMs);
        await wait(pause);
      }
    },
    close: () => pool.close(),
  };
}

function answerIn(status: number, text: string, url: string): GraphqlAnswer | Error {
  let answer: GraphqlAnswer;
  try {
    answer = JSON.parse(text) as GraphqlAnswer;
  } catch {
    return new Error(`it answered ${status} without JSON`);
  }
  if (status === 401 || status === 403) {
    throw new Fault("UNAUTHENTICATED", `${url} does not take this token: ${answer.errors?.[0]?.message ?? status}`);
  }
  if (answer.data === undefined && answer.errors === undefined) {
    throw new Fault("BAD_USER_INPUT", `${url} does not speak Gendan's GraphQL (status ${status}).`);
  }
  return answer;
}

const passing = ({ errors }: GraphqlAnswer): string | undefined =>
  errors?.map(({ extensions }) => extensions?.code).find((code) => code !== undefined && PASSING.has(code));

const reasonOf = (error: Error): string => (error as NodeJS.ErrnoException).code ?? error.message;

const gaveUp = (url: string, why: string, patienceMs: number): Fault =>
  new Fault(
    "OVERLOADED",
    `${url} did not take a request for ${Math.round(patienceMs / 1000)} s (${why}). What was imported stays; run the same import again to go on.`,
  );
