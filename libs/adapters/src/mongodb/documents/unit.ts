// One unit: some collections of a database. What a commit brings is one transaction; while it is built, it is written in pieces.
import {
  Fault,
  isFault,
  type BuildingUnit,
  type CellKey,
  type CellQuery,
  type Commit,
  type FilterQuery,
  type ListQuery,
  type Position,
  type StoredDocument,
} from "@gendan/eventing";
import { otherDeclaration, refused, sameLines, type DeclaredUnit } from "../../documents/declaration.js";
import { textOf } from "../../documents/text.js";
import type { MongoFaults } from "../faults.js";
import type { Catalog, Opening } from "./catalog.js";
import { changesOf } from "./changes.js";
import { commitChanges, fillChanges } from "./committing.js";
import { documentsById, documentsByKey, documentsInOrder } from "./documents-read.js";
import { closedFault, Turns } from "./transact.js";
import { UnitCollections } from "./unit-collections.js";

export interface UnitSettings {
  readonly catalog: Catalog;
  readonly faults: MongoFaults;
  readonly declared: DeclaredUnit;
  readonly lookedAt: number;
  /** Told when it was closed. */
  readonly closed: () => void;
}

export class MongoUnit implements BuildingUnit {
  readonly name: string;
  private readonly collections: UnitCollections;
  private readonly turns = new Turns();
  private isOpen = true;
  private finishing = false;
  /** A unit that is built and of which a commit has failed holds nobody knows what. */
  private failed = false;
  /** The number of the last commit that was tried. */
  private commits = 0;
  /** Who opened it and has not closed it yet. */
  private users = 1;

  private constructor(
    private readonly settings: UnitSettings,
    private readonly incarnation: string,
    /** Undefined while it is built. */
    private opening: Opening | undefined,
  ) {
    const { catalog, declared, lookedAt } = settings;
    this.name = declared.name;
    this.collections = new UnitCollections(catalog.db, incarnation, declared, lookedAt);
  }

  /** Opens a unit, made when absent. Throws STORE_REFUSED where it was made for another declaration, or was never finished. */
  static async open(settings: UnitSettings): Promise<MongoUnit> {
    const { catalog, declared } = settings;
    const incarnation = await catalog.incarnation(declared);
    const unit = new MongoUnit(settings, incarnation, await catalog.register(declared.name, incarnation));
    await unit.collections.prepare();
    await unit.collections.index();
    return unit;
  }

  /** A fresh unit in the place of one of that name. */
  static async build(settings: UnitSettings): Promise<MongoUnit> {
    const { catalog, declared } = settings;
    let incarnation: string | undefined;
    while (incarnation === undefined) {
      await catalog.remove(declared.name);
      incarnation = await catalog.make(declared, true);
    }
    const unit = new MongoUnit(settings, incarnation, undefined);
    await unit.collections.prepare();
    return unit;
  }

  /** Another user of the open unit, who closes it as well. */
  share(declared: DeclaredUnit): this {
    const mine = this.settings.declared.lines;
    if (!sameLines(mine, declared.lines)) throw otherDeclaration(this.name, declared, mine);
    if (!this.opening) throw refused(`${this.name} is being built.`, { unit: this.name });
    this.users++;
    return this;
  }

  // ---- writing ----

  async commit(commit: Commit): Promise<void> {
    await this.guarded(async () => {
      if (this.finishing) throw refused(`${this.name} is being finished: nothing is written to it meanwhile.`);
      const changes = changesOf(commit, this.collections);
      await this.turns.take(async () => {
        this.requireOpen();
        const { settings, collections, opening } = this;
        if (opening) await commitChanges(settings.catalog, collections, changes, { opening, number: ++this.commits });
        else await this.fill(() => fillChanges(settings.catalog, collections, changes, this.incarnation));
      });
    });
  }

  async finish(): Promise<void> {
    await this.guarded(async () => {
      if (this.opening || this.finishing) throw refused(`${this.name} is not being built.`);
      this.finishing = true;
      try {
        await this.turns.take(() => this.fill(() => this.becomeOrdinary()));
      } finally {
        this.finishing = false;
      }
    });
  }

  private async becomeOrdinary(): Promise<void> {
    const { catalog } = this.settings;
    await this.collections.index();
    if (!(await catalog.finish(this.name, this.incarnation))) throw this.gone();
    this.opening = await catalog.register(this.name, this.incarnation);
  }

