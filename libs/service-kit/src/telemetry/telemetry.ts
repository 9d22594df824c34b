// What a process tells of itself to who watches it: metrics always, traces where a collector is configured.
import type { Observer, Trace, Watch, Work, WorkKind } from "@gendan/eventing";
import { exposition, type Gauges } from "./exposition.js";
import { metrics, type MetricName } from "./metrics.js";
import { Series, type Cell, type Durations, type Sample } from "./series.js";
import { openTracing, type SpanKindName, type Spans, type Traced, type Tracing } from "./tracing.js";

export interface TelemetryOptions {
  /** Where traces are sent to; absent: nowhere. */
  readonly otlpUrl?: string | undefined;
  readonly traceRatio?: number;
  /** Told when the collector does not take traces any more; not of every batch. */
  readonly report?: (what: string, error: unknown) => void;
}

/** Kernel work, an operation that somebody asks a process for, and what the gateway asks a service for. */
type Kind = WorkKind | "request" | "ask";

/** Of each kind of work: the metrics that it counts in, and its span. `name` is the label that the work's own name has. */
interface KindSpec {
  readonly label?: string;
  readonly total?: MetricName;
  readonly seconds?: MetricName;
  readonly amount?: MetricName;
  readonly conflicts?: MetricName;
  readonly inFlight?: MetricName;
  readonly span: SpanKindName;
}

const kinds: Readonly<Record<Kind, KindSpec>> = {
  command: {
    label: "command",
    total: "gendan_commands_total",
    seconds: "gendan_command_seconds",
    amount: "gendan_events_appended_total",
    conflicts: "gendan_command_conflicts_total",
    span: "internal",
  },
  publish: { seconds: "gendan_publish_seconds", amount: "gendan_messages_published_total", span: "producer" },
  fold: {
    label: "projection",
    seconds: "gendan_fold_seconds",
    amount: "gendan_events_folded_total",
    span: "consumer",
  },
  reaction: {
    label: "reaction",
    total: "gendan_reactions_total",
    seconds: "gendan_reaction_seconds",
    span: "consumer",
  },
  deadline: { label: "deadline", total: "gendan_deadlines_total", span: "internal" },
  request: { inFlight: "gendan_requests_in_flight", span: "server" },
  ask: { label: "subgraph", seconds: "gendan_subgraph_seconds", span: "client" },
};

const notes = { restart: "gendan_restarts_total", takeover: "gendan_takeovers_total" } as const;

export class Telemetry implements Observer {
  private readonly series = new Series();
  private readonly readers: (() => Gauges | Promise<Gauges>)[] = [];
  private tracing: Tracing | undefined;

  private constructor() {}

  /** Loads what traces need, where an address is given. */
  static async open(options: TelemetryOptions = {}): Promise<Telemetry> {
    const { otlpUrl: url, traceRatio: ratio = 1, report } = options;
    const telemetry = new Telemetry();
    if (url === undefined) return telemetry;
    const cells = new Map<string, Cell>();
    let taken = true;
    telemetry.tracing = await openTracing({
      url,
      ratio,
      told(outcome, spans, error) {
        const cell = cells.get(outcome) ?? telemetry.series.counter("gendan_spans_total", outcome);
        cells.set(outcome, cell);
        cell.value += spans;
        if (outcome === "failed" && taken) report?.("traces", error);
        if (outcome !== "recorded") taken = outcome === "exported";
      },
    });
    return telemetry;
  }

  watch(service: string, kind: Kind, name: string): Watch {
    return new Watching(this.series, this.tracing?.spansOf(service), service, kind, name);
  }

  note(service: string, happened: keyof typeof notes, what: string): void {
    this.series.counter(notes[happened], service, what).value += 1;
  }

  /** Counts the answers that a process has given: their HTTP status, the code of the first error, the time they took. */
  answers(service: string): (status: number, code: string, seconds: number | undefined) => void {
    const durations = this.series.durations("gendan_request_seconds", service);
    return (status, code, seconds) => {
      this.series.counter("gendan_requests_total", service, String(status), code).value += 1;
      if (seconds !== undefined) durations.observe(seconds);
    };
  }

  /** Adds what is read whenever somebody asks for the metrics. */
  reading(reader: () => Gauges | Promise<Gauges>): void {
    this.readers.push(reader);
  }

  /** All metrics of this process, for Prometheus. */
  async exposition(): Promise<{ readonly type: string; readonly text: string }> {
    const read = await Promise.all(this.readers.map(async (reader) => reader()));
    const gauges: Partial<Record<MetricName, readonly Sample[]>> = {};
    for (const each of read)
      for (const [name, samples] of Object.entries(each) as [MetricName, readonly Sample[]][])
        gauges[name] = [...(gauges[name] ?? []), ...samples];
    return exposition(this.series, gauges);
  }

  /** Sends what is left of the traces, for two seconds at most. */
  async close(): Promise<void> {
    await this.tracing?.close();
  }
}

/** Where one outcome of one kind of work is counted. */
interface Counted {
  readonly total: Cell | undefined;
  readonly seconds: Durations | undefined;
  readonly amount: Cell | undefined;
}

class Watching implements Watch {
  readonly conflicts: Cell | undefined;
  readonly inFlight: Cell | undefined;
  private readonly spec: KindSpec;
  private readonly spanName: string;
  private readonly outcomes = new Map<string, Counted>();

  constructor(
    private readonly series: Series,
    private readonly spans: Spans | undefined,
    private readonly service: string,
    kind: Kind,
    private readonly name: string,
  ) {
    this.spec = kinds[kind];
    this.spanName = `${kind} ${name}`;
    const { conflicts, inFlight } = this.spec;
    this.conflicts = conflicts && series.counter(conflicts, service);
    this.inFlight = inFlight && series.counter(inFlight, service);
  }

  begin(from: Trace, about: string): Work {
    return new Working(this, this.spans?.begin(this.spanName, this.spec.span, from, { "gendan.about": about }));
  }

  beginAll(from: readonly Trace[]): Work {
    return new Working(this, this.spans?.beginAll(this.spanName, this.spec.span, from));
  }

  counted(outcome: string): Counted {
    const known = this.outcomes.get(outcome);
    if (known) return known;
    const { total, seconds, amount } = this.spec;
    const made = {
      total: total && this.series.counter(total, ...this.values(total, outcome)),
      seconds: seconds && this.series.durations(seconds, ...this.values(seconds, outcome)),
      amount: amount && this.series.counter(amount, ...this.values(amount, outcome)),
    };
    this.outcomes.set(outcome, made);
    return made;
  }

  private values(metric: MetricName, outcome: string): string[] {
    return metrics[metric].labels.map((label) => {
      if (label === this.spec.label) return this.name;
      return label === "outcome" ? outcome : this.service;
    });
  }
}

class Working implements Work {
  private readonly begun = performance.now();

  constructor(
    private readonly watching: Watching,
    private readonly span: Traced | undefined,
  ) {
    if (watching.inFlight) watching.inFlight.value += 1;
  }

  get traceparent(): string | undefined {
    return this.span?.traceparent;
  }

  step(name: string): void {
    if (name === "conflict" && this.watching.conflicts) this.watching.conflicts.value += 1;
    this.span?.step(name);
  }

  end(outcome: string, amount = 0, codes?: string): void {
    const { inFlight } = this.watching;
    const { total, seconds, amount: amounts } = this.watching.counted(outcome);
    if (inFlight) inFlight.value -= 1;
    if (total) total.value += 1;
    if (amounts) amounts.value += amount;
    seconds?.observe((performance.now() - this.begun) / 1_000);
    this.span?.end(outcome, amount, codes);
  }
}
