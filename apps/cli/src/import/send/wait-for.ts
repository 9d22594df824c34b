// Waiting until another service has applied what one service did: asked once, answered when it is so.
import { Fault } from "@gendan/eventing";
import type { GraphqlClient } from "./graphql-client.js";

export type Applied = "orderSettled" | "logisticsSettled" | "customerSettled" | "analyticsSettled";

/** A server answers within ten seconds; so often it is asked. */
const ATTEMPTS = 12;

/** Resolves when each service has applied what its tokens stand for. Throws READ_BEHIND when it takes minutes. */
export async function settled(
  client: GraphqlClient,
  waits: readonly { readonly service: Applied; readonly token: string }[],
): Promise<void> {
  let open = waits;
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === ATTEMPTS) throw behind(open.map(({ service }) => service));
    const fields = open.map(({ service }, index) => `w${index}: ${service}(token: $t${index})`);
    const variables = open.map((_, index) => `$t${index}: String!`);
    const { data, errors } = await client.send(
      `query Settled(${variables.join(" ")}) { ${fields.join(" ")} }`,
      Object.fromEntries(open.map(({ token }, index) => [`t${index}`, token])),
    );
    if (errors?.length) throw new Fault("READ_BEHIND", `The server cannot say how far it is: ${errors[0]!.message}`);
    open = open.filter((_, index) => data?.[`w${index}`] !== true);
  }
}

/** Resolves when each shipment has the answers of all of its orders: one revision each after the plan. */
export async function allocated(client: GraphqlClient, shipmentIds: readonly string[], orders: number): Promise<void> {
  const variables = shipmentIds.map((_, index) => `$s${index}: ID!`);
  const fields = shipmentIds.map(
    (_, index) => `a${index}: shipment(id: $s${index}, atLeastRevision: "${orders}") { id }`,
  );
  const { data, errors } = await client.send(
    `query Allocated(${variables.join(" ")}) { ${fields.join(" ")} }`,
    Object.fromEntries(shipmentIds.map((id, index) => [`s${index}`, id])),
  );
  const isThere = shipmentIds.every((_, index) => data?.[`a${index}`] != null);
  if (errors?.length || !isThere) throw behind(["logistics"]);
}

const behind = (services: readonly string[]): Fault =>
  new Fault(
    "READ_BEHIND",
    `The server does not get on (${[...new Set(services)].join(", ")}). What was imported stays; run the same import again to go on.`,
  );
