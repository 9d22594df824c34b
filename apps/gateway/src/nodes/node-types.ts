// What node(id) finds: which types, and which service's query tells whether there is one that the caller sees.

/** By type, the service that it belongs to and the query there that gives one by its id. */
export const nodeTypes = {
  Quotation: { service: "order", query: "quotation" },
  Order: { service: "order", query: "order" },
  Invoice: { service: "order", query: "invoice" },
  Receipt: { service: "order", query: "receipt" },
  Attachment: { service: "order", query: "attachment" },
  Shipment: { service: "logistics", query: "shipment" },
  Customer: { service: "customer", query: "customer" },
  Contact: { service: "customer", query: "contact" },
  Interaction: { service: "customer", query: "interaction" },
  Satisfaction: { service: "customer", query: "satisfactionAnswer" },
  Case: { service: "customer", query: "case" },
  Issue: { service: "customer", query: "issue" },
} as const satisfies Readonly<Record<string, { readonly service: string; readonly query: string }>>;

/** The name under which the gateway's own part of the graph is composed with the services. */
export const NODES = "nodes";

/** Its schema: https://relay.dev/graphql/objectidentification.htm */
export const nodesSdl = `
"What has an id of its own, and can be looked up by it alone."
interface Node {
  id: ID!
}
${Object.keys(nodeTypes)
  .map((name) => `type ${name} implements Node @key(fields: "id", resolvable: false) {\n  id: ID!\n}`)
  .join("\n")}
extend type Query {
  "Whatever has this id, of any type; null where there is nothing that you can see. It asks all services: where the type is known, its own query is cheaper."
  node(id: ID!): Node
}
`;
