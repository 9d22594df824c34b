// Reads a company as somebody who sees all of it: what there is, by the lists and the bus. Who sees it is the world's own to say.
import type { Company } from "../company.js";
import { everyMessage } from "../every-message.js";
import type { Builder } from "./build.js";
import type { Kind, Row, Told, World } from "./world.js";

const ref = "{ id }";
const talk = `id customer ${ref} order ${ref} case ${ref} shipment ${ref}`;
const ALL = `{
  customers(first: 200) { nodes { id number kind country registeredAt name externalReferences { system number }
    contacts { id registeredAt } interactions(first: 200) { nodes { ${talk} loggedAt } }
    satisfaction(first: 200) { nodes { ${talk} recordedAt score } } } }
  quotations(first: 200) { nodes { id number lifecycle assignee draftedAt customer ${ref} versions { answer { order ${ref} } } } }
  orders(first: 200) { nodes { lines { quotation ${ref} } id number lifecycle assignee receivedAt deliveredOn deliveredLate delivery late references { number } customer ${ref} blockingIssues ${ref} returns { exchangeOrder ${ref} } exchangeOf { order ${ref} } attachments ${ref} notInvoicedSince } }
  shipments(first: 200) { nodes { id number state plannedAt orders { order ${ref} } breaches { code order ${ref} }
    packages { packageId contents { order ${ref} } } } }
  cases(first: 200) { nodes { ${talk.replace(` case ${ref}`, "")} number kind state openedAt } }
  issues(first: 200) { nodes { id number severity state rule cause owner openedAt orders ${ref} actions { owner }
    order ${ref} case ${ref} shipment ${ref} customer ${ref} } }
  invoices(first: 200) { nodes { id number issuedOn customer ${ref} order ${ref} } }
  receipts(first: 200) { nodes { id number receivedAt customer ${ref} allocations { order ${ref} } } }
}`;

type Node = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
const idOf = (node: Node | null | undefined): string | undefined => node?.["id"] as string | undefined;

