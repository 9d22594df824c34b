// The smallest aggregate for measuring the kernel: what it costs is the kernel's, not a rule's. Its events are as long as ours.
import { accept, codecOf, type Aggregate } from "@gendan/eventing";

export interface Counted {
  readonly type: "counted";
  readonly by: number;
  readonly note: string;
}

export interface Count {
  readonly type: "Count";
  readonly by: number;
}

const NOTE = "x".repeat(120);

export const counter: Aggregate<number, Count, Counted, never> = {
  service: "bench",
  name: "counter",
  codec: codecOf<Counted>({ counted: { version: 1 } }),
  facts: new Set(),
  publish: () => [],
  decider: {
    initial: 0,
    evolve: (total, { by }) => total + by,
    decide: (_, { by }) => accept({ type: "counted", by, note: NOTE }),
  },
};
