// A printed paper as data: what stands on it, in one language. How it is set is render.ts's.

export interface Paper {
  readonly title: string;
  readonly number: string;
  readonly language: "en" | "zh";
  /** Who sends it: the name, then address and so on. */
  readonly letterhead: readonly string[];
  /** Label and value, in two columns. */
  readonly facts: readonly Labelled[];
  /** Side by side: to whom, from where. */
  readonly parties: readonly { readonly label: string; readonly lines: readonly string[] }[];
  readonly table: PaperTable;
  /** Below the table, to the right; the last one is the sum. */
  readonly totals: readonly Labelled[];
  readonly notes: readonly string[];
  /** Who signs, and on which line. */
  readonly signatures: readonly string[];
  /** "Page {page} of {pages}" */
  readonly pageOf: string;
}

/** What of a paper is its subject's; the rest is every paper's frame. */
export type PaperBody = Omit<Paper, "language" | "letterhead" | "pageOf">;

export type Labelled = readonly [label: string, value: string];

export interface PaperTable {
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly string[])[];
}

export interface PaperColumn {
  readonly label: string;
  /** A share of the width. */
  readonly width: number;
  readonly align: "left" | "right";
}
