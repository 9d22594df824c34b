// What the analytics service is made of: it hears everything, counts it, and decides nothing.
import type { ServiceDefinition } from "@gendan/eventing";
import { readPublic } from "@gendan/contracts";
import { facts } from "./read/facts.js";
import { timeline } from "./read/timeline.js";
import { workProjection } from "./read/work.js";

export const analyticsService: ServiceDefinition = {
  name: "analytics",
  aggregates: [],
  projections: [facts, timeline, workProjection],
  reactions: [],
  readPublic,
};
