// The tables of an open unit, and what a commit does to them.
import { Fault, type CheckpointMove, type Commit, type Position } from "@gendan/eventing";
import type { Database } from "../database.js";
import { Cells } from "./cells.js";
import { Collection } from "./collection.js";
import { refused } from "../../documents/declaration.js";
import { Lists } from "./lists.js";
import { Statements, type Statement } from "./statements.js";
import type { UnitSettings } from "./unit.js";

/** The tables of an open file. */
export class UnitTables {
  readonly statements: Statements;
  private readonly collections: ReadonlyMap<string, { readonly tables: Collection; readonly lists: Lists }>;
  private readonly rollups: ReadonlyMap<string, Cells>;
  private readonly readCheckpoint: Statement;
  private readonly writeCheckpoint: Statement;

  constructor(db: Database, { declared, lookedAt }: Pick<UnitSettings, "declared" | "lookedAt">, building: boolean) {
    this.statements = new Statements(db.sql);
    const collections = declared.collections.map((each) => new Collection(this.statements, each, !building));
    this.collections = new Map(
      collections.map((tables) => [tables.declared.name, { tables, lists: new Lists(tables, lookedAt) }]),
    );
    this.rollups = new Map(declared.rollups.map((rollup) => [rollup.name, new Cells(this.statements, rollup)]));
    this.readCheckpoint = this.statements.prepare("SELECT epoch, position FROM checkpoints WHERE partition = ?");
    this.writeCheckpoint = this.statements.prepare("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)");
  }

  collection(name: string): Collection {
    return this.known(name).tables;
  }

  lists(name: string): Lists {
    return this.known(name).lists;
  }

  rollup(name: string): Cells {
    const cells = this.rollups.get(name);
    if (!cells) throw refused(`There is no rollup ${name} here; there is ${[...this.rollups.keys()].join(", ")}.`);
    return cells;
  }

  checkpoint(partition: string): { readonly epoch: number; readonly position: Position } | undefined {
    const row = this.readCheckpoint.get(partition);
    return row && { epoch: row[0] as number, position: row[1] as string };
  }

  apply({ puts = [], inserts = [], deletes = [], cells = [], checkpoints = [] }: Commit): void {
    for (const move of checkpoints) this.move(move);
    const changed = new Set<Collection>();
    const of = (name: string): Collection => {
      const collection = this.collection(name);
      changed.add(collection);
      return collection;
    };
    for (const document of puts) of(document.collection).put(document);
    for (const document of inserts) of(document.collection).insert(document);
    for (const { collection, id } of deletes) of(collection).remove(id);
    for (const collection of changed) collection.flush();
    for (const delta of cells) this.rollup(delta.rollup).add(delta);
  }

  forget(): void {
    for (const { tables } of this.collections.values()) tables.forget();
  }

  private move({ partition, epoch, from, to }: CheckpointMove): void {
    const stored = this.checkpoint(partition);
    if (stored?.position !== from || (stored && stored.epoch > epoch)) {
      throw new Fault(
        "CHECKPOINT_LOST",
        `${partition} stands at ${stored?.position ?? "its beginning"} (epoch ${stored?.epoch ?? 0}), not at ${from ?? "its beginning"} (epoch ${epoch}): somebody else went on from there.`,
        { partition, epoch, from, to, stored },
      );
    }
    this.writeCheckpoint.run(partition, epoch, to);
  }

  private known(name: string) {
    const found = this.collections.get(name);
    if (!found)
      throw refused(`There is no collection ${name} here; there is ${[...this.collections.keys()].join(", ")}.`);
    return found;
  }
}
