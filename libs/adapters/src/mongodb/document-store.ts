// The document store port on a MongoDB replica set: one database, which several processes have open at once.
import type { BuildingUnit, DocumentStore, DocumentUnit, Lease, UnitSpec } from "@gendan/eventing";
import { declare } from "../documents/declaration.js";
import { SqliteDocumentStore } from "../sqlite/document-store.js";
import type { MongoConnection } from "./connection.js";
import { Catalog } from "./documents/catalog.js";
import { Leases } from "./documents/leases.js";
import { closedFault, Turns } from "./documents/transact.js";
import { MongoUnit, type UnitSettings } from "./documents/unit.js";
import { MongoFaults } from "./faults.js";

export interface MongoDocumentStoreSettings {
  readonly connection: MongoConnection;
  /** One for each store: a service's documents, a service's operational data. */
  readonly database: string;
  /** Documents that a list may look at, for each of the caller's tokens, for filters that no index knows (default 20,000). */
  readonly lookedAt?: number;
  /** After so long without a sign of its holder a lease is free (default 10,000). */
  readonly leaseMs?: number;
  /** Milliseconds that only ever rise, for leases (default: of this process). */
  readonly clock?: () => number;
}

const LOOKED_AT = 20_000;
const LEASE_MS = 10_000;
/** Changed whenever the collections of the same declaration look different. */
const LAYOUT = "mongodb layout 1";

export class MongoDocumentStore implements DocumentStore {
  readonly shared = true;
  private readonly units = new Map<string, MongoUnit>();
  private readonly turns = new Turns();
  private isOpen = true;
  private scratches: Promise<SqliteDocumentStore> | undefined;

  private constructor(
    private readonly settings: { readonly lookedAt: number },
    private readonly catalog: Catalog,
    private readonly leases: Leases,
    private readonly faults: MongoFaults,
  ) {}

  /** Opens the database, made when missing. Throws DOCUMENT_STORE_UNAVAILABLE, CONFIGURATION. */
  static async open(settings: MongoDocumentStoreSettings): Promise<DocumentStore> {
    const { connection, database, lookedAt = LOOKED_AT, leaseMs = LEASE_MS } = settings;
    const { clock = () => performance.now() } = settings;
    const faults = new MongoFaults("DOCUMENT_STORE_UNAVAILABLE", connection.at);
    const db = connection.client.db(database);
    const catalog = new Catalog(connection.client, db);
    await faults.guard(() => catalog.prepare());
    const store = new MongoDocumentStore({ lookedAt }, catalog, new Leases(db, faults, { leaseMs, clock }), faults);
    store.sweep();
    return store;
  }

  async open(spec: UnitSpec): Promise<DocumentUnit> {
    return this.guarded(async () => {
      const declared = declare(spec, LAYOUT);
      const open = this.units.get(spec.name);
      return open ? open.share(declared) : this.keep((settings) => MongoUnit.open({ ...settings, declared }));
    });
  }

  async build(spec: UnitSpec): Promise<BuildingUnit> {
    return this.guarded(async () => {
      const declared = declare(spec, LAYOUT);
      this.units.get(spec.name)?.shut();
      const unit = await this.keep((settings) => MongoUnit.build({ ...settings, declared }));
      this.sweep();
      return unit;
    });
  }

  async drop(unit: string): Promise<void> {
    await this.guarded(async () => {
      this.units.get(unit)?.shut();
      await this.catalog.remove(unit);
      this.sweep();
    });
  }

  /** In this process: it is nobody else's business, and nothing is left behind however the process ends. */
  async scratch(spec: UnitSpec): Promise<BuildingUnit> {
    return this.guarded(async () => {
      this.scratches ??= SqliteDocumentStore.open({ directory: ":memory:", lookedAt: this.settings.lookedAt });
      return (await this.scratches).scratch(spec);
    });
  }

  async live(projection: string): Promise<{ readonly generation: number; readonly version: string } | undefined> {
    this.requireOpen();
    return this.faults.guard(() => this.catalog.live(projection));
  }

  async switchTo(projection: string, generation: number, version: string): Promise<void> {
    this.requireOpen();
    await this.faults.guard(() => this.catalog.switchTo(projection, generation, version));
  }

  async lease(name: string, owner: string, signal?: AbortSignal): Promise<Lease | undefined> {
    return this.leases.take(name, owner, signal);
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    const closing = [...this.units.values()].map((unit) => (unit.shut(), unit.settle()));
    await Promise.all([...closing, this.leases.close(), this.scratches?.then((store) => store.close())]);
  }

  private async keep(make: (settings: Omit<UnitSettings, "declared">) => Promise<MongoUnit>): Promise<MongoUnit> {
    const { catalog, faults } = this;
    const closed = () => {
      if (this.units.get(unit.name) === unit) this.units.delete(unit.name);
    };
    const unit: MongoUnit = await make({ catalog, faults, lookedAt: this.settings.lookedAt, closed });
    if (!this.isOpen) unit.shut();
    else this.units.set(unit.name, unit);
    return unit;
  }

  /** Deletes what dropped units left, in the background: nobody waits for it, and what fails is done the next time. */
  private sweep(): void {
    void this.catalog.sweep(() => !this.isOpen).catch(() => undefined);
  }

  /** Units are opened, made and dropped one after the other. */
  private async guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    this.requireOpen();
    const result = await this.turns.take(() => (this.requireOpen(), this.faults.guard(work)));
    this.requireOpen();
    return result;
  }

  private requireOpen(): void {
    if (!this.isOpen) throw closedFault("The document store");
  }
}
