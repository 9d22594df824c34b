// What a query can begin with: what is asked for, and the rows that a plain filter over the world gives for it.
import { newId } from "@gendan/eventing";
import type { Random } from "../chaos/random.js";
import { DEPARTMENTS, PERSONS } from "./build.js";
import type { Asker } from "./expect.js";
import { reports } from "./reports.js";
import { work } from "./work.js";
import { isWithin, type Kind, type Row, type World } from "./world.js";

export interface Asking {
  readonly world: World;
  readonly who: Asker;
  readonly random: Random;
}

/** Rows in the order in which they come, of which a page is read, or one row, or a value that is no row. */
export type Asked = { readonly variables: Readonly<Record<string, unknown>> } & (
  | { readonly one: Row | undefined }
  | { readonly list: readonly (Row | undefined)[] }
  | { readonly paged: readonly Row[]; readonly first: number }
  | { readonly value: unknown; readonly selected: string }
  | { readonly judged: (got: unknown) => unknown; readonly selected: string }
  | { readonly forbidden: string; readonly selected: string }
);
export type Root = (asking: Asking) => Asked | undefined;

/** One that the caller sees, one that they do not, or one that there never was. */
export function someRow({ world, who, random }: Asking, ...kinds: Kind[]): Row | undefined {
  const all = kinds.flatMap((kind) => world.of(kind));
  const hidden = all.filter((row) => !world.sees(who, row));
  const seen = all.filter((row) => world.sees(who, row));
  const chosen = random.chance(0.5) ? hidden : seen;
  return chosen.length > 0 && !random.chance(0.1) ? random.pick(chosen) : undefined;
}

const byId =
  (...kinds: Kind[]): Root =>
  (asking) => {
    const one = someRow(asking, ...kinds);
    return { variables: { id: one?.id ?? newId() }, one };
  };
const byNumber =
  (kind: Kind): Root =>
  (asking) => {
    const one = someRow(asking, kind);
    return { variables: { number: one?.number ?? "SO-1999-000001" }, one };
  };

interface Filter {
  readonly given: Readonly<Record<string, unknown>>;
  readonly matches: (row: Row) => boolean;
}
type MadeFilter = (asking: Asking) => Filter;

const within: MadeFilter = ({ world, random }) => {
  const department = random.pick(DEPARTMENTS);
  return { given: { department }, matches: (row) => isWithin(world.departmentOf(row), department) };
};
const attribute =
  (field: string, member: string, values: readonly string[], many = true): MadeFilter =>
  ({ random }) => {
    const value = random.pick(values);
    return { given: { [field]: many ? [value] : value }, matches: ({ more }) => more[member] === value };
  };
const ofCustomer: MadeFilter = (asking) => {
  const id = someRow(asking, "Customer")?.id ?? newId();
  return { given: { customerId: id }, matches: (row) => row.customerId === id };
};
/** Of an order that the caller does not see nothing is said, not even by what they see otherwise. */
const ofOrder: MadeFilter = (asking) => {
  const order = someRow(asking, "Order");
  const seen = asking.world.sees(asking.who, order);
  return { given: { orderId: order?.id ?? newId() }, matches: ({ orderIds }) => seen && orderIds.includes(order!.id) };
};

const list =
  (kind: Kind, order: string | undefined, ...filters: MadeFilter[]): Root =>
  (asking) => {
    const { world, who, random } = asking;
    const chosen = filters.filter(() => random.chance(1.2 / filters.length)).map((make) => make(asking));
    const ascending = order !== undefined && random.chance(0.5);
    const rows = world
      .of(kind)
      .filter((row) => world.sees(who, row) && chosen.every(({ matches }) => matches(row)))
      .sort((one, other) => (`${one.at} ${one.id}` < `${other.at} ${other.id}` ? -1 : 1));
    const first = random.pick([1, 2, 3, 5, 100]);
    const filter = Object.assign({}, ...chosen.map(({ given }) => given)) as object;
    const sorted = order === undefined ? {} : { orderBy: { field: order, direction: ascending ? "ASC" : "DESC" } };
    return { variables: { filter, first, ...sorted }, paged: ascending ? rows : rows.reverse(), first };
  };

