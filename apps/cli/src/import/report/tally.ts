// What an import adds up to while it runs: counts per step, refusals, contradictions, amounts.
import { sumByCurrency, type Money } from "@gendan/eventing";
import type { Contradiction, ContradictionKind } from "../plan/contradictions.js";
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

interface Count {
  readonly step: string;
  count: number;
  readonly examples: Example[];
}

export class Tally implements Listener {
  readonly refusedRows: RefusedRow[] = [];
  readonly found: Contradiction[] = [];
  /** Rows of orders with refused rows: importing those again takes all of them. */
  readonly again = new Set<Row>();
  done = 0;
  private imported = 0;
  private lines = 0;
  private readonly steps = new Map<StepName, { taken: number; known: number }>();
  private readonly refusals = new Map<string, Count>();
  private readonly contradictions = new Map<ContradictionKind, Count>();
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
    const { row, key, step, code, reason } = refused;
    this.refusedRows.push(refused);
    count(this.refusals, code, step, { file: row.table.file, line: row.line, key, reason });
  }

  contradiction(contradiction: Contradiction): void {
    const { kind, row, key, detail } = contradiction;
    this.found.push(contradiction);
    count(this.contradictions, kind, "", { file: row.table.file, line: row.line, key, reason: detail });
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

  totals(size: number): Totals {
    return {
      orders: { rows: size, imported: this.imported, refused: this.done - this.imported },
      lines: this.lines,
      steps: STEP_NAMES.flatMap((step) => {
        const counts = this.steps.get(step);
        return counts ? [{ step, ...counts }] : [];
      }),
      refused: counted(this.refusals),
      contradictions: counted(this.contradictions),
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

function count<Name extends string>(counts: Map<Name, Count>, name: Name, step: string, example: Example): void {
  const found = counts.get(name) ?? { step, count: 0, examples: [] };
  counts.set(name, found);
  found.count += 1;
  if (found.examples.length < EXAMPLES) found.examples.push(example);
}

const counted = (counts: ReadonlyMap<string, Count>): Counted[] =>
  [...counts].map(([code, rest]) => ({ code, ...rest })).sort((a, b) => b.count - a.count);
