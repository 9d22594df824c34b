// Folders for tests, gone when the spec file is done.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

const made: string[] = [];

/** A fresh, empty folder, removed after the last test of the spec file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "gendan-"));
  made.push(directory);
  return directory;
}

afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** Runs synchronous work without the rights of the super-user, who may write everywhere; others have no such rights anyway. */
export function asNobody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid!(65_534);
  try {
    return work();
  } finally {
    process.seteuid!(0);
  }
}