/** No row of its own: whoever sees the order finds what is known of its files. */
const attachment: Root = (asking) => {
  const one = someRow(asking, "Attachment");
  const seen = one && asking.world.sees(asking.who, one) ? { id: one.id, orderId: one.orderId } : null;
  return { variables: { id: one?.id ?? newId() }, value: seen, selected: "{ id orderId }" };
};

const receipts: Root = (asking) => {
  const { variables, ...asked } = list("Receipt", undefined, ofCustomer)(asking) as Extract<Asked, { paged: unknown }>;
  const { filter, ...page } = variables as { filter: object };
  return { ...asked, variables: { ...page, ...filter } };
};

/** The longest first. */
const shippedNotInvoiced: Root = ({ world, who, random }) => {
  const since = ({ more, id }: Row) => `${more["notInvoicedSince"] as string} ${id}`;
  const rows = world
    .of("Order")
    .filter((row) => row.more["notInvoicedSince"] && world.sees(who, row))
    .sort((one, other) => (since(one) < since(other) ? -1 : 1));
  const first = random.pick([1, 3, 100]);
  return { variables: { first }, paged: rows, first };
};

const customersByName: Root = ({ world, who, random }) => {
  if (!who.grants.fields.has("personal")) return undefined;
  const name = `Buyer ${random.below(5)}`;
  return { variables: { name }, list: world.of("Customer").filter(({ more }) => more["name"] === name) };
};
const customerByReference: Root = (asking) => {
  const one = someRow(asking, "Customer");
  const [reference] = (one?.more["externalReferences"] ?? []) as { system: string; number: string }[];
  return { variables: reference ?? { system: "erp", number: "E999" }, one };
};
/** Only for who sees the whole company; for others of all customers alike. */
const exportCustomer: Root = (asking) => {
  const { who } = asking;
  if (who.departments.includes("") && who.grants.rights.has("fulfilRights")) return undefined;
  return { variables: { id: someRow(asking, "Customer")?.id ?? newId() }, forbidden: "FORBIDDEN", selected: "{ id }" };
};

/** Of one order or one customer: lines of orders that are seen alone, and of each of them that was confirmed. */
const promises: Root = (asking) => {
  const { world, who, random } = asking;
  const kind = random.pick(["Order", "Customer"] as const);
  const about = someRow(asking, kind);
  const id = about?.id ?? newId();
  const orders = world
    .of("Order")
    .filter((row) => (kind === "Order" ? row === about : row.customerId === id) && world.sees(who, row))
    .filter(({ more }) => ["CONFIRMED", "IN_EXECUTION", "COMPLETED"].includes(more["lifecycle"] as string));
  const judged = (got: unknown): unknown => {
    const nodes = (got as { nodes: { order: { id: string } | null }[] } | null)?.nodes ?? [];
    const told = nodes.filter(({ order }) => orders.some((row) => row.id === order?.id));
    const missing = orders.filter((row) => !told.some(({ order }) => order?.id === row.id));
    return { nodes: [...told, ...missing.map((row) => ({ order: { id: row.id } }))] };
  };
  const variables = { [kind === "Order" ? "orderId" : "customerId"]: id, first: 200 };
  return { variables, judged, selected: "{ nodes { order { id } } }" };
};

/** Of each order that is discrepant and seen there is one, and of no other. */
const discrepancies: Root = (asking) => {
  const { world, who } = asking;
  const seen = world.of("Order").filter((row) => row.more["lifecycle"] === "DISCREPANT" && world.sees(who, row));
  const value = { totalCount: seen.length };
  return { variables: { first: 200, filter: { status: ["OPEN"] } }, value, selected: "{ totalCount }" };
};

