// What a service keeps besides its log and its documents: the relay's checkpoint, the reactions' positions and parked events.
import type { DocumentStore, DocumentUnit, UnitSpec } from "../ports/document-store.js";
import { parkedCollection } from "../read/parked.js";
import { positionCollection } from "../react/reactor.js";

const STARTED = "started";

/** When reactions were activated, and from when on events count for them. */
interface StartedDoc {
  readonly reactions: readonly string[];
  readonly skipBefore?: string;
}

const spec: UnitSpec = {
  name: "operational",
  collections: [parkedCollection, positionCollection, { name: STARTED, columns: {}, paths: [] }],
};

export const openOperational = (store: DocumentStore): Promise<DocumentUnit> => store.open(spec);

/** Undefined where no reaction was ever started, or where the unit was lost. */
export const readStarted = async (unit: DocumentUnit): Promise<StartedDoc | undefined> =>
  (await unit.get<StartedDoc>(STARTED, STARTED))?.doc;

export const writeStarted = (unit: DocumentUnit, doc: StartedDoc): Promise<void> =>
  unit.commit({ puts: [{ collection: STARTED, id: STARTED, sequence: 0, doc }] });
