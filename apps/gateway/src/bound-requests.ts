// How long a request may take to arrive: a file longer than anything else.
import type { GatewayConfig } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";

/** What takes files. */
const FILES = /^\/(attachments|sheets)\b/;

/** The server's own bound is that of files: everything else is held to `requestTimeoutMs` here. */
export function boundRequests(
  server: FastifyInstance,
  { requestTimeoutMs }: Pick<GatewayConfig, "requestTimeoutMs">,
): void {
  server.server.headersTimeout = requestTimeoutMs;
  server.addHook("onRequest", ({ raw, url, headers }, _reply, next) => {
    const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
    if (hasBody && !FILES.test(url)) {
      const timer = setTimeout(() => raw.destroy(), requestTimeoutMs);
      const arrived = (): void => clearTimeout(timer);
      raw.once("end", arrived).once("close", arrived);
    }
    next();
  });
}
