// Traces by OpenTelemetry, sent to a collector over HTTP. Loaded only where an address is configured.
import { setTimeout as pause } from "node:timers/promises";
import { readTraceparent, type Trace } from "@gendan/eventing";
import type { Context, Span, SpanContext } from "@opentelemetry/api";
import type { SpanExporter } from "@opentelemetry/sdk-trace";

export interface TracingOptions {
  /** Where a collector takes OTLP over HTTP: http://collector:4318 */
  readonly url: string;
  /** Which part of all traces is recorded, 0 to 1; by the trace's id, so that every process decides alike. */
  readonly ratio: number;
  /** What became of spans. */
  readonly told: (outcome: "recorded" | "exported" | "failed", spans: number, error?: unknown) => void;
}

export type SpanKindName = "internal" | "server" | "client" | "producer" | "consumer";

/** One span. */
export interface Traced {
  readonly traceparent: string;
  step(name: string): void;
  end(outcome: string, amount: number, codes: string | undefined): void;
}

/** Begins spans in the name of one service. */
export interface Spans {
  begin(name: string, kind: SpanKindName, from: Trace, attributes: Readonly<Record<string, string>>): Traced;
  /** Of work for many at once: a part of the first one's trace, with links to the others; undefined where none is recorded. */
  beginAll(name: string, kind: SpanKindName, from: readonly Trace[]): Traced | undefined;
}

export interface Tracing {
  spansOf(service: string): Spans;
  /** Sends what is left, for a bounded time. */
  close(): Promise<void>;
}

/** Finished spans that wait to be sent at most; further ones are dropped. */
const MOST_WAITING = 4_096;
/** How long finished spans are gathered, in milliseconds. */
const GATHER_MS = 2_000;
const EXPORT_MS = 5_000;
/** A stop waits so long for the collector, in milliseconds. */
const CLOSE_MS = 2_000;
const MOST_LINKS = 64;
const RECORDED = 1;

/** Loads OpenTelemetry and begins to record. */
export async function openTracing({ url, ratio, told }: TracingOptions): Promise<Tracing> {
  const [api, sdk, { resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${url.replace(/\/$/, "")}/v1/traces`, timeoutMillis: EXPORT_MS });
  const processor = new sdk.BatchSpanProcessor({
    exporter: watched(exporter, told),
    maxQueueSize: MOST_WAITING,
    scheduledDelayMillis: GATHER_MS,
    exportTimeoutMillis: EXPORT_MS,
  });
  const sampler = new sdk.TraceIdRatioBasedSampler(ratio);
  const parented = (from: string | undefined): Context => {
    const context = spanContextOf(from);
    return context ? api.trace.setSpanContext(api.ROOT_CONTEXT, context) : api.ROOT_CONTEXT;
  };
  return {
    spansOf(service) {
      const resource = resourceFromAttributes({ "service.namespace": "gendan", "service.name": service });
      const tracer = new sdk.TracerProvider({ resource, sampler, spanProcessors: [processor] }).getTracer("gendan");
      return {
        begin(name, kind, { traceparent, correlation }, attributes) {
          const more = correlation === undefined ? {} : { "gendan.correlation": correlation };
          const options = { kind: KINDS[kind], attributes: { ...attributes, ...more } };
          return new RecordedSpan(tracer.startSpan(name, options, parented(traceparent)), told);
        },
        beginAll(name, kind, from) {
          const recorded = from.flatMap(({ traceparent }) => (isRecorded(traceparent) ? [traceparent!] : []));
          if (recorded.length === 0) return undefined;
          const [first, ...others] = new Set(recorded);
          const links = others.slice(0, MOST_LINKS).map((each) => ({ context: spanContextOf(each)! }));
          return new RecordedSpan(tracer.startSpan(name, { kind: KINDS[kind], links }, parented(first)), told);
        },
      };
    },
    async close() {
      const over = new AbortController();
      const late = pause(CLOSE_MS, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
      // What a collector that is away has not taken by then is lost.
      await Promise.race([processor.shutdown().catch(() => undefined), late]);
      over.abort();
    },
  };
}

/** As OpenTelemetry numbers them. */
const KINDS = { internal: 0, server: 1, client: 2, producer: 3, consumer: 4 } as const;
const ERROR = 2;

const isRecorded = (traceparent: string | undefined): boolean =>
  traceparent !== undefined && (parseInt(traceparent.slice(-2), 16) & RECORDED) === RECORDED;

function spanContextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = readTraceparent(traceparent)?.split("-") ?? [];
  if (traceId === undefined) return undefined;
  return { traceId, spanId: spanId!, traceFlags: parseInt(flags!, 16) & RECORDED, isRemote: true };
}

class RecordedSpan implements Traced {
  readonly traceparent: string;

  constructor(
    private readonly span: Span,
    private readonly told: TracingOptions["told"],
  ) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = `00-${traceId}-${spanId}-0${traceFlags & RECORDED}`;
  }

  step(name: string): void {
    this.span.addEvent(name);
  }

  end(outcome: string, amount: number, codes: string | undefined): void {
    const { span } = this;
    if (!span.isRecording()) return;
    span.setAttributes({ "gendan.outcome": outcome, "gendan.amount": amount });
    if (codes !== undefined) span.setAttribute("gendan.codes", codes);
    if (outcome === "fault") span.setStatus({ code: ERROR });
    span.end();
    this.told("recorded", 1);
  }
}

/** The exporter, and what became of the spans that it was given. */
const watched = (exporter: SpanExporter, told: TracingOptions["told"]): SpanExporter => ({
  export(spans, done) {
    exporter.export(spans, (result) => {
      told(result.code === 0 ? "exported" : "failed", spans.length, result.error);
      done(result);
    });
  },
  shutdown: () => exporter.shutdown(),
  forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
});
