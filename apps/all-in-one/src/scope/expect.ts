// What a caller must find: the world's rows, filtered by who sees them, along a tree of selected fields.
import { nodeTypes } from "@gendan/gateway/nodes/node-types";
import type { Grants } from "@gendan/security";
import type { Graph, Selected } from "./graph.js";
import type { Kind, Row, Viewer, World } from "./world.js";

export interface Asker extends Viewer {
  readonly grants: Grants;
}

/** What lies between rows: part of the row that it was reached from. */
interface Part {
  readonly type: string;
  readonly row: Row;
  /** The order that the part is about, and the index of a package. */
  readonly orderId?: string | undefined;
  readonly index?: number;
}

type Value = Row | Part | undefined;
type Relation = (world: World, of: Row, who: Viewer, part: Part) => Value | readonly Value[] | null;

const byId =
  (field: "orderId" | "customerId" | "caseId" | "shipmentId"): Relation =>
  (world, row) =>
    world.find(row[field]);
const those =
  (kind: Kind, belongs: (row: Row, of: Row) => boolean): Relation =>
  (world, of) =>
    world.of(kind).filter((row) => belongs(row, of));

const ofOrder = (kind: Kind): Relation => those(kind, (row, { id }) => row.orderIds.includes(id));
const ofCustomer = (kind: Kind): Relation => those(kind, (row, { id }) => row.customerId === id);
const ofCase = (kind: Kind): Relation => those(kind, (row, { id }) => row.caseId === id);

/** The orders of a row that the caller sees: whatever is said of others is not said. */
const seenOrders = (world: World, { orderIds }: Row, who: Viewer): string[] =>
  orderIds.filter((id) => world.sees(who, world.find(id)));

/** Whether the caller may know of what an issue went with: who sees one of its orders, or there is none. */
const knowsAbout = (world: World, row: Row, who: Viewer): boolean =>
  row.orderIds.length === 0 || seenOrders(world, row, who).length > 0;

const conversation = {
  case: byId("caseId"),
  customer: byId("customerId"),
  order: byId("orderId"),
  shipment: byId("shipmentId"),
};

/** Every way between rows. One that the graph has and this has not fails the proof. */
const relations: Readonly<Record<string, Readonly<Record<string, Relation>>>> = {
  Quotation: {
    customer: byId("customerId"),
    versions: (_, row) =>
      (row.more["versions"] as string[]).map((orderId) => ({ type: "QuotationVersion", row, orderId })),
  },
  QuotationVersion: {
    answer: (_, row, __, { orderId }) =>
      orderId === undefined ? undefined : { type: "QuotationAnswer", row, orderId },
  },
  QuotationAnswer: { order: (world, _, __, { orderId }) => world.find(orderId) },
  OrderLine: { quotation: (world, { more }) => world.find(more["quotation"] as string | undefined) },
  Order: {
    customer: byId("customerId"),
    lines: (_, row) => [{ type: "OrderLine", row }],
    returns: (_, row) => (row.more["returned"] ? [{ type: "OrderReturn", row }] : []),
    exchangeOf: (world, { more }, who) => {
      const row = world.find(more["exchangeOf"] as string | undefined);
      return world.sees(who, row) ? { type: "OrderExchange", row: row! } : undefined;
    },
    blockingIssues: (world, { more }) => (more["blocking"] as string[]).map((id) => world.find(id)),
    cases: ofOrder("Case"),
    issues: ofOrder("Issue"),
    interactions: ofOrder("Interaction"),
    satisfaction: ofOrder("Satisfaction"),
    receipts: ofOrder("Receipt"),
    shipments: ofOrder("Shipment"),
  },
  OrderReturn: { exchangeOrder: (world, { more }) => world.find(more["exchange"] as string | undefined) },
  OrderExchange: { order: (_, row) => row },
  DiscrepancyRecord: { order: byId("orderId"), customer: byId("customerId") },
  BackorderRecord: { order: byId("orderId"), customer: byId("customerId") },
  PromiseRecord: { order: byId("orderId"), customer: byId("customerId") },
  Shipment: {
    issues: those("Issue", (row, { id }) => row.shipmentId === id),
    orders: (world, row, who) =>
      seenOrders(world, row, who).map((orderId) => ({ type: "OrderInShipment", row, orderId })),
    packages: (_, row) =>
      (row.more["packages"] as unknown[]).map((__, index) => ({ type: "ShipmentPackage", row, index })),
    breaches: (world, row, who) =>
      (row.more["breaches"] as (string | undefined)[])
        .filter((orderId) => orderId === undefined || world.sees(who, world.find(orderId)))
        .map((orderId) => ({ type: "ShipmentBreach", row, orderId })),
  },
  OrderInShipment: { order: (world, _, __, { orderId }) => world.find(orderId) },
  ShipmentBreach: { order: (world, _, __, { orderId }) => world.find(orderId) },
  PackageContents: { order: (world, _, __, { orderId }) => world.find(orderId) },
  ShipmentPackage: {
    contents: (world, row, who, { index }) => {
      const contents = (row.more["packages"] as (string[] | null)[])[index!]!;
      return (
        contents &&
        contents
          .filter((orderId) => world.sees(who, world.find(orderId)))
          .map((orderId) => ({ type: "PackageContents", row, orderId }))
      );
    },
  },
  Case: {
    customer: byId("customerId"),
    order: byId("orderId"),
    shipment: byId("shipmentId"),
    issues: ofCase("Issue"),
    interactions: ofCase("Interaction"),
    satisfaction: ofCase("Satisfaction"),
  },
  Issue: {
    ...conversation,
    shipment: (world, row, who) => (knowsAbout(world, row, who) ? world.find(row.shipmentId) : undefined),
    orders: (world, row, who) => seenOrders(world, row, who).map((id) => world.find(id)),
  },
  Interaction: conversation,
  Satisfaction: conversation,
  Receipt: {
    customer: byId("customerId"),
    allocations: (world, row, who) =>
      (row.more["allocations"] as string[])
        .filter((orderId) => world.isOwn(who, row.id) || world.sees(who, world.find(orderId)))
        .map((orderId) => ({ type: "ReceiptAllocation", row, orderId })),
  },
  Invoice: { customer: byId("customerId"), order: byId("orderId") },
  ReceiptAllocation: { order: (world, _, __, { orderId }) => world.find(orderId) },
  Customer: {
    cases: ofCustomer("Case"),
    interactions: ofCustomer("Interaction"),
    issues: ofCustomer("Issue"),
    satisfaction: ofCustomer("Satisfaction"),
    contacts: ofCustomer("Contact"),
  },
  Contact: { customer: byId("customerId") },
};

