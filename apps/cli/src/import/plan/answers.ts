// The sections of a mapping with rows of their own that can be refused alone: receipts, satisfaction, cases.
import type { RowsSpec } from "../mapping/schema.js";
import type { Row } from "../source/read-table.js";
import type { Scope, Source } from "./columns.js";
import { conditionOf } from "./conditions.js";
import type { FaultyRow } from "./goods.js";
import { rowsOf, type Tables } from "./relations.js";
import type { Draft, Making } from "./sections.js";
import { importedId, type Step } from "./step.js";
import { needed, readersOf, type Readers, type RowFault } from "./values.js";

export interface Made {
  readonly steps: readonly Step[];
  readonly faulty: readonly FaultyRow[];
  /** All rows that belong to the order, whether they give steps or not. */
  readonly rows: readonly Row[];
}

export type RowSection = (draft: Draft, received: Step) => Made;

interface Keyed extends RowsSpec {
  readonly key: readonly string[];
}

/** Makes the steps of each row that the section is about. A row with faults gives none. */
function rowSection(
  making: Making,
  tables: Tables,
  order: Source,
  { spec, where }: { readonly spec: Keyed; readonly where: string },
  compile: (
    read: Readers,
  ) => (scope: Scope, key: string, draft: Draft, received: Step, faults: RowFault[]) => readonly Step[],
): RowSection {
  const { mapping, columns } = making;
  const rows = rowsOf(tables, spec, order, where, "first");
  const when = conditionOf(spec.when, columns, rows.source, where);
  const key = spec.key.map((column) => columns(column, rows.source, `${where}.key`));
  const make = compile(readersOf(mapping, columns, rows.source));
  return (draft, received) => {
    const all = rows.of(draft.scope, draft.own);
    const steps: Step[] = [];
    const faulty: FaultyRow[] = [];
    for (const scope of all.filter(when)) {
      const faults: RowFault[] = [];
      const keys = key.map((cell) => cell(scope));
      if (keys.includes(undefined)) faults.push({ code: "VALUE_MISSING", reason: `${where}.key has no value` });
      const made = make(scope, keys.join("/"), draft, received, faults);
      if (faults.length > 0) faulty.push({ row: scope.row, faults });
      else steps.push(...made);
    }
    return { steps, faulty, rows: all.map(({ row }) => row) };
  };
}

/** Each receipt is recorded, and allocated to its order as a whole. */
export function receiptSection(making: Making, tables: Tables, order: Source): RowSection | undefined {
  const { mapping, steps } = making;
  const spec = mapping.receipts;
  if (!spec) return undefined;
  const where = "receipts";
  return rowSection(making, tables, order, { spec, where }, (read) => {
    const at = needed(`${where}.at`, read.instant(`${where}.at`, spec.at));
    const currency = read.text(`${where}.currency`, spec.currency ?? { value: mapping.currency });
    const amountOf = needed(`${where}.amount`, read.amount(`${where}.amount`, spec.amount, currency));
    const method = needed(`${where}.method`, read.text(`${where}.method`, spec.method));
    const reference = read.text(`${where}.reference`, spec.reference);
    return (scope, key, { orderId, customerId }, received, faults) => {
      const id = importedId("receipt", mapping.name, key);
      const amount = amountOf(scope, faults);
      const of = { key, row: scope.row, at: at(scope, faults) };
      const recorded = steps(
        "receipt",
        "recordReceipt",
        { ...of, after: received },
        {
          id,
          customerId,
          amount,
          method: method(scope, faults),
          reference: reference(scope, faults),
          ...(mapping.department === "" ? {} : { department: mapping.department }),
        },
      );
      const allocated = steps(
        "allocation",
        "allocateReceipt",
        { ...of, after: recorded },
        {
          receiptId: id,
          allocations: [{ orderId, amount }],
        },
      );
      return [recorded, allocated];
    };
  });
}

export function satisfactionSection(making: Making, tables: Tables, order: Source): RowSection | undefined {
  const { mapping, steps } = making;
  const spec = mapping.satisfaction;
  if (!spec) return undefined;
  const where = "satisfaction";
  return rowSection(making, tables, order, { spec, where }, (read) => {
    const at = needed(`${where}.at`, read.instant(`${where}.at`, spec.at));
    const score = needed(`${where}.score`, read.number(`${where}.score`, spec.score));
    const comment = read.text(`${where}.comment`, spec.comment);
    return (scope, key, { orderId, customerId }, received, faults) => [
      steps(
        "satisfaction",
        "recordSatisfaction",
        { key, row: scope.row, at: at(scope, faults), after: received },
        {
          id: importedId("satisfaction", mapping.name, key),
          externalReference: { system: mapping.name, number: key },
          customerId,
          orderId,
          score: Number(score(scope, faults)),
          comment: comment(scope, faults),
          zone: mapping.zone,
        },
      ),
    ];
  });
}

export function caseSections(making: Making, tables: Tables, order: Source): readonly RowSection[] {
  const { mapping, steps } = making;
  return mapping.cases.map((spec, index) => {
    const where = `cases.${index}`;
    return rowSection(making, tables, order, { spec, where }, (read) => {
      const at = needed(`${where}.at`, read.instant(`${where}.at`, spec.at));
      const subject = needed(`${where}.subject`, read.text(`${where}.subject`, spec.subject));
      const text = read.text(`${where}.text`, spec.text);
      const priority = read.text(`${where}.priority`, spec.priority ?? { value: "normal" });
      return (scope, key, { orderId, customerId }, received, faults) => [
        steps(
          "case",
          "openCase",
          { key: `${where}/${key}`, row: scope.row, at: at(scope, faults), after: received },
          {
            id: importedId("case", mapping.name, String(index), key),
            kind: spec.kind.toUpperCase(),
            customerId,
            orderId,
            subject: subject(scope, faults),
            text: text(scope, faults),
            priority: priority(scope, faults)?.toUpperCase(),
          },
        ),
      ];
    });
  });
}
