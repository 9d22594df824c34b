// From a mapping and its files to the steps of each order, made one order at a time: a plan knows rows, not commands in bulk.
import { uuidFrom } from "@gendan/eventing";
import type { Mapping } from "../mapping/schema.js";
import type { Row, Table } from "../source/read-table.js";
import { caseSections, receiptSection, satisfactionSection, type Made } from "./answers.js";
import { columnsOf, type Cell, type Scope, type Source } from "./columns.js";
import { conditionOf } from "./conditions.js";
import { contradictionsOf, type Contradiction } from "./contradictions.js";
import { lineSection, shipmentSection, type FaultyRow, type PlannedLine, type PlannedShipment } from "./goods.js";
import { joining, Tables } from "./relations.js";
import {
  bindingSection,
  cancelSection,
  customerSection,
  holdSections,
  orderSection,
  type CustomerHead,
  type Draft,
  type Making,
  type Profile,
} from "./sections.js";
import { stepsOf, type Step, type StepName } from "./step.js";
import type { RowFault } from "./values.js";

/** A row that is not taken, and why. */
export interface RefusedRow {
  readonly row: Row;
  readonly key: string;
  readonly step: StepName | "file";
  readonly code: string;
  readonly reason: string;
}

export interface PlannedOrder {
  readonly key: string;
  readonly orderId: string;
  readonly row: Row;
  /** Every row that belongs to it, of any file: what importing it again takes. */
  readonly rows: readonly Row[];
  readonly refused: readonly RefusedRow[];
  readonly contradictions: readonly Contradiction[];
  readonly lines: readonly PlannedLine[];
  /** Undefined where a row's faults refuse the whole order. */
  readonly steps: OrderSteps | undefined;
}

export interface OrderSteps {
  readonly customer: { readonly key: string; readonly step: Step };
  /** Received, verified, confirmed, held: in this order. */
  readonly take: readonly [Step, ...Step[]];
  readonly receipts: readonly Step[];
  readonly shipments: readonly PlannedShipment[];
  readonly cancel: Step | undefined;
  /** What the customer says of it. */
  readonly hear: readonly Step[];
}

export interface Plan {
  /** How many orders there are, refused ones included. */
  readonly size: number;
  orders(): Iterable<PlannedOrder>;
  /** Rows that belong to no order, and broken ones; known once all orders were made. */
  leftOver(): readonly RefusedRow[];
}

interface Found {
  readonly key: string;
  readonly scope: Scope;
  readonly own: readonly Row[];
}

/** Throws BAD_USER_INPUT where the mapping names columns that the files do not have. */
export function planOf(mapping: Mapping, files: ReadonlyMap<string, Table>): Plan {
  const columns = columnsOf(mapping.nothing);
  const tables = new Tables(files, columns);
  const making: Making = { mapping, columns, steps: stepsOf(mapping.name) };
  const sections = sectionsOf(making, tables);
  const { found, refused } = findOrders(mapping, columns, sections);
  const customers = customersOf(found, sections);
  return {
    size: found.length,
    *orders() {
      for (const each of found) yield orderOf(each, sections, customers);
    },
    leftOver: () => [...refused, ...brokenRows(files), ...lostRows(mapping, tables)],
  };
}

function sectionsOf(making: Making, tables: Tables) {
  const { mapping, columns } = making;
  const base: Source = { table: tables.get(mapping.order.from), joins: new Map() };
  const { source, join } = joining(tables, mapping.order.joins, base, "order");
  // Columns read for the order itself: the rows of one order must agree on them.
  const read = new Set<Cell>();
  const watched: Making = {
    ...making,
    columns(...asked) {
      const cell = columns(...asked);
      read.add(cell);
      return cell;
    },
  };
  const lines = lineSection(making, tables, source);
  return {
    source,
    join,
    ofOrder: read,
    when: conditionOf(mapping.order.when, columns, source, "order"),
    customer: customerSection(watched, source),
    order: orderSection(watched, source),
    binding: bindingSection(watched, source),
    holds: holdSections(watched, source),
    cancel: cancelSection(watched, source),
    lines,
    shipments: shipmentSection(making, tables, source, lines.rows),
    receipts: receiptSection(making, tables, source),
    satisfaction: satisfactionSection(making, tables, source),
    cases: caseSections(making, tables, source),
  };
}
type Sections = ReturnType<typeof sectionsOf>;

/** The orders in the order of their rows; rows of one key are one order where the lines stand in the same file. */
function findOrders(mapping: Mapping, columns: Making["columns"], { source, join, when }: Sections) {
  const cells = mapping.order.key.map((column) => columns(column, source, "order.key"));
  const flat = mapping.lines.from === undefined;
  const orders = new Map<string, { key: string; scope: Scope; own: Row[] }>();
  const refused: RefusedRow[] = [];
  for (const row of source.table.rows) {
    const scope = join({ row, joined: new Map() });
    if (!when(scope)) continue;
    const parts = cells.map((cell) => cell(scope));
    const key = parts.map((part) => part ?? "").join("/");
    const known = orders.get(key);
    if (parts.includes(undefined)) refused.push(ofFile(row, key, "VALUE_MISSING", "order.key has no value"));
    else if (!known) orders.set(key, { key, scope, own: [row] });
    else if (flat) known.own.push(row);
    else refused.push(ofFile(row, key, "KEY_REPEATED", `line ${known.scope.row.line} has the key ${key} already`));
  }
  return { found: [...orders.values()] as readonly Found[], refused };
}

const ofFile = (row: Row, key: string, code: RowFault["code"], reason: string): RefusedRow => ({
  row,
  key,
  step: "file",
  code,
  reason,
});