  /** Work on a unit that is built: there is no way back from half of it. */
  private async fill(work: () => Promise<void>): Promise<void> {
    if (this.failed) {
      const reason = `An earlier commit to ${this.name} failed while it was built: build it again.`;
      throw new Fault("DOCUMENT_STORE_UNAVAILABLE", reason, { unit: this.name });
    }
    await this.requireThere();
    try {
      await work();
    } catch (error) {
      this.failed = !isFault(error, "STORE_REFUSED", "CHECKPOINT_LOST");
      throw error;
    }
  }

  // ---- reading ----

  async checkpoint(partition: string): Promise<Position | undefined> {
    return this.reading(() => this.settings.catalog.checkpoint(this.incarnation, partition), isNothing);
  }

  async get<Doc>(collection: string, id: string): Promise<StoredDocument<Doc> | undefined> {
    return (await this.getMany<Doc>(collection, [id])).get(id);
  }

  async getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    return this.reading(
      () => documentsById<Doc>(this.collections.rows(collection), ids),
      ({ size }) => size === 0,
    );
  }

  async byKey<Doc>(
    collection: string,
    key: string,
    values: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly StoredDocument<Doc>[]>> {
    return this.reading(
      () => {
        const declared = this.indexed(collection);
        return documentsByKey<Doc>(this.collections.rows(collection), declared, key, values, limit);
      },
      (found) => [...found.values()].every(isEmpty),
    );
  }

  async list<Doc>(query: ListQuery) {
    return this.reading(
      () => (this.indexed(query.collection), this.collections.lists(query.collection).list<Doc>(query)),
      ({ rows }) => isEmpty(rows),
    );
  }

  async count(query: FilterQuery, upTo: number) {
    return this.reading(
      () => (this.indexed(query.collection), this.collections.lists(query.collection).count(query, upTo)),
      ({ count }) => count === 0,
    );
  }

  async lists<Doc>(queries: readonly ListQuery[]) {
    return Promise.all(queries.map((query) => this.list<Doc>(query)));
  }

  async counts(queries: readonly FilterQuery[], upTo: number) {
    return Promise.all(queries.map((query) => this.count(query, upTo)));
  }

  async cells(query: CellQuery) {
    return this.reading(() => this.collections.cells(query.rollup).sum(query), isEmpty);
  }

  async scan<Doc>(
    collection: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly StoredDocument<Doc>[]> {
    const behind = after === undefined ? undefined : textOf(after);
    return this.reading(() => documentsInOrder<Doc>(this.collections.rows(collection), behind, limit), isEmpty);
  }

  async scanCells(rollup: string, after: CellKey | undefined, limit: number) {
    return this.reading(() => this.collections.cells(rollup).scan(after, limit), isEmpty);
  }

  /** Runs the list and gives the plan of everything that it read, as the server tells it. */
  async explain(query: ListQuery): Promise<readonly string[]> {
    return this.reading(() => this.collections.lists(query.collection).explain(query), isEmpty);
  }

  /** The plan of a query for cells, as the server tells it. */
  async explainCells(query: CellQuery): Promise<readonly string[]> {
    return this.reading(() => this.collections.cells(query.rollup).explain(query), isEmpty);
  }

  async close(): Promise<void> {
    if (!this.isOpen || --this.users > 0) return;
    this.shut();
    await this.settle();
  }

  /** Resolved when what was begun has come to its end; the number of commits is no use to anybody then. */
  async settle(): Promise<void> {
    const { opening } = this;
    await this.turns.take(async () => opening && this.settings.catalog.forget(opening));
  }

  /** Closes it for everybody in this process. */
  shut(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.settings.closed();
  }

  private indexed(collection: string) {
    const declared = this.collections.declared(collection);
    if (!this.opening) throw refused(`${collection} is being built: it is read by id until it is finished.`);
    return declared;
  }

  /** What was dropped holds nothing: whether an answer is nothing for that reason is looked up. */
  private reading<Answer>(work: () => Promise<Answer>, holdsNothing: (answer: Answer) => boolean): Promise<Answer> {
    return this.guarded(async () => {
      const answer = await work();
      if (holdsNothing(answer)) await this.requireThere();
      return answer;
    });
  }

  private async requireThere(): Promise<void> {
    if (!(await this.settings.catalog.isThere(this.name, this.incarnation))) throw this.gone();
  }

  private gone(): Fault {
    this.shut();
    return closedFault(this.name);
  }

  private requireOpen(): void {
    if (!this.isOpen) throw closedFault(this.name);
  }

  private async guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    this.requireOpen();
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      if (isFault(error, "CLOSED")) this.shut();
      this.requireOpen();
      throw this.settings.faults.of(error);
    }
    this.requireOpen();
    return result;
  }
}

const isNothing = (answer: unknown): boolean => answer === undefined;
const isEmpty = (answer: readonly unknown[]): boolean => answer.length === 0;
