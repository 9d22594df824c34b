// Scope tokens as small integers: an index row carries one of them instead of a department's path.
import type { StatementSync } from "node:sqlite";
import { Lru } from "@gendan/eventing";
import type { Database } from "../database.js";

/** Tokens remembered; a timeline's tokens are its subjects, and there are many. */
const REMEMBERED = 20_000;

export class Tokens {
  private readonly ids = new Lru<number>(REMEMBERED);
  private readonly find: StatementSync;
  private readonly add: StatementSync;

  constructor({ sql }: Database) {
    this.find = sql.prepare("SELECT token FROM tokens WHERE name = ?");
    this.add = sql.prepare("INSERT INTO tokens (name) VALUES (?)");
  }

  /** The token's number, given when absent (within the transaction that first uses it). */
  id(name: string): number {
    return this.known(name) ?? this.remember(name, Number(this.add.run(name).lastInsertRowid));
  }

  /** The token's number, undefined where no document carries it. */
  known(name: string): number | undefined {
    const id = this.ids.get(name);
    if (id !== undefined) return id;
    const found = this.find.get(name)?.["token"];
    return found === undefined ? undefined : this.remember(name, Number(found));
  }

  /** After a rollback: what was given in it was never given. */
  forget(): void {
    this.ids.clear();
  }

  private remember(name: string, id: number): number {
    this.ids.set(name, id);
    return id;
  }
}