/** Who is a customer: what is known of them by the first order that they gave, so that all of their orders say the same. */
function customersOf(found: readonly Found[], { customer, order }: Sections): ReadonlyMap<string, CustomerFirst> {
  const first = new Map<string, CustomerFirst>();
  for (const { scope } of found) {
    const faults: RowFault[] = [];
    const head = customer.head(scope, faults);
    const at = order.receivedAt(scope, faults);
    const profile = customer.profile(scope, faults);
    if (!head || at === undefined || faults.length > 0) continue;
    const known = first.get(head.key);
    if (!known || at < known.at) first.set(head.key, { scope, at, profile });
  }
  return first;
}

interface CustomerFirst {
  readonly scope: Scope;
  readonly at: string;
  readonly profile: Profile;
}

function orderOf(found: Found, sections: Sections, customers: ReadonlyMap<string, CustomerFirst>): PlannedOrder {
  const { key, scope, own } = found;
  const faults: RowFault[] = [];
  const head = sections.customer.head(scope, faults);
  sections.customer.profile(scope, faults); // may be another one's than the first order says, but readable
  const receivedAt = sections.order.receivedAt(scope, faults);
  const currency = sections.order.currency(scope, faults);
  faults.push(...differences(found, sections));
  const orderId = head ? uuidFrom("order", "import", head.customerId, key) : "";
  const draft: Draft = {
    ...{ key, scope, own, orderId, faults },
    customerId: head?.customerId ?? "",
    currency: currency ?? "",
    receivedAt: receivedAt ?? "",
  };
  const { lines, faulty } = sections.lines.read(draft);
  const received = sections.order.step(draft, lines);
  const binding = sections.binding(draft, received);
  const shipments = sections.shipments(
    draft,
    lines,
    binding.steps.find(({ name }) => name === "confirmed") ?? received,
  );
  const holds = sections.holds(draft, received);
  const cancel = sections.cancel(draft, received);
  const none: Made = { steps: [], faulty: [], rows: [] };
  const receipts = sections.receipts?.(draft, received) ?? none;
  const satisfaction = sections.satisfaction?.(draft, received) ?? none;
  const cases = sections.cases.map((section) => section(draft, received));
  const hear = [...satisfaction.steps, ...cases.flatMap((made) => made.steps)];
  const customer = head && customerStep(head, sections, customers);
  const times = {
    receivedAt: draft.receivedAt,
    verifiedAt: binding.verifiedAt,
    shipments,
    cancelled: cancel !== undefined,
  };
  const answers = satisfaction.steps.map(({ input, row }) => ({ at: input["occurredAt"] as string, row }));
  const alone = [...refusedBy(key, "receipt", receipts.faulty), ...refusedBy(key, "satisfaction", satisfaction.faulty)];
  const whole = [...refusedBy(key, "order", [{ row: scope.row, faults }]), ...refusedBy(key, "order", faulty)];
  const refused = [...whole, ...alone, ...cases.flatMap((made) => refusedBy(key, "case", made.faulty))];
  const rows = [...scope.joined.values(), ...own, ...lineRows(sections, draft), ...receipts.rows, ...satisfaction.rows];
  return {
    ...{ key, orderId, row: scope.row, lines, refused },
    rows: [...new Set([...rows, ...cases.flatMap((made) => made.rows)])],
    contradictions: whole.length > 0 ? [] : contradictionsOf(key, scope.row, { ...times, answers }),
    steps:
      whole.length > 0 || !customer
        ? undefined
        : { customer, take: [received, ...binding.steps, ...holds], receipts: receipts.steps, shipments, cancel, hear },
  };
}

const lineRows = ({ lines }: Sections, { scope, own }: Draft): Row[] =>
  lines.rows.of(scope, own).flatMap((line) => [line.row, ...line.joined.values()]);

function customerStep(
  head: CustomerHead,
  { customer }: Sections,
  customers: ReadonlyMap<string, CustomerFirst>,
): { readonly key: string; readonly step: Step } | undefined {
  const first = customers.get(head.key);
  return first && { key: head.key, step: customer.step(first.scope, head, first.at, first.profile) };
}

/** In a file with a row for each line, an order's rows say the same of the order. */
function differences({ scope, own }: Found, { ofOrder, join }: Sections): RowFault[] {
  return own.slice(1).flatMap((row) => {
    const other = join({ row, joined: new Map() });
    const differs = [...ofOrder].some((cell) => cell(scope) !== cell(other));
    const reason = `line ${row.line} says something else of the order than line ${scope.row.line}`;
    return differs ? [{ code: "ROWS_DIFFER", reason } as const] : [];
  });
}

/** A row counts once for each code. */
const refusedBy = (key: string, step: StepName, faulty: readonly FaultyRow[]): RefusedRow[] =>
  faulty.flatMap(({ row, faults }) =>
    [...Map.groupBy(faults, ({ code }) => code)].map(([code, all]) => {
      return { row, key, step, code, reason: all.map(({ reason }) => reason).join("; ") };
    }),
  );

const brokenRows = (files: ReadonlyMap<string, Table>): RefusedRow[] =>
  [...files.values()].flatMap(({ broken }) => broken.map((row) => ofFile(row, "", "ROW_BROKEN", row.reason)));

/** Rows whose order is in none of the files. */
function lostRows(mapping: Mapping, tables: Tables): RefusedRow[] {
  const { lines, receipts, shipments, satisfaction, cases } = mapping;
  const names = [lines, receipts, shipments, satisfaction, ...cases].flatMap((section) => section?.from ?? []);
  return [...new Set(names)].flatMap((name) =>
    tables
      .unclaimed(tables.get(name))
      .map((row) => ofFile(row, "", "ORDER_MISSING", `its order is not in ${tables.get(mapping.order.from).file}`)),
  );
}
