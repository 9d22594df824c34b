// Whom persons let approve for them, found by either side.
import { personToken, type DocumentFold, type Projection } from "@gendan/eventing";
import type { ApprovalsDelegated, DelegationEvent } from "../domain/delegation/delegation.events.js";

export interface DelegationDocument {
  readonly person: string;
  readonly delegations: readonly Omit<ApprovalsDelegated, "type" | "person">[];
}

/** Folds one event of a person's delegations. */
function foldDelegation(doc: DelegationDocument | undefined, event: DelegationEvent): DelegationDocument | undefined {
  switch (event.type) {
    case "delegation.given": {
      const { type: _, person, ...given } = event;
      return { person, delegations: [...(doc?.delegations ?? []).filter(({ to }) => to !== given.to), given] };
    }
    case "delegation.revoked":
      return doc && { ...doc, delegations: doc.delegations.filter(({ to }) => to !== event.to) };
  }
}

const delegations: DocumentFold<DelegationDocument, DelegationEvent> = {
  source: "order.delegation",
  fold: foldDelegation,
  collection: {
    name: "delegations",
    columns: { person: { type: "text", of: ({ person }) => person } },
    tokens: ({ person, delegations: given }) => [person, ...given.map(({ to }) => to)].map(personToken),
    keys: { person: ({ person }) => [person], to: ({ delegations: given }) => given.map(({ to }) => to) },
    paths: [{ name: "byPerson", sort: "person" }],
  },
};

export const delegationsProjection: Projection = { name: "delegations", version: "1", documents: [delegations] };