/** Lists that name what they hold by position, with null for what is not seen. */
const withHoles = new Set(["Order.blockingIssues"]);

export class Expected {
  constructor(
    private readonly graph: Graph,
    private readonly world: World,
    private readonly who: Asker,
  ) {}

  /** Whether the caller's roles are answered there at all. */
  answers(on: string, field: string): boolean {
    return (this.graph.classes.get(`${on}.${field}`) ?? []).every((each) => this.who.grants.fields.has(each));
  }

  /** What a query by an id gives: of any kind where it is node(id), if the caller is answered by that kind's own query. */
  found(root: string, row: Row | undefined, below: readonly Selected[]): object | null {
    const own = row && row.kind !== "Attachment" ? (nodeTypes[row.kind].query as string) : undefined;
    return root === "node" && own !== undefined && !this.answers("Query", own) ? null : this.row(row, below);
  }

  /** The row with what is selected of it; null where the caller does not see it. */
  row(row: Row | undefined, below: readonly Selected[]): object | null {
    if (!row || !this.world.sees(this.who, row)) return null;
    const own = { id: row.id, department: this.world.departmentOf(row) };
    return this.with(own, row.kind, { type: row.kind, row }, below);
  }

  rows(rows: readonly (Row | undefined)[], below: readonly Selected[]): object[] {
    return rows.flatMap((row) => this.row(row, below) ?? []);
  }

  private with(own: object, type: string, part: Part, below: readonly Selected[]): object {
    return { ...own, ...Object.fromEntries(below.map((each) => [each.field, this.field(type, part, each)])) };
  }

  private field(type: string, part: Part, selected: Selected): unknown {
    const { field, form, below } = selected;
    if (!this.answers(type, field)) return null;
    if (form === "timeline") return this.timeline(part.row);
    const relation = relations[type]?.[field];
    if (!relation) throw new RangeError(`Nobody said what ${type}.${field} holds.`);
    const found = relation(this.world, part.row, this.who, part);
    if (found === null) return null;
    if (!Array.isArray(found)) return this.one(found as Value, below);
    const all = (found as readonly Value[]).map((each) => this.one(each, below));
    const shown = withHoles.has(`${type}.${field}`) ? all : all.filter((each) => each !== null);
    return form === "connection" ? { totalCount: shown.length, nodes: shown } : shown;
  }

  private one(value: Value, below: readonly Selected[]): object | null {
    if (!value || !("type" in value)) return this.row(value as Row | undefined, below);
    return this.with({ __typename: value.type }, value.type, value, below);
  }

  /** What was told of it, of rows that the caller sees, naming what they see. */
  private timeline(subject: Row): object {
    const { world, who } = this;
    const seen = (id: string) => world.sees(who, world.find(id));
    const nodes = world.told
      .filter(({ about, of }) => about.includes(subject.id) && seen(of))
      .map(({ id, about }) => ({ id, subjectIds: about.filter(seen) }));
    return { nodes };
  }
}

/** The same whatever the order of lists below the root, which nobody has promised. */
export function settled(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(settled).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, each]) => [name, settled(each)]));
}
