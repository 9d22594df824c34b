// The metrics of a process as text for Prometheus. The library that writes it is loaded when somebody first asks.
import type { Metric, Registry } from "prom-client";
import { metrics, type MetricName, type MetricSpec } from "./metrics.js";
import type { Sample, Series } from "./series.js";

/** What is read when somebody asks, by the name of its metric. */
export type Gauges = Partial<Readonly<Record<MetricName, readonly Sample[]>>>;

/** Node's own: memory, event loop, garbage. They are the process's, however many companies it holds. */
let ofProcess: Promise<Registry> | undefined;

async function processMetrics(): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import("prom-client");
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

/** The text form, version 0.0.4. */
export async function exposition(
  series: Series,
  gauges: Gauges,
): Promise<{ readonly type: string; readonly text: string }> {
  const { Registry } = await import("prom-client");
  const own = new Registry();
  for (const name of Object.keys(metrics) as MetricName[]) {
    own.registerMetric(counted(name, metrics[name], gauges[name] ?? series.read(name)));
  }
  ofProcess ??= processMetrics();
  const texts = await Promise.all([own.metrics(), (await ofProcess).metrics()]);
  return { type: own.contentType, text: texts.join("\n") };
}

/** What was counted already, as a metric of the library. */
const counted = (name: MetricName, { help, type }: MetricSpec, values: readonly Sample[]): Metric =>
  ({ name, get: () => Promise.resolve({ name, help, type, values, aggregator: "sum" }) }) as unknown as Metric;
