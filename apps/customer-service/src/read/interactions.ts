// What was said with customers and what they answered: interactions and satisfaction, on the customer and on the order.
import { scopeOf, type DocumentFold, type Happened, type Projection } from "@gendan/eventing";
import type { InteractionEvent, InteractionLogged } from "../domain/interaction/interaction.events.js";
import type { SatisfactionEvent, SatisfactionRecorded } from "../domain/satisfaction/satisfaction.events.js";
import type { About } from "../domain/shared.events.js";
import { aboutKeys, claimIn, text } from "./scoped.js";

export interface InteractionDoc extends Omit<InteractionLogged, "type" | "about">, About {
  readonly loggedAt: string;
  /** It claimed to lie in the future: disputed. */
  readonly claimedAt?: string;
}

export interface SatisfactionDoc extends Omit<SatisfactionRecorded, "type" | "about">, About {
  readonly recordedAt: string;
  /** It claimed to lie in the future: disputed, counted nowhere. */
  readonly claimedAt?: string;
}

export function foldInteraction(
  doc: InteractionDoc | undefined,
  event: InteractionEvent,
  { meta }: Happened<InteractionEvent>,
): InteractionDoc | undefined {
  switch (event.type) {
    case "interaction.scope.followed":
      return doc && { ...doc, ...scopeOf(event) };
    case "interaction.logged": {
      const { type: _, about, ...logged } = event;
      return { ...logged, ...about, loggedAt: meta.occurredAt, ...claimIn(meta) };
    }
  }
}

export function foldSatisfaction(
  doc: SatisfactionDoc | undefined,
  event: SatisfactionEvent,
  { meta }: Happened<SatisfactionEvent>,
): SatisfactionDoc | undefined {
  switch (event.type) {
    case "satisfaction.scope.followed":
      return doc && { ...doc, ...scopeOf(event) };
    case "satisfaction.recorded": {
      const { type: _, about, ...answer } = event;
      return { ...answer, ...about, recordedAt: meta.occurredAt, ...claimIn(meta) };
    }
  }
}

const interactions: DocumentFold<InteractionDoc, InteractionEvent> = {
  source: "customer.interaction",
  fold: foldInteraction,
  collection: {
    name: "interactions",
    columns: {
      loggedAt: text((doc) => doc.loggedAt),
      customerId: text((doc) => doc.customerId),
    },
    tokens: ({ visibleTo }) => visibleTo,
    keys: aboutKeys,
    paths: [{ name: "ofCustomer", within: "customerId", sort: "loggedAt" }],
  },
};

const satisfaction: DocumentFold<SatisfactionDoc, SatisfactionEvent> = {
  source: "customer.satisfaction",
  fold: foldSatisfaction,
  collection: {
    name: "satisfaction",
    columns: {
      recordedAt: text((doc) => doc.recordedAt),
      customerId: text((doc) => doc.customerId),
    },
    tokens: ({ visibleTo }) => visibleTo,
    keys: aboutKeys,
    paths: [{ name: "ofCustomer", within: "customerId", sort: "recordedAt" }],
  },
};

export const interactionsProjection: Projection = {
  name: "interactions",
  version: "2",
  documents: [interactions, satisfaction],
};
