// The log: JSON lines on standard error. Personal values never get into it, whoever passes them.
import { isSealed } from "@gendan/eventing";
import type { LoggerService } from "@nestjs/common";
import type { Report } from "../graphql/errors.js";
import { destination as openDestination, pino, stdSerializers, type DestinationStream, type Logger } from "pino";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type Log = Logger;

/** Fields that are or carry what people wrote, who they are, or how they prove it. */
const personal =
  /^(authorization|cookie|password|secret|token|tokenSecret|name|fullName|contact|phone|mobile|e?mail|address|street|text|body|note|comment|ciphertext|mac|variables|input|payload|doc|document|state|command|event|data)$/i;

const HIDDEN = "[hidden]";
/** Deeper than this nothing is written. */
const MAX_DEPTH = 5;

/** A log of one service. */
export const createLog = (
  options: { readonly level: LogLevel; readonly service: string },
  destination: DestinationStream = openDestination({ fd: 2, sync: true }),
): Log =>
  pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (level) => ({ level }),
        log: (fields) => withoutPersonal(fields, 0) as Record<string, unknown>,
      },
      serializers: { err: errorOf },
    },
    destination,
  );

function withoutPersonal(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error || value instanceof Date) return value;
  if (depth === MAX_DEPTH || isSealed(value)) return HIDDEN;
  if (Array.isArray(value)) return value.map((each) => withoutPersonal(each, depth + 1));
  const kept = Object.entries(value).map(([key, each]) => [
    key,
    personal.test(key) ? HIDDEN : withoutPersonal(each, depth + 1),
  ]);
  return Object.fromEntries(kept) as unknown;
}

/** An error's type, code, message and stack, and its causes': whatever else hangs on it stays out. */
function errorOf(error: Error): unknown {
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as { readonly code?: unknown };
  return { type, ...(typeof code === "string" ? { code } : {}), message, stack };
}

const FAILED = "a request failed";

/** Writes down what callers are not shown of an error (graphql/errors.ts). */
export const reportTo =
  (log: Log): Report =>
  (err, { correlation, traceparent }) =>
    log.error({ err, correlation, ...(traceparent === undefined ? {} : { trace: traceparent.split("-")[1] }) }, FAILED);

/** Nest's own messages: its chatter at "debug", its warnings and errors as they are. */
export const nestLog = (log: Log): LoggerService => ({
  log: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  debug: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  verbose: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  warn: (message: unknown, context?: unknown) => log.warn({ context }, String(message)),
  error: (message: unknown, ...more: unknown[]) => log.error({ context: more.at(-1) }, String(message)),
});
