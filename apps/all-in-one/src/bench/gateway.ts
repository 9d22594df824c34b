// What the gateway costs: requests a second with all of its limits, against the order service's own route in the same process.
import { join } from "node:path";
import { newId } from "@gendan/eventing";
import { startChain, type ChainProcess } from "./chain-process.js";
import { orderInput, place, receive, release } from "./chain.js";
import { median, timed, type Figure } from "./figures.js";
import { rawClient } from "./raw-client.js";

const CLIENTS = 16;
/** Requests of a client in one turn, one about each of its orders. */
const SLICE = 20;
const ORDERS = CLIENTS * SLICE;
/** The two ways take turns, so that what else the machine does meets both. */
const SLICES = 36;
const AT_LEAST = 0.4;

const one = `query ($id: ID!) { order(id: $id) { id number lifecycle dueOn holds { hold } total { minor currency }
  lines { lineId sku quantity unitPrice { minor currency } } customer { id } } }`;
const list = `query ($first: Int!) { orders(first: $first) { totalCount pageInfo { hasNextPage endCursor }
  nodes { id number lifecycle dueOn total { minor currency } } } }`;

type Way = "gateway" | "direct";
type Request = (orderId: string) => object;

const held = (text: string, orderId: string) => ({
  query: text,
  variables: { input: { commandId: newId(), orderId, hold: "QUALITY" } },
});

const kinds: Readonly<Record<string, (turn: number) => Request>> = {
  "one order": () => (id) => ({ query: one, variables: { id } }),
  "a page of 20 orders": () => () => ({ query: list, variables: { first: 20 } }),
  // Each turn releases what the one before has placed, or places anew.
  "a durable mutation": (turn) => (orderId) => held(turn % 2 === 0 ? place : release, orderId),
};

export async function benchGateway(directory: string): Promise<Figure[]> {
  const chain = await startChain(join(directory, "company"));
  try {
    const orders = Array.from({ length: ORDERS }, () => newId());
    await load(chain, "gateway", orders, (id) => ({ query: receive, variables: { input: orderInput(newId(), id) } }));
    const figures: Figure[] = [];
    for (const [name, requestOf] of Object.entries(kinds)) figures.push(await compare(chain, orders, name, requestOf));
    return figures;
  } finally {
    await chain.stop();
  }
}

async function compare(
  chain: ChainProcess,
  orders: readonly string[],
  name: string,
  requestOf: (turn: number) => Request,
): Promise<Figure> {
  const turns: Record<Way, number[]> = { gateway: [], direct: [] };
  let turn = 0;
  for (let slice = -2; slice < SLICES; slice++) {
    // The other one first each time, so that both place, and both release.
    for (const way of slice % 2 === 0 ? (["direct", "gateway"] as const) : (["gateway", "direct"] as const)) {
      const ms = await timed(() => load(chain, way, orders, requestOf(turn++)));
      if (slice >= 0) turns[way].push(ms);
    }
  }
  const rate = (way: Way): number => (CLIENTS * SLICE * 1_000) / median(turns[way]);
  return {
    name: `${name} through the gateway, of the bare subgraph`,
    value: median(turns.gateway.map((ms, slice) => turns.direct[slice]! / ms)),
    unit: "×",
    atLeast: AT_LEAST,
    beside: `${Math.round(rate("gateway"))}/s beside ${Math.round(rate("direct"))}/s, ${CLIENTS} clients`,
  };
}

async function load(
  { ports, authorization }: ChainProcess,
  way: Way,
  orders: readonly string[],
  request: Request,
): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const connection = rawClient(ports[way], authorization);
      for (const id of orders.slice(client * SLICE, (client + 1) * SLICE)) {
        const answer = await connection.post("/graphql", JSON.stringify(request(id)));
        if (answer.includes('"errors"') || answer.includes('"code"')) throw new Error(answer);
      }
      connection.close();
    }),
  );
}