/** Of another system's list, what the caller sees of it is here and everything else is missing. */
/** What differs is the order's; of what is out of scope nothing is said. */
const compareVersions: Root = (asking) => {
  const order = someRow(asking, "Order");
  const seen = order !== undefined && asking.world.sees(asking.who, order);
  return {
    variables: { orderId: order?.id ?? newId(), from: 1, to: 1 },
    judged: (got) => (seen ? got : null),
    selected: "{ path }",
  };
};
const reconcileOrders: Root = ({ world, who, random }) => {
  const numbered = world.of("Order").filter(({ more }) => more["reference"] !== undefined);
  const listed = numbered.filter(() => random.chance(0.3));
  const seen = listed.filter((row) => world.sees(who, row));
  const referenceOf = ({ more }: Row) => more["reference"] as string;
  const numbers = [...listed.map(referenceOf), "R-none"];
  return {
    variables: { system: "erp", orders: numbers.map((number) => ({ number, currency: "XXX" })) },
    value: {
      compared: seen.length,
      missingHere: numbers.filter((number) => !seen.map(referenceOf).includes(number)),
      differences: seen.map((row) => ({ number: referenceOf(row), orderId: row.id })),
    },
    selected: "{ compared missingHere differences { number orderId } }",
  };
};

const LIFECYCLES = ["RECEIVED", "CONFIRMED", "IN_EXECUTION", "COMPLETED"];

export const roots: Readonly<Record<string, Root>> = {
  node: byId(
    "Quotation",
    "Order",
    "Shipment",
    "Case",
    "Customer",
    "Contact",
    "Issue",
    "Interaction",
    "Satisfaction",
    "Invoice",
    "Receipt",
  ),
  quotation: byId("Quotation"),
  quotationByNumber: byNumber("Quotation"),
  quotations: list(
    "Quotation",
    "DRAFTED",
    within,
    attribute("lifecycle", "lifecycle", ["DRAFT", "SENT", "ACCEPTED"]),
    attribute("assignee", "assignee", PERSONS, false),
    ofCustomer,
  ),
  order: byId("Order"),
  orderByNumber: byNumber("Order"),
  orders: list(
    "Order",
    "RECEIVED",
    within,
    attribute("lifecycle", "lifecycle", LIFECYCLES),
    attribute("assignee", "assignee", PERSONS, false),
    ofCustomer,
  ),
  shippedNotInvoiced,
  discrepancies,
  promises,
  reconcileOrders,
  compareVersions,
  shipment: byId("Shipment"),
  shipmentByNumber: byNumber("Shipment"),
  shipments: list(
    "Shipment",
    "PLANNED_AT",
    within,
    ofOrder,
    attribute("states", "state", ["PLANNED", "DELIVERED", "LOST"]),
  ),
  case: byId("Case"),
  caseByNumber: byNumber("Case"),
  cases: list("Case", "OPENED_AT", within, ofOrder, ofCustomer, attribute("kinds", "kind", ["INQUIRY", "COMPLAINT"])),
  issue: byId("Issue"),
  issueByNumber: byNumber("Issue"),
  issues: list(
    "Issue",
    "OPENED_AT",
    within,
    ofOrder,
    ofCustomer,
    attribute("severities", "severity", ["MINOR", "SEVERE"]),
  ),
  interaction: byId("Interaction"),
  satisfactionAnswer: byId("Satisfaction"),
  invoice: byId("Invoice"),
  invoiceByNumber: byNumber("Invoice"),
  invoices: list("Invoice", "ISSUED", within, ofCustomer),
  receipt: byId("Receipt"),
  receipts,
  attachment,
  customer: byId("Customer"),
  customers: list("Customer", "REGISTERED_AT", within, attribute("countries", "country", ["DE", "CN"])),
  customersByName,
  customerByReference,
  contact: byId("Contact"),
  exportCustomer,
  ...reports,
  ...work,
};

/** What a query can begin with that holds no row: the company's rules, and whether a service has applied what a token names. */
export const holdsNoRow: ReadonlySet<string> = new Set([
  "receivablesAgeing",
  "statement",
  "reconcileStatement",
  "orderRules",
  "allOrderRules",
  "proposedOrder",
  "orderSettled",
  "approvalDelegations",
  "logisticsSettled",
  "customerSettled",
  "analyticsSettled",
]);
