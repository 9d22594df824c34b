// What an import adds up to while it runs: counts per step, refusals, contradictions, amounts.
import { sumByCurrency, type Money } from "@gendan/eventing";
import type { Contradiction } from "../plan/contradictions.js";
import type { PlannedOrder, RefusedRow } from "../plan/plan.js";
import { STEP_NAMES, type Step, type StepName } from "../plan/step.js";
import type { Listener } from "../send/import-orders.js";
import type { Row } from "../source/read-table.js";

export interface Example {
  readonly file: string;
  readonly line: number;
  readonly key: string;
  readonly reason: string;
}

export interface Counted {
  readonly code: string;
  readonly step: string;
  readonly count: number;
  readonly examples: readonly Example[];
}

export interface Totals {
  readonly orders: { readonly rows: number; readonly imported: number; readonly refused: number };
  readonly lines: number;
  readonly steps: readonly { readonly step: StepName; readonly taken: number; readonly known: number }[];
  readonly refused: readonly Counted[];
  readonly contradictions: readonly Counted[];
  readonly amounts: {
    readonly goods: readonly Money[];
    readonly freight: readonly Money[];
    readonly received: readonly Money[];
  };
}

const EXAMPLES = 3;

export class Tally implements Listener {
  readonly refusedRows: RefusedRow[] = [];
  readonly found: Contradiction[] = [];
  /** Rows of orders with refused rows: importing those again takes all of them. */
  readonly again = new Set<Row>();
  done = 0;
  private imported = 0;
  private lines = 0;
  private readonly steps = new Map<StepName, { taken: number; known: number }>();
  private readonly goods: Money[] = [];
  private readonly freight: Money[] = [];
  private readonly received: Money[] = [];

  step({ name, input }: Step, status: "taken" | "known"): void {
    const counts = this.steps.get(name) ?? { taken: 0, known: 0 };
    this.steps.set(name, counts);
    counts[status] += 1;
    if (name === "receipt") add(this.received, input["amount"] as Money);
  }

  refused(refused: RefusedRow): void {
    this.refusedRows.push(refused);
  }

  contradiction(contradiction: Contradiction): void {
    this.found.push(contradiction);
  }

  order({ lines, rows }: PlannedOrder, imported: boolean, again: boolean): void {
    this.done += 1;
    if (again) for (const row of rows) this.again.add(row);
    if (!imported) return;
    this.imported += 1;
    this.lines += lines.length;
    for (const { input, freight } of lines) {
      add(this.goods, amountOf(input["unitPrice"] as Money, input["quantity"] as string));
      if (freight) add(this.freight, freight);
    }
  }

  /** Everything, in the order of the files: which order was through first says nothing. */
  totals(size: number): Totals {
    this.refusedRows.sort(byPlace);
    this.found.sort(byPlace);
    return {
      orders: { rows: size, imported: this.imported, refused: this.done - this.imported },
      lines: this.lines,
      steps: STEP_NAMES.flatMap((step) => {
        const counts = this.steps.get(step);
        return counts ? [{ step, ...counts }] : [];
      }),
      refused: counted(this.refusedRows),
      contradictions: counted(
        this.found.map(({ kind, detail, ...rest }) => ({ code: kind, step: "", reason: detail, ...rest })),
      ),
      amounts: { goods: this.goods, freight: this.freight, received: this.received },
    };
  }
}

const ONE = 1_000_000n;

/** Quantity × price, exact to the millionth, rounded half up: as the order itself counts. */
function amountOf({ minor, currency }: Money, quantity: string): Money {
  const [whole = "0", fraction = ""] = quantity.split(".");
  const units = BigInt(whole) * ONE + BigInt(fraction.padEnd(6, "0").slice(0, 6));
  return { minor: `${(units * BigInt(minor) + ONE / 2n) / ONE}`, currency };
}

/** Keeps one sum per currency. */
function add(sums: Money[], amount: Money): void {
  sums.splice(0, sums.length, ...sumByCurrency([...sums, amount]));
}

const byPlace = (a: { readonly row: Row }, b: { readonly row: Row }): number =>
  a.row.table.file < b.row.table.file ? -1 : a.row.table.file > b.row.table.file ? 1 : a.row.line - b.row.line;

interface Told {
  readonly code: string;
  readonly step: string;
  readonly row: Row;
  readonly key: string;
  readonly reason: string;
}

/** By code and step, the most frequent first, each with its first examples. */
const counted = (told: readonly Told[]): Counted[] =>
  [...Map.groupBy(told, ({ code, step }) => `${code} ${step}`).values()]
    .map((all) => ({
      code: all[0]!.code,
      step: all[0]!.step,
      count: all.length,
      examples: all
        .slice(0, EXAMPLES)
        .map(({ row, key, reason }) => ({ file: row.table.file, line: row.line, key, reason })),
    }))
    .sort((a, b) => b.count - a.count);
