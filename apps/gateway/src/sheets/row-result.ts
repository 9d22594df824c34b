// What is told of a sheet's row, and what all rows of a sheet have in common.
import type { Sheet } from "./sheets.js";

export interface RowResult {
  readonly row: number;
  readonly id: string;
  /** Of a dry run: what would become of it. A command that was carried out before changes nothing. */
  readonly status: "accepted" | "unchanged" | "refused";
  /** The mutations that were accepted. */
  readonly commands: readonly string[];
  /** The amendment that proposes it. */
  readonly amendment?: string;
  readonly errors: readonly RowError[];
}

export interface RowError {
  readonly code: string;
  /** The column's path, or what a mutation names. */
  readonly field: string | null;
  readonly message: string;
}

export interface SheetOptions {
  readonly sheet: Sheet;
  /** Names the file: its commands have the same ids each time. */
  readonly sha256: string;
  readonly dryRun: boolean;
  /** Values of extra columns that the sheet does not have. */
  readonly defaults: Readonly<Record<string, string>>;
}
