// Which request something follows from, through all services: a name for people, and W3C Trace Context for tracing systems.
import { randomBytes } from "node:crypto";

/** Goes with a command into its events, their messages, and the commands of whoever reacts to them. Changes no id and no hash. */
export interface Trace {
  /** Names what somebody asked for, over all that followed of it. Kept as long as the events are, so it names nobody. */
  readonly correlation?: string;
  /** `00-<trace id>-<parent id>-<flags>`: the work that this one was caused by. */
  readonly traceparent?: string;
}

/** The trace alone, of what carries one. */
export const traceOf = ({ correlation, traceparent }: Trace): Trace => ({
  ...(correlation === undefined ? {} : { correlation }),
  ...(traceparent === undefined ? {} : { traceparent }),
});

/** What came from outside gets into logs, headers and events only when it is an ordinary name of bounded length. */
export const isCorrelation = (text: string | undefined): text is string =>
  text !== undefined && /^[\w-]{1,64}$/.test(text);

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;

/** A traceparent from outside, as version 00 says it; undefined for what is none (then a new trace begins). */
export function readTraceparent(text: string | undefined): string | undefined {
  const parts = text === undefined || text.length > 256 ? null : TRACEPARENT.exec(text);
  if (!parts) return undefined;
  const [, version, traceId, parentId, flags, more] = parts;
  if (version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId!) || /^0+$/.test(parentId!)) return undefined;
  return `00-${traceId}-${parentId}-${flags}`;
}

/** Begins a trace that nobody records. */
export function newTraceparent(): string {
  const ids = randomBytes(24).toString("hex");
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-00`;
}
