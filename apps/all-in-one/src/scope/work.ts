// A person's own: what is open of what was given to them by name, and what they were told of.
import type { Asking, Root } from "./roots.js";
import type { Kind, Row } from "./world.js";

const KINDS = { order: "Order", shipment: "Shipment", case: "Case", issue: "Issue" } as const satisfies Record<
  string,
  Kind
>;
const FIRST = 200;
const selected = `{ nodes { id ${Object.keys(KINDS)
  .map((field) => `${field} { id department }`)
  .join(" ")} } }`;

const isOpen = ({ kind, more }: Row): boolean =>
  kind === "Order"
    ? !["CLOSED", "CANCELLED"].includes(more["lifecycle"] as string)
    : more["state"] !== (kind === "Shipment" ? "DELIVERED" : "CLOSED");

/** The row in the field of its kind; issues only to whose roles see what is internal. */
function shown({ world, who }: Asking, id: string, row: Row | undefined): object {
  const answered = row && (row.kind !== "Issue" || who.grants.fields.has("internal")) && world.sees(who, row);
  const own = answered ? { id: row.id, department: world.departmentOf(row) } : null;
  const fields = Object.entries(KINDS).map(([field, kind]) => [field, row?.kind === kind ? own : null]);
  return { id, ...Object.fromEntries(fields) };
}

const myWork: Root = (asking) => {
  const { world, who } = asking;
  const person = { user: who.user, departments: [] };
  const rows = Object.values(KINDS).flatMap((kind) => world.of(kind));
  const mine = rows.filter((row) => isOpen(row) && world.sees(person, row));
  return { variables: { first: FIRST }, value: { nodes: mine.map((row) => shown(asking, row.id, row)) }, selected };
};

/** Whom something was told is decided when it happens; here, that nobody reads of what is out of their sight by now. */
const notifications: Root = (asking) => {
  const { world, who } = asking;
  const judged = (got: unknown): unknown => {
    const nodes = (got as { nodes: { id: string; about: string }[] } | null)?.nodes ?? [];
    return {
      nodes: nodes
        .filter(({ about }) => world.sees(who, world.find(about)))
        .map(({ id, about }) => ({ ...shown(asking, id, world.find(about)), about })),
    };
  };
  return { variables: { first: FIRST }, judged, selected: selected.replace("id ", "id about ") };
};

/** What waits is decided by rules; here, that nobody reads of an order that is out of their sight. */
const myApprovals: Root = (asking) => {
  const { world, who } = asking;
  const judged = (got: unknown): unknown => {
    const nodes = (got as { nodes: { order: { id: string } | null }[] } | null)?.nodes ?? [];
    return who.grants.fields.has("internal")
      ? { nodes: nodes.filter(({ order }) => order && world.sees(who, world.find(order.id))) }
      : null;
  };
  return { variables: { first: FIRST }, judged, selected: "{ nodes { order { id } } }" };
};

/** What is open of orders that are out of sight is one sum; here, that nobody reads of such an order by itself. */
const credit: Root = (asking) => {
  const { world, who, random } = asking;
  const customers = world.of("Customer");
  if (customers.length === 0) return undefined;
  const judged = (got: unknown): unknown => {
    const lines = (got as { lines: { orders: { order: { id: string } | null }[] }[] } | null)?.lines;
    const isSeen = ({ order }: { order: { id: string } | null }) =>
      order !== null && world.sees(who, world.find(order.id));
    return lines ? { lines: lines.map(({ orders }) => ({ orders: orders.filter(isSeen) })) } : null;
  };
  const selected = "{ lines { orders { order { id } } } }";
  return { variables: { customerId: random.pick(customers).id }, judged, selected };
};

export const work: Readonly<Record<string, Root>> = { myWork, notifications, myApprovals, credit };
