// One process of a service over HTTP: asks it, and tells an answer from a connection that failed.
import { SERVICE_HEARTBEAT_MS, type Answer, type Answers } from "@gendan/service-kit";
import { Client, Pool } from "undici";
import { answersIn } from "./live/event-source.js";
import { Standing } from "./instance-choice.js";
import type { InstanceHealth } from "./subgraph-executor.js";

/** A larger answer counts as none, in bytes. */
const MAX_ANSWER_BYTES = 67_108_864;
/** A process that does not take a connection within this time is away. */
const CONNECT_MS = 1_000;
const PROBE_MS = 1_000;
/** A process whose signs of life stop for so long is lost: three of them. */
const SILENT_MS = 3 * SERVICE_HEARTBEAT_MS;
/** Whoever answered a request within this time is busy, not away, when a probe waits in vain. */
const LATELY_MS = 5_000;

export interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

export type Reply =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** It was not reached, or was gone before it had answered. `isNews` of the first request that found it so. */
  | { readonly kind: "away"; readonly error: unknown; readonly isNews: boolean }
  /** It answered, but not as a service of the graph. */
  | { readonly kind: "unusable"; readonly error: unknown }
  | { readonly kind: "late" };

/** Of a subscription: answers as they come, or what a request would get. */
export type Followed =
  { readonly kind: "answers"; readonly answers: Answers } | Exclude<Reply, { readonly kind: "late" }>;

export class SubgraphInstance {
  readonly standing = new Standing();
  pending = 0;
  private answeredAt = -Infinity;
  private readonly url: URL;
  private readonly pool: Pool;
  /** A connection apart, so that the question of health does not wait behind requests. */
  private readonly probe: Client;
  /** A connection for each subscription, apart from those of requests. */
  private readonly streams: Pool;

  constructor(url: string, connections: number) {
    this.url = new URL(url);
    const connect = { timeout: CONNECT_MS };
    // Whoever asks bounds the whole wait, more exactly than the pool's timers do.
    const bounds = { headersTimeout: 0, bodyTimeout: 0, connect };
    this.pool = new Pool(this.url.origin, { ...bounds, connections, maxResponseSize: MAX_ANSWER_BYTES });
    this.probe = new Client(this.url.origin, bounds);
    this.streams = new Pool(this.url.origin, { ...bounds, bodyTimeout: SILENT_MS, pipelining: 1 });
  }

  /** Never rejects. */
  async ask(request: HttpRequest): Promise<Reply> {
    this.pending += 1;
    try {
      const reply = await this.post(request);
      if (reply.kind !== "answer") return reply;
      this.standing.answered();
      this.answeredAt = performance.now();
      return reply;
    } catch (error) {
      if (request.signal.aborted) return { kind: "late" };
      if (!isConnectionFault(error)) return { kind: "unusable", error };
      return this.away(error);
    } finally {
      this.pending -= 1;
    }
  }

  /** Begins a subscription; never rejects. Its answers reject when the connection is lost. */
  async follow({ headers, body, waitMs }: Omit<HttpRequest, "signal"> & { waitMs: number }): Promise<Followed> {
    const over = new AbortController();
    const late = setTimeout(() => over.abort(), waitMs);
    try {
      const { pathname, search } = this.url;
      const request = { method: "POST", path: pathname + search, headers, body, signal: over.signal } as const;
      const { statusCode, headers: told, body: answered } = await this.streams.request(request);
      if (String(told["content-type"]).startsWith("text/event-stream")) {
        this.standing.answered();
        return { kind: "answers", answers: answersIn(answered, () => over.abort()) };
      }
      const answer = answerIn(await answered.text());
      if (answer !== undefined && !isClosing(statusCode)) return { kind: "answer", answer };
      const error = new Error(`${this.url.href} answered a subscription with status ${statusCode}.`);
      return isClosing(statusCode) ? this.away(error) : { kind: "unusable", error };
    } catch (error) {
      return over.signal.aborted || isConnectionFault(error) ? this.away(error) : { kind: "unusable", error };
    } finally {
      clearTimeout(late);
    }
  }

  /** Asks for its /health/ready once; never rejects. */
  async health(): Promise<InstanceHealth> {
    const instance = this.url.origin;
    const signal = AbortSignal.timeout(PROBE_MS);
    const { pathname: path } = new URL("health/ready", this.url);
    try {
      const { statusCode, body } = await this.probe.request({ method: "GET", path, signal });
      await body.dump();
      return statusCode < 500 ? { instance } : { instance, fault: `its /health/ready answers ${statusCode}` };
    } catch (error) {
      if (!signal.aborted) return { instance, fault: reasonOf(error) };
      const isBusy = performance.now() - this.answeredAt < LATELY_MS;
      return isBusy ? { instance } : { instance, fault: `no answer within ${PROBE_MS} ms` };
    }
  }

  /** Finishes what was asked. */
  async close(): Promise<void> {
    await Promise.all([this.pool.close(), this.probe.close(), this.streams.destroy()]);
  }

  private async post({ headers, body, signal }: HttpRequest): Promise<Reply> {
    const { pathname, search } = this.url;
    const request = { method: "POST", path: pathname + search, headers, body, signal } as const;
    const { statusCode, body: answered } = await this.pool.request(request);
    const answer = answerIn(await answered.text());
    if (statusCode === 401) return { kind: "unusable", error: new Error(notTrusted(this.url.href)) };
    if (answer !== undefined) return { kind: "answer", answer };
    const error = new Error(`${this.url.href} answered with status ${statusCode} and no GraphQL answer.`);
    return isClosing(statusCode) ? this.away(error) : { kind: "unusable", error };
  }

  private away(error: unknown): Extract<Reply, { readonly kind: "away" }> {
    return { kind: "away", error, isNews: this.standing.failed(performance.now()) };
  }
}

/** The caller was verified already: it is the gateway that the service does not know. */
const notTrusted = (url: string): string =>
  `${url} does not take what this gateway signs: do both have the same GENDAN_TOKEN_SECRET, or key store, and clocks?`;

/** A refusal (400) is an answer too, when it has the form of one. */
function answerIn(text: string): Answer | undefined {
  try {
    const body = JSON.parse(text) as unknown;
    const isAnswer = typeof body === "object" && body !== null && ("data" in body || "errors" in body);
    return isAnswer ? (body as Answer) : undefined;
  } catch {
    return undefined;
  }
}

/** How a server that stops refuses, and a proxy whose server is gone. */
const isClosing = (status: number): boolean => status === 502 || status === 503 || status === 504;

/** Everything that comes of a socket; not what undici or its parser object to in a request or an answer. */
function isConnectionFault(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  if (code.startsWith("UND_ERR_")) return code === "UND_ERR_SOCKET" || code === "UND_ERR_CONNECT_TIMEOUT";
  // An answer that breaks off between two of its parts ends as a fault of the parser.
  return !code.startsWith("HPE_") || code === "HPE_INVALID_EOF_STATE";
}

const codeOf = (error: unknown): string | undefined => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : undefined;
};

const reasonOf = (error: unknown): string => codeOf(error) ?? "the probe failed";
