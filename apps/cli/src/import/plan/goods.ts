// The sections of a mapping about goods: the order's lines, and the shipments that they leave in.
import type { Money } from "@gendan/eventing";
import type { Row } from "../source/read-table.js";
import type { Scope, Source } from "./columns.js";
import { conditionOf } from "./conditions.js";
import { rowsOf, type Rows, type Tables } from "./relations.js";
import type { Draft, Making } from "./sections.js";
import { defined, importedId, type Step } from "./step.js";
import { needed, readersOf, type RowFault } from "./values.js";

export interface PlannedLine {
  readonly scope: Scope;
  readonly lineId: string;
  readonly quantity: string;
  readonly unitPrice: Money;
  readonly freight: Money | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A line that cannot be read refuses its order: an order without it would be another one. */
export interface FaultyRow {
  readonly row: Row;
  readonly faults: readonly RowFault[];
}

export interface LineSection {
  readonly rows: Rows;
  readonly read: (draft: Draft) => { readonly lines: readonly PlannedLine[]; readonly faulty: readonly FaultyRow[] };
}

const TEXTS = [
  ...(["customerSku", "revision", "description", "family"] as const),
  ...(["unit", "packaging", "shippingMark"] as const),
];

export function lineSection({ mapping, columns }: Making, tables: Tables, order: Source): LineSection {
  const spec = mapping.lines;
  const rows = rowsOf(tables, spec, order, "lines", "all");
  const read = readersOf(mapping, columns, rows.source);
  const ofOrder = readersOf(mapping, columns, order);
  const when = conditionOf(spec.when, columns, rows.source, "lines");
  const currencyText = ofOrder.text("order.currency", mapping.order.currency ?? { value: mapping.currency });
  const currency = ({ order: scope }: Scope, faults: RowFault[]) => currencyText(scope!, faults);
  const text = Object.fromEntries(TEXTS.map((name) => [name, read.text(`lines.${name}`, spec[name])]));
  const lineId = read.text("lines.lineId", spec.lineId);
  const kind = read.text("lines.kind", spec.kind);
  const sku = needed("lines.sku", read.text("lines.sku", spec.sku));
  const quantity = needed("lines.quantity", read.number("lines.quantity", spec.quantity));
  const unitPrice = needed("lines.unitPrice", read.amount("lines.unitPrice", spec.unitPrice, currency));
  const freight = read.amount("lines.freight", spec.freight, currency);
  const [listPrice, unitCost] = (["listPrice", "unitCost"] as const).map((name) =>
    read.amount(`lines.${name}`, spec[name], currency),
  );
  const customFields = read.named("lines.customFields", spec.customFields);
  const ownDay = read.day("lines.requestedOn", spec.requestedOn);
  const orderDay = ofOrder.day("order.requestedOn", mapping.order.requestedOn);

  const readLine = (scope: Scope, place: number, faults: RowFault[]): PlannedLine | undefined => {
    const id = lineId(scope, faults) ?? String(place);
    const amounts = {
      quantity: quantity(scope, faults),
      unitPrice: unitPrice(scope, faults),
      freight: freight(scope, faults),
    };
    const fields = customFields(scope, faults);
    const input = defined({
      lineId: id,
      kind: kind(scope, faults)?.toUpperCase(),
      sku: sku(scope, faults),
      ...Object.fromEntries(TEXTS.map((name) => [name, text[name]!(scope, faults)])),
      ...amounts,
      listPrice: listPrice!(scope, faults),
      unitCost: unitCost!(scope, faults),
      customFields: fields.length === 0 ? undefined : fields,
      requestedOn: ownDay(scope, faults) ?? orderDay(scope.order!, faults),
    });
    if (faults.length > 0) return undefined;
    return {
      scope,
      lineId: id,
      quantity: amounts.quantity!,
      unitPrice: amounts.unitPrice!,
      freight: amounts.freight,
      input,
    };
  };
  return {
    rows,
    read({ scope, own }) {
      const lines: PlannedLine[] = [];
      const faulty: FaultyRow[] = [];
      for (const each of rows.of(scope, own).filter(when)) {
        const faults: RowFault[] = [];
        const line = readLine(each, lines.length + faulty.length + 1, faults);
        if (line) lines.push(line);
        else faulty.push({ row: each.row, faults });
      }
      return { lines, faulty };
    },
  };
}

export interface PlannedShipment {
  readonly shipmentId: string;
  readonly plan: Step;
  /** Booked, dispatched, delivered: as far as it came. */
  readonly leave: readonly Step[];
  readonly dispatchedAt: string | undefined;
  readonly deliveredAt: string | undefined;
}

interface Group {
  readonly key: string;
  readonly rows: readonly Scope[];
  /** Absent: everything of the order. */
  readonly lines?: readonly { readonly lineId: string; readonly quantity: string }[];
}

/** The shipments of an order: of a file of their own, or made of its lines. */
export function shipmentSection(making: Making, tables: Tables, order: Source, lineRows: Rows) {
  const { mapping, columns, steps } = making;
  const spec = mapping.shipments;
  if (!spec) return () => [];
  const own = spec.from === undefined;
  const rows = own ? lineRows : rowsOf(tables, spec, order, "shipments", "first");
  const read = readersOf(mapping, columns, rows.source);
  const when = conditionOf(spec.when, columns, rows.source, "shipments");
  const group = (spec.groupBy ?? []).map((column) => columns(column, rows.source, "shipments.groupBy"));
  const lineId = read.text("shipments.lineId", spec.lineId);
  const quantity = read.number("shipments.quantity", spec.quantity);
  const text = (name: "carrier" | "service" | "shipFrom" | "trackingNumber") =>
    read.text(`shipments.${name}`, spec[name]);
  const [service, shipFrom, trackingNumber] = [text("service"), text("shipFrom"), text("trackingNumber")];
  const carrier = needed("shipments.carrier", text("carrier"));
  const instant = (name: "plannedAt" | "bookedAt" | "dispatchedAt" | "deliveredAt") =>
    read.instant(`shipments.${name}`, spec[name]);
  const [plannedAt, bookedAt] = [instant("plannedAt"), instant("bookedAt")];
  const [dispatchedAt, deliveredAt] = [instant("dispatchedAt"), instant("deliveredAt")];

  const groupsOf = (draft: Draft, lines: readonly PlannedLine[], faults: RowFault[]): Group[] => {
    const byRow = new Map(lines.map((line) => [line.scope.row, line]));
    const groups = new Map<string, { rows: Scope[]; lines: { lineId: string; quantity: string }[] }>();
    for (const scope of own ? lines.map((line) => line.scope) : rows.of(draft.scope, draft.own)) {
      if (!when(scope)) continue;
      const key = group.map((cell) => cell(scope) ?? "").join("/");
      const found = groups.get(key) ?? groups.set(key, { rows: [], lines: [] }).get(key)!;
      found.rows.push(scope);
      const line = own ? byRow.get(scope.row)! : named(lines, lineId(scope, faults));
      if (line) found.lines.push({ lineId: line.lineId, quantity: quantity(scope, faults) ?? line.quantity });
    }
    return [...groups].map(([key, found]) => ({
      key,
      rows: found.rows,
      ...(found.lines.length > 0 && (own || spec.lineId) ? { lines: found.lines } : {}),
    }));
  };

  return (draft: Draft, lines: readonly PlannedLine[], confirmed: Step | undefined): PlannedShipment[] =>
    groupsOf(draft, lines, draft.faults).flatMap(({ key, rows: [first], lines: goods }) => {
      const scope = first!;
      const { faults, orderId } = draft;
      const dispatched = dispatchedAt(scope, faults);
      const delivered = deliveredAt(scope, faults);
      const booked = bookedAt(scope, faults) ?? dispatched;
      const planned = plannedAt(scope, faults) ?? booked ?? delivered;
      if (planned === undefined) return [];
      const by = { carrier: carrier(scope, faults), service: service(scope, faults) };
      const number = trackingNumber(scope, faults);
      const shipmentId = importedId("shipment", mapping.name, draft.key, key);
      const at = (time: string, after: Step | undefined) => ({
        key: `${draft.key}/${key}`,
        row: draft.scope.row,
        at: time,
        after,
      });
      const plan = steps("shipment", "planShipment", at(planned, confirmed), {
        id: shipmentId,
        orders: [{ orderId, ...(goods ? { lines: goods } : {}) }],
        mode: spec.mode.toUpperCase(),
        ...by,
        shipFrom: shipFrom(scope, faults),
        ...(number === undefined ? {} : { packages: [{ trackingNumber: number }] }),
      });
      const leave: Step[] = [];
      if (booked !== undefined) leave.push(steps("booking", "bookShipment", at(booked, plan), { shipmentId }));
      // What a file tells of the past happened, whatever rule it breaks.
      if (dispatched !== undefined)
        leave.push(steps("dispatch", "dispatchShipment", at(dispatched, plan), { shipmentId, reported: true }));
      if (delivered !== undefined)
        leave.push(steps("delivery", "confirmDelivery", at(delivered, plan), { shipmentId }));
      return [{ shipmentId, plan, leave, dispatchedAt: dispatched, deliveredAt: delivered }];
    });
}

const named = (lines: readonly PlannedLine[], lineId: string | undefined): PlannedLine | undefined =>
  lineId === undefined ? undefined : lines.find((line) => line.lineId === lineId);