/** Puts everything that there is into the world. */
export async function readWorld(builder: Builder): Promise<void> {
  const { company, world } = builder;
  const authorization = await builder.authorization("boss", ["admin"]);
  const answer = (await company.request(authorization, { query: ALL })) as { data: Node; errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  const { data } = answer;
  world.rows.clear();
  const put = (kind: Kind, at: string, node: Node, of: Partial<Row>, more: Row["more"] = {}): void => {
    const { id, number } = node as { id: string; number?: string };
    const links = { orderId: idOf(node["order"]), caseId: idOf(node["case"]), shipmentId: idOf(node["shipment"]) };
    const { orderId } = links;
    const about = { ...links, customerId: idOf(node["customer"]), orderIds: orderId === undefined ? [] : [orderId] };
    world.rows.set(id, { kind, id, at, ...(number ? { number } : {}), ...about, more, ...of });
  };
  for (const customer of data["customers"].nodes as Node[]) {
    const { kind, country, name, externalReferences } = customer;
    put("Customer", customer["registeredAt"], customer, {}, { kind, country, name, externalReferences });
    for (const each of customer["contacts"] as Node[])
      put("Contact", each["registeredAt"], each, { customerId: customer["id"] });
    for (const each of customer["interactions"].nodes as Node[]) put("Interaction", each["loggedAt"], each, {});
    for (const each of customer["satisfaction"].nodes as Node[]) {
      put("Satisfaction", each["recordedAt"], each, {}, { score: each["score"] });
    }
  }
  for (const quotation of data["quotations"].nodes as Node[]) {
    const { lifecycle, assignee } = quotation;
    const versions = (quotation["versions"] as Node[]).map(({ answer }) =>
      idOf((answer as Node | null)?.["order"] as Node | null),
    );
    put("Quotation", quotation["draftedAt"], quotation, {}, { lifecycle, assignee, versions });
  }
  for (const order of data["orders"].nodes as Node[]) put("Order", order["receivedAt"], order, {}, moreOf(order));
  for (const order of data["orders"].nodes as Node[]) {
    const orderId = idOf(order)!;
    for (const each of order["attachments"] as Node[]) put("Attachment", "", each, { orderId, orderIds: [orderId] });
  }
  for (const shipment of data["shipments"].nodes as Node[]) {
    const orderIds = (shipment["orders"] as Node[]).map(({ order }) => idOf(order as Node)!);
    const packages = (shipment["packages"] as Node[]).map(({ contents }) => (contents as Node[] | null)?.map(({ order }) => idOf(order as Node)) ?? null); // prettier-ignore
    const breaches = (shipment["breaches"] as Node[]).map(({ order }) => idOf(order as Node));
    put("Shipment", shipment["plannedAt"], shipment, { orderIds }, { state: shipment["state"], packages, breaches });
  }
  for (const each of data["cases"].nodes as Node[]) {
    put("Case", each["openedAt"], each, {}, { kind: each["kind"], state: each["state"] });
  }
  for (const issue of data["issues"].nodes as Node[]) {
    const { severity, rule, cause, owner, state } = issue;
    const workers = [owner, ...(issue["actions"] as Node[]).map((action) => action["owner"] as string)];
    const orderIds = (issue["orders"] as Node[]).map((order) => idOf(order)!);
    put("Issue", issue["openedAt"], issue, { orderIds }, { severity, rule, cause, owner, state, workers });
  }
  for (const each of data["invoices"].nodes as Node[]) put("Invoice", each["issuedOn"], each, {});
  for (const receipt of data["receipts"].nodes as Node[]) {
    const orderIds = (receipt["allocations"] as Node[]).map(({ order }) => idOf(order as Node)!);
    put("Receipt", receipt["receivedAt"], receipt, { orderIds: [...new Set(orderIds)] }, { allocations: orderIds });
  }
  world.told = await toldBy(company, world);
}

/** What an order is found, counted and shown by. */
function moreOf(order: Node): Row["more"] {
  const { lifecycle, deliveredOn, deliveredLate, delivery, late, assignee, notInvoicedSince } = order;
  const [reference] = order["references"] as Node[];
  const [back] = order["returns"] as Node[];
  return {
    lifecycle,
    deliveredOn,
    deliveredLate,
    delivery,
    late,
    assignee,
    notInvoicedSince,
    blocking: (order["blockingIssues"] as Node[]).map(idOf),
    quotation: idOf((order["lines"] as Node[])[0]!["quotation"] as Node | null),
    returned: back !== undefined,
    exchange: idOf(back?.["exchangeOrder"] as Node | null),
    exchangeOf: idOf((order["exchangeOf"] as Node | null)?.["order"] as Node | null),
    reference: reference?.["number"] as string | undefined,
  };
}

/** Whose each public event is, by the first word of its type. */
const aggregates: Readonly<Record<string, string>> = {
  quotation: "quotationId",
  order: "orderId",
  shipment: "shipmentId",
  case: "caseId",
  issue: "issueId",
  customer: "customerId",
  contact: "customerId",
  interaction: "interactionId",
  satisfaction: "satisfactionId",
  receipt: "receiptId",
  attachment: "orderId",
  invoice: "orderId",
  account: "accountId",
};
const about = [
  "quotationId",
  "orderId",
  "exchangeOrderId",
  "shipmentId",
  "caseId",
  "issueId",
  "customerId",
  "receiptId",
];

async function toldBy(company: Company, world: World): Promise<Told[]> {
  const messages = await everyMessage(company);
  return messages.flatMap(({ id, type, occurredAt, data }) => {
    const fields = data as Record<string, unknown>;
    const isFollowing = type.endsWith(".scope.changed") && !type.startsWith("order.");
    const of = fields[aggregates[type.split(".")[0]!]!] as string;
    if (type === "issue.slot.taken" || isFollowing || !world.rows.has(of)) return [];
    const named = [...about.map((field) => fields[field]), ...((fields["orderIds"] as string[] | undefined) ?? [])];
    const rows = [...new Set(named)].filter((each): each is string => typeof each === "string" && world.rows.has(each));
    return [{ id, at: occurredAt, of, about: rows }];
  });
}
