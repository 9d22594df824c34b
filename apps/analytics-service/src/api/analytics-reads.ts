// What the resolvers are given of the running service.
import type { Documents, Service } from "@gendan/eventing";
import { FACTS } from "../read/facts.js";
import { TIMELINE } from "../read/timeline.js";

export class AnalyticsReads {
  readonly facts: Documents;
  readonly timeline: Documents;

  constructor(readonly service: Pick<Service, "documents" | "settled">) {
    this.facts = service.documents(FACTS);
    this.timeline = service.documents(TIMELINE);
  }
}
