// What browsers are told and refused: which pages may ask, and what they may do with an answer.
import cors from "@fastify/cors";
import { refused, texts } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";

/** How long a browser need not ask again whether it may ask, in seconds. */
const PREFLIGHT_SECONDS = 600;

/** Of every answer; a page of the gateway's own says itself what it needs. */
const headers = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/**
 * Guards a server before its routes are added. `origins` besides the server's own may ask; a request of another page is refused
 * before anything is read of it, whether or not the browser would show that page the answer (cross-site request forgery). Where a
 * proxy changes the host, the public origin is one to be listed.
 */
export function browserGuard(server: FastifyInstance, origins: readonly string[]): void {
  const allowed = new Set(origins.map((origin) => origin.replace(/\/$/, "").toLowerCase()));
  if (allowed.size > 0) {
    void server.register(cors, {
      origin: [...allowed],
      methods: ["GET", "POST"],
      allowedHeaders: [
        "authorization",
        "content-type",
        "accept-language",
        "x-correlation-id",
        "traceparent",
        "if-none-match",
      ],
      exposedHeaders: ["etag", "retry-after", "x-correlation-id"],
      maxAge: PREFLIGHT_SECONDS,
    });
  }
  server.addHook("onRequest", (request, reply, next) => {
    const { origin, host } = request.headers;
    reply.headers({ ...headers, ...(isListed(origin) ? { "cross-origin-resource-policy": "cross-origin" } : {}) });
    if (origin === undefined || request.method === "OPTIONS" || isListed(origin) || hostOf(origin) === host)
      return next();
    next(refused(403, "FORBIDDEN", texts.foreignOrigin()));
  });
  const isListed = (origin: string | undefined): boolean => origin !== undefined && allowed.has(origin.toLowerCase());
}

/** "null", as sandboxed pages say, has none. */
const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
