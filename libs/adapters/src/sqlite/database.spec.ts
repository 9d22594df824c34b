// Opening SQLite files: how they are set up, and what is said of those that cannot be used.
import { chmodSync, mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "@jest/globals";
import { asNobody, temporaryDirectory } from "@gendan/testing/temporary";
import { losesWal, openDatabase, prepareRows, type DatabaseSettings } from "./database.js";

const settings = (more: Partial<DatabaseSettings> = {}): DatabaseSettings => ({
  file: join(temporaryDirectory(), "some.db"),
  durability: "full",
  kind: 1234,
  schema: "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
  unavailable: "EVENT_STORE_UNAVAILABLE",
  remedy: "restore it from a backup",
  ...more,
});

/** What a test finds in the file's one table. */
const rowsIn = (file: string) => {
  const db = openDatabase(settings({ file }));
  const rows = prepareRows(db.sql, "SELECT text FROM t ORDER BY id")();
  db.close();
  return rows.map(([text]) => text);
};

function filled(rows = 1): string {
  const db = openDatabase(settings());
  const insert = db.sql.prepare("INSERT INTO t VALUES (?, ?)");
  db.transaction(() => {
    for (let id = 1; id <= rows; id++) insert.run(id, `row ${id} ${"x".repeat(1_000)}`);
  });
  db.close();
  return db.file;
}

describe("a SQLite version", () => {
  it.each(["3.7.0", "3.43.2", "3.44.5", "3.46.0", "3.50.6", "3.51.2"])("%s loses a WAL", (version) =>
    expect(losesWal(version)).toBe(true),
  );
  it.each(["3.6.23", "3.44.6", "3.44.9", "3.50.7", "3.51.3", "3.52.0", "3.53.4", "4.0.0"])("%s does not", (version) =>
    expect(losesWal(version)).toBe(false),
  );
});

describe("an open file", () => {
  it.each([
    ["full", "wal", 2],
    ["normal", "wal", 1],
    ["none", "memory", 0],
  ] as const)("is as durable as asked: %s", (durability, journal, synchronous) => {
    const db = openDatabase(settings({ durability }));
    expect(db.sql.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: journal });
    expect(db.sql.prepare("PRAGMA synchronous").get()).toEqual({ synchronous });
    db.close();
  });

  it("keeps what a transaction did, and nothing of one that failed", () => {
    const { file } = settings();
    const db = openDatabase(settings({ file }));
    const insert = (text: string) => db.sql.prepare("INSERT INTO t (text) VALUES (?)").run(text);
    expect(db.transaction(() => (insert("kept"), 42))).toBe(42);
    const mistake = new TypeError("a mistake");
    expect(() =>
      db.transaction(() => {
        insert("lost");
        throw mistake;
      }),
    ).toThrow(mistake);
    const refused = () =>
      db.transaction(() => {
        insert("lost");
        db.sql.exec("INSERT INTO t VALUES (1, 'twice')");
      });
    expect(refused).toThrow(expect.objectContaining({ code: "EVENT_STORE_UNAVAILABLE" }));
    db.transaction(() => insert("kept, too"));
    db.close();
    expect(() => db.transaction(() => 0)).toThrow(expect.objectContaining({ code: "CLOSED" }));
    db.close();
    expect(rowsIn(file)).toEqual(["kept", "kept, too"]);
  });

  it("is readable by its owner alone when it is secret, as are the files beside it", () => {
    const { file } = settings();
    for (let twice = 0; twice < 2; twice++) {
      const db = openDatabase(settings({ file, secret: true }));
      db.sql.exec("INSERT INTO t (text) VALUES ('secret')");
      const modes = readdirSync(join(file, "..")).map((name) => statSync(join(file, "..", name)).mode & 0o777);
      expect(modes).toEqual([0o600, 0o600, 0o600]);
      db.close();
      chmodSync(file, 0o644);
    }
  });
});

describe("a file that cannot be used", () => {
  const fault = (more: Partial<DatabaseSettings>) => {
    try {
      openDatabase(settings(more)).close();
      return undefined;
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      expect(message).not.toContain("\n");
      return { code, message };
    }
  };

  it("is no database", () => {
    const { file } = settings();
    writeFileSync(file, "no database ".repeat(1_000));
    expect(fault({ file })).toEqual({
      code: "STORE_DAMAGED",
      message: `${file} is damaged (file is not a database): restore it from a backup.`,
    });
  });

  it("was cut off", () => {
    const file = filled(100);
    truncateSync(file, 5 * 8_192);
    expect(fault({ file })).toEqual({
      code: "STORE_DAMAGED",
      message: `${file} is damaged (database disk image is malformed): restore it from a backup.`,
    });
  });

  it("is a database of another kind, and stays as it is", () => {
    const file = filled();
    expect(fault({ file, kind: 4321 })).toMatchObject({
      code: "STORE_REFUSED",
      message: expect.stringContaining(file),
    });
    const foreign = join(temporaryDirectory(), "foreign.db");
    const other = new DatabaseSync(foreign);
    other.exec("CREATE TABLE theirs (x)");
    other.close();
    expect(fault({ file: foreign })).toMatchObject({ code: "STORE_REFUSED" });
    expect(rowsIn(file)).toHaveLength(1);
  });

  it("is a folder, or lies in a file", () => {
    const { file } = settings();
    mkdirSync(file);
    expect(fault({ file })).toMatchObject({ code: "STORE_NOT_WRITABLE", message: expect.stringContaining(file) });
    const below = join(filled(), "some.db");
    expect(fault({ file: below })).toMatchObject({ code: "STORE_NOT_WRITABLE" });
  });

  it("may only be read", () => {
    const file = filled();
    chmodSync(join(file, ".."), 0o777);
    chmodSync(file, 0o444);
    expect(asNobody(() => fault({ file }))).toMatchObject({
      code: "STORE_NOT_WRITABLE",
      message: expect.stringContaining(file),
    });
  });

  it("lies in a folder that may only be read", () => {
    const file = filled();
    const folder = join(file, "..");
    chmodSync(folder, 0o777);
    chmodSync(file, 0o666);
    expect(asNobody(() => fault({ file }))).toBeUndefined();
    chmodSync(folder, 0o555);
    for (const path of [file, join(folder, "new.db"), join(folder, "new", "new.db")]) {
      expect(asNobody(() => fault({ file: path }))).toMatchObject({ code: "STORE_NOT_WRITABLE" });
    }
    chmodSync(folder, 0o777);
  });

  it("is being written by another program", () => {
    const file = filled();
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    expect(fault({ file })).toMatchObject({ code: "STORE_IN_USE", message: expect.stringContaining(file) });
    other.close();
  });
});
