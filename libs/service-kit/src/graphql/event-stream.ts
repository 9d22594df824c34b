// Answers as server-sent events, by "GraphQL over SSE", distinct connections: one subscription in one POST.
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "./context.js";
import { inLanguage } from "./refusal-texts.js";
import { serverStops, tokenExpired, type Answers } from "./subscription.js";
import type { Answer } from "./subgraph.js";

const EVENT_STREAM = "text/event-stream";

/** Whether a client reads events: named, and not refused by q=0. */
export const takesEvents = ({ headers }: FastifyRequest): boolean =>
  (headers.accept ?? "").split(",").some((range) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    return name === EVENT_STREAM && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });

/** The longest time that one timer holds, in milliseconds; a token that lasts longer is looked at again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A server that stops waits so long until its last words are taken, in milliseconds. */
const GOODBYE_MS = 1_000;

export interface StreamOptions {
  /** When the caller's token ends, in milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  /** A sign of life after so many milliseconds; a reader that took nothing between two of them is gone. */
  readonly heartbeatMs: number;
  readonly correlation: string;
  readonly language: Language;
  /** Told once when it is over, whoever ended it. */
  readonly over: () => void;
}

/** The streams of one server. */
export class EventStreams {
  private readonly open = new Map<Stream, Promise<void>>();

  get size(): number {
    return this.open.size;
  }

  /** Answers with the stream, and goes on by itself until it ends. */
  send(reply: FastifyReply, answers: Answers, options: StreamOptions): FastifyReply {
    reply.header("content-type", `${EVENT_STREAM}; charset=utf-8`).header("x-correlation-id", options.correlation);
    // Proxies that gather answers before they pass them on would keep the events back.
    reply.header("x-accel-buffering", "no").header("cache-control", "no-store");
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    raw.flushHeaders();
    const stream = new Stream(raw, answers, options);
    const running = stream.run().finally(() => {
      this.open.delete(stream);
      options.over();
    });
    this.open.set(stream, running);
    return reply;
  }

  /** Ends all of them as a server that stops does; a reader that does not take even that is not waited for. */
  async close(): Promise<void> {
    const open = [...this.open];
    for (const [stream] of open) stream.endWith(serverStops());
    const late = setTimeout(() => open.forEach(([stream]) => stream.destroy()), GOODBYE_MS);
    await Promise.all(open.map(([, running]) => running));
    clearTimeout(late);
  }
}

class Stream {
  private last: Answer | undefined;
  private expiry: NodeJS.Timeout | undefined;

  constructor(
    private readonly raw: ServerResponse,
    private readonly answers: Answers,
    private readonly options: StreamOptions,
  ) {}

  async run(): Promise<void> {
    const { raw, answers } = this;
    raw.on("error", () => undefined); // a connection that breaks closes as well
    raw.once("close", () => void answers.return?.());
    if (raw.destroyed) void answers.return?.(); // it broke before
    const stopBeating = this.beat();
    this.expireLater();
    try {
      for await (const answer of answers) await this.event("next", answer);
      const { errors } = inLanguage(this.last?.errors ?? [], this.options.language);
      if (errors.length > 0) await this.event("next", { errors });
      await this.event("complete");
    } finally {
      stopBeating();
      clearTimeout(this.expiry);
      if (!raw.destroyed) await new Promise<void>((resolve) => raw.once("close", resolve).end(resolve));
    }
  }

  /** Says this, and nothing after it. */
  endWith(answer: Answer): void {
    this.last ??= answer;
    void this.answers.return?.();
  }

  destroy(): void {
    this.raw.destroy();
  }

  private async event(name: string, data?: Answer): Promise<void> {
    const { raw } = this;
    if (raw.destroyed) return;
    const isTaken = raw.write(`event: ${name}\ndata: ${data === undefined ? "" : JSON.stringify(data)}\n\n`);
    // The reader's pace is the pace of the subscription: what changes meanwhile is gathered where it is read.
    if (!isTaken) await Promise.race([once(raw, "drain"), once(raw, "close")]).catch(() => undefined);
  }

  private beat(): () => void {
    let wasFull = false;
    const timer = setInterval(() => {
      const isFull = this.raw.writableNeedDrain;
      if (!isFull) this.raw.write(":\n\n");
      else if (wasFull) this.raw.destroy();
      wasFull = isFull;
    }, this.options.heartbeatMs);
    return () => clearInterval(timer);
  }

  private expireLater(): void {
    const { expiresAt } = this.options;
    if (expiresAt === undefined) return;
    const leftMs = expiresAt - Date.now();
    if (leftMs <= 0) return this.endWith(tokenExpired());
    this.expiry = setTimeout(() => this.expireLater(), Math.min(leftMs, LONGEST_TIMER_MS)).unref();
  }
}
