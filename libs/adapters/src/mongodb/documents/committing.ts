// Writing what a commit comes to: in one transaction, or piece by piece into a unit that is being built.
import { Fault } from "@gendan/eventing";
import { refused } from "../../documents/declaration.js";
import type { Catalog, Opening } from "./catalog.js";
import type { Changes } from "./changes.js";
import { closedFault, NotAsExpected, OutcomeUnknown, transact } from "./transact.js";
import type { ClientSession } from "mongodb";
import type { UnitCollections } from "./unit-collections.js";

/** A transaction stays within what a replica set passes on in one piece (16 MB), with room for what is written beside. */
const MOST_BYTES = 12 * 1024 * 1024;
/** What is filled in one request: so large that the round trip is nothing, so small that the server answers soon. */
const FILLED_AT_ONCE = 2_000;

/**
 * Everything or nothing. Throws CHECKPOINT_LOST, CLOSED where the unit was dropped, STORE_REFUSED for more than one transaction
 * carries; a fault with `outcome: "unknown"` among its details where it may have happened all the same.
 */
export async function commitChanges(
  catalog: Catalog,
  collections: UnitCollections,
  changes: Changes,
  commit: { readonly opening: Opening; readonly number: number },
): Promise<void> {
  const { opening, number } = commit;
  const { checkpoints, bytes } = changes;
  if (bytes > MOST_BYTES) {
    throw refused(`A commit of ${bytes} bytes is more than one transaction of MongoDB carries (${MOST_BYTES}).`, {
      bytes,
    });
  }
  const work = async (session: ClientSession): Promise<void> => {
    if (!(await catalog.move(opening.incarnation, checkpoints, commit, session))) throw new NotAsExpected();
    await write(collections, changes, session);
  };
  const settled = async (): Promise<boolean> => {
    const commits = await catalog.commitsOf(opening);
    if (commits === undefined) throw closedFault(opening.name);
    if (commits >= number) return true;
    await catalog.require(opening.incarnation, checkpoints);
    return false;
  };
  try {
    await transact(opening.session, work, { settled, blocked: () => catalog.interruptOthers(opening) });
  } catch (error) {
    if (error instanceof NotAsExpected)
      throw unavailable(`${opening.name} was changed again and again`, opening, error);
    if (!(error instanceof OutcomeUnknown)) throw error;
    const reason = `MongoDB has not said whether a commit to ${opening.name} has happened`;
    throw unavailable(`${reason}: read again what it stands at`, opening, error, { outcome: "unknown" });
  }
}

const unavailable = (reason: string, { name: unit }: Opening, cause: Error, details = {}): Fault =>
  new Fault("DOCUMENT_STORE_UNAVAILABLE", `${reason}.`, { unit, ...details }, { cause });

/** Into a unit that nobody else writes to and that is begun anew after a failure: checkpoints come last. */
export async function fillChanges(
  catalog: Catalog,
  collections: UnitCollections,
  changes: Changes,
  incarnation: string,
): Promise<void> {
  await catalog.require(incarnation, changes.checkpoints);
  await write(collections, changes, undefined);
  if (!(await catalog.move(incarnation, changes.checkpoints, undefined, undefined))) {
    await catalog.require(incarnation, changes.checkpoints);
  }
}

/** Cells come first: what several processes add to at once conflicts there, before there is much to be done in vain. */
async function write(
  collections: UnitCollections,
  { documents, cells }: Changes,
  session: ClientSession | undefined,
): Promise<void> {
  const options = { ordered: false, ...(session ? { session } : {}) };
  for (const [rollup, changed] of cells) await collections.cells(rollup).apply(changed, session);
  for (const [name, writes] of documents) {
    for (let from = 0; from < writes.length; from += FILLED_AT_ONCE) {
      await collections.rows(name).bulkWrite(writes.slice(from, from + FILLED_AT_ONCE), options);
    }
  }
}
