// The collections of one incarnation of a unit: one for each declared collection and roll-up.
import type { Collection, Db } from "mongodb";
import type { RollupSpec } from "@gendan/eventing";
import { refused, type DeclaredCollection, type DeclaredUnit } from "../../documents/declaration.js";
import { isThereAlready } from "../faults.js";
import { CELL_INDEX, Cells, type CellRow } from "./cells.js";
import { Lists } from "./lists.js";
import { explaining } from "./plans.js";
import { indexesOf, type Row } from "./rows.js";

interface Kept {
  readonly declared: DeclaredCollection;
  readonly rows: Collection<Row>;
  readonly lists: Lists;
}

/** Every collection of an incarnation begins with this. */
export const prefixOf = (incarnation: string): string => `unit.${incarnation}.`;

/** The incarnation that a collection belongs to, if it belongs to any. */
export const incarnationOf = (collection: string): string | undefined => /^unit\.([^.]+)\./.exec(collection)?.[1];

export class UnitCollections {
  private readonly kept: ReadonlyMap<string, Kept>;
  private readonly rollups: ReadonlyMap<string, { readonly rows: Collection<CellRow>; readonly cells: Cells }>;

  constructor(
    private readonly db: Db,
    incarnation: string,
    { collections, rollups }: DeclaredUnit,
    lookedAt: number,
  ) {
    const prefix = prefixOf(incarnation);
    this.kept = new Map(
      collections.map((declared) => {
        const rows = db.collection<Row>(`${prefix}docs.${declared.name}`);
        return [
          declared.name,
          { declared, rows, lists: new Lists(rows, declared, lookedAt, explaining(db, rows.collectionName)) },
        ];
      }),
    );
    const cellsOf = (rollup: RollupSpec) => {
      const rows = db.collection<CellRow>(`${prefix}cells.${rollup.name}`);
      return { rows, cells: new Cells(rows, rollup, explaining(db, rows.collectionName)) };
    };
    this.rollups = new Map(rollups.map((rollup) => [rollup.name, cellsOf(rollup)]));
  }

  declared(name: string): DeclaredCollection {
    return this.known(name).declared;
  }

  rows(name: string): Collection<Row> {
    return this.known(name).rows;
  }

  lists(name: string): Lists {
    return this.known(name).lists;
  }

  cells(name: string): Cells {
    const found = this.rollups.get(name);
    if (!found) throw refused(`There is no rollup ${name} here; there is ${[...this.rollups.keys()].join(", ")}.`);
    return found.cells;
  }

  /** Makes the collections of cells, which are read and written from the beginning. Again is nothing. */
  async prepare(): Promise<void> {
    for (const { rows } of this.rollups.values()) await rows.createIndexes([CELL_INDEX]);
  }

  /** Makes the collections of documents and their indexes: no transaction has to. Again is nothing. */
  async index(): Promise<void> {
    for (const { declared, rows } of this.kept.values()) {
      const indexes = indexesOf(declared);
      if (indexes.length > 0) await rows.createIndexes(indexes);
      else await this.make(rows.collectionName);
    }
  }

  private async make(collection: string): Promise<void> {
    try {
      await this.db.createCollection(collection);
    } catch (error) {
      if (!isThereAlready(error)) throw error;
    }
  }

  private known(name: string): Kept {
    const found = this.kept.get(name);
    if (!found) throw refused(`There is no collection ${name} here; there is ${[...this.kept.keys()].join(", ")}.`);
    return found;
  }
}
