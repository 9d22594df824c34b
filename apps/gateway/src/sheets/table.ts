// A table as somebody sent it: rows of fields, and what is not taken of it.

/** A field as it stands in the file; `isNumber` where the file says that it is one (XLSX alone does). */
export interface Field {
  readonly text: string;
  readonly isNumber?: boolean;
}

export interface TableBounds {
  /** Rows, the heading included. */
  readonly rows: number;
  readonly columns: number;
  /** Bytes that a file may unfold to. */
  readonly unfoldedBytes: number;
}

/** Why a file is no table that is taken. */
export class NoTable extends Error {
  constructor(readonly reason: "not-a-table" | "too-many-rows" | "too-many-columns" | "unfolds-too-far") {
    super(reason);
  }
}
