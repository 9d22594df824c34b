// Counting, as cheap as adding a number: what is counted often is kept in cells of one's own and read when somebody scrapes.
import { BUCKETS, metrics, type MetricName, type MetricSpec } from "./metrics.js";

/** One number of a metric. */
export class Cell {
  value = 0;
}

/** The durations of a histogram, in seconds. */
export class Durations {
  readonly counts = new Float64Array(BUCKETS.length + 1);
  sum = 0;

  observe(seconds: number): void {
    let bucket = 0;
    while (bucket < BUCKETS.length && seconds > BUCKETS[bucket]!) bucket++;
    this.counts[bucket]! += 1;
    this.sum += seconds;
  }
}

/** One value as the text form has it. */
export interface Sample {
  /** Where it is not the metric's: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** More label values than this are a mistake: they are counted together, as `other`. */
const MOST_SERIES = 1_000;

/** The counters and histograms of one process. */
export class Series {
  private readonly cells = new Map<MetricName, Map<string, readonly [Sample["labels"], Cell | Durations]>>();

  /** The cell of these label values, which are in the order of the metric's labels. Made once and kept by who counts. */
  counter(metric: MetricName, ...values: readonly string[]): Cell {
    return this.of(metric, values, () => new Cell()) as Cell;
  }

  durations(metric: MetricName, ...values: readonly string[]): Durations {
    return this.of(metric, values, () => new Durations()) as Durations;
  }

  /** Everything that was counted of a metric. */
  read(metric: MetricName): readonly Sample[] {
    return [...(this.cells.get(metric)?.values() ?? [])].flatMap(([labels, counted]) =>
      counted instanceof Cell ? [{ labels, value: counted.value }] : histogramOf(metric, labels, counted),
    );
  }

  private of(metric: MetricName, values: readonly string[], make: () => Cell | Durations): Cell | Durations {
    const all = this.cells.get(metric) ?? new Map<string, readonly [Sample["labels"], Cell | Durations]>();
    this.cells.set(metric, all);
    const key = values.join("\0");
    const known = all.get(key);
    if (known) return known[1];
    const { labels }: MetricSpec = metrics[metric];
    const other = labels.map(() => "other");
    if (all.size >= MOST_SERIES && key !== other.join("\0")) return this.of(metric, other, make);
    const made = make();
    all.set(key, [Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ""])), made]);
    return made;
  }
}

function histogramOf(metric: MetricName, labels: Sample["labels"], { counts, sum }: Durations): Sample[] {
  let count = 0;
  const buckets = [...BUCKETS.map(String), "+Inf"].map((le, at) => {
    count += counts[at]!;
    return { metricName: `${metric}_bucket`, labels: { ...labels, le }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${metric}_sum`, labels, value: sum },
    { metricName: `${metric}_count`, labels, value: count },
  ];
}
