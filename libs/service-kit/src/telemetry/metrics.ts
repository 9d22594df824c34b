// Every metric of Gendan's own: its name, what it says, its labels. docs/operations.md lists them, and a spec compares.

export type MetricType = "counter" | "gauge" | "histogram";

export interface MetricSpec {
  readonly type: MetricType;
  readonly help: string;
  /** Values come out of bounded sets: names in the code, codes, statuses. Never an id, and nothing that a client chooses. */
  readonly labels: readonly string[];
}

const counter = (help: string, ...labels: string[]): MetricSpec => ({ type: "counter", help, labels });
const gauge = (help: string, ...labels: string[]): MetricSpec => ({ type: "gauge", help, labels });
const histogram = (help: string, ...labels: string[]): MetricSpec => ({ type: "histogram", help, labels });

export const metrics = {
  gendan_commands_total: counter(
    "Commands by what became of them: accepted, replayed, unchanged, refused, fault.",
    ...["service", "command", "outcome"],
  ),
  gendan_command_seconds: histogram("Time that commands took, waiting for their turn included.", "service", "outcome"),
  gendan_command_conflicts_total: counter("Decisions made again because another writer was first.", "service"),
  gendan_events_appended_total: counter("Events that commands have appended.", "service"),

  gendan_messages_published_total: counter("Public messages that the relay has published.", "service"),
  gendan_publish_seconds: histogram("Time that the relay's batches took on the bus.", "service", "outcome"),
  gendan_relay_lag_events: gauge("Events of the log that are not published yet; 1000: that many or more.", "service"),
  gendan_relay_lag_seconds: gauge(
    "Age of the oldest event that is not published yet; 0 when there is none.",
    "service",
  ),

  gendan_events_folded_total: counter("Events that projections have folded, or passed over.", "service", "projection"),
  gendan_fold_seconds: histogram("Time that batches of a projection took.", "service", "projection"),
  gendan_projection_lag_seconds: gauge(
    "For how long a projection has not kept up; 0 when it does.",
    "service",
    "projection",
  ),

  gendan_reactions_total: counter(
    "Events that reactions answered with commands: sent, fault.",
    "service",
    "reaction",
    "outcome",
  ),
  gendan_reaction_seconds: histogram("Time that the commands of a reaction took.", "service"),
  gendan_reactions_lag_seconds: gauge("For how long the reactions have not kept up; 0 when they do.", "service"),
  gendan_deadlines_total: counter(
    "Deadlines that the clock has fired: fired, fault.",
    "service",
    "deadline",
    "outcome",
  ),

  gendan_parked_aggregates: gauge("Aggregates whose events wait behind one that cannot be applied.", "service", "part"),
  gendan_restarts_total: counter("Background work that began anew after a fault.", "service", "part"),
  gendan_takeovers_total: counter(
    "Partitions taken over: at a start, and when consumers are rebalanced.",
    "service",
    "part",
  ),
  gendan_service_ready: gauge("1 when relay, reactions and projections work, as /health/ready says.", "service"),

  gendan_requests_total: counter(
    "Requests for GraphQL by HTTP status and the code of the first error (none: no error; stream: a subscription).",
    ...["service", "status", "code"],
  ),
  gendan_request_seconds: histogram("Time from a request's arrival to the end of its answer.", "service"),
  gendan_requests_in_flight: gauge("Operations in execution now.", "service"),
  gendan_subgraph_seconds: histogram(
    "Time that a service took to answer the gateway: answered, or the code of why it did not.",
    ...["subgraph", "outcome"],
  ),
  gendan_subgraph_instances: gauge(
    "Processes of a service as the gateway finds them: well, due (to be tried again), aside.",
    ...["subgraph", "standing"],
  ),

  gendan_following: gauge("Who follows something at the gateway now: connections, subjects, subscriptions.", "what"),

  gendan_spans_total: counter(
    "Spans of traces: recorded, then exported or failed; the rest waits or was dropped.",
    "outcome",
  ),
} as const satisfies Readonly<Record<string, MetricSpec>>;

export type MetricName = keyof typeof metrics;

/** Upper bounds of the buckets of every histogram, in seconds. */
export const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
