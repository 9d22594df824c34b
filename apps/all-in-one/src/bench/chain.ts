// The whole chain on: durable mutations over HTTP, and how soon a report shows them.
import { join } from "node:path";
import { newId } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { orderAggregate } from "@gendan/order-service/service";
import { openCompany } from "../company.js";
import { boss, startChain, type Ports } from "./chain-process.js";
import { median, percentile, timed, type Figure } from "./figures.js";
import { rawClient } from "./raw-client.js";

const CLIENTS = 16;
const ORDERS = 320;
const SLICE = 30;
const SLICES = 24;
const SAMPLES = 1_200;
export const receive = `mutation($input: ReceiveOrderInput!) { receiveOrder(input: $input) { revision settleToken userErrors { code message } } }`;
export const place = `mutation($input: PlaceHoldInput!) { placeHold(input: $input) { revision settleToken userErrors { code } } }`;
export const release = `mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) { revision settleToken userErrors { code } } }`;

export async function benchChain(directory: string): Promise<Figure[]> {
  const chain = await startChain(join(directory, "company"));
  const { ports, authorization } = chain;
  const orders = Array.from({ length: ORDERS }, () => newId());
  await load(ports.gateway, authorization, orders, "receive");
  const turns: Record<keyof Ports, number[]> = { gateway: [], direct: [], bare: [] };
  let releasing = false;
  for (let slice = -1; slice < SLICES; slice++) {
    for (const way of ["bare", "direct", "gateway"] as const) {
      const ms = await timed(() =>
        load(ports[way], authorization, orders, way === "bare" ? "bare" : "graphql", releasing),
      );
      releasing = !releasing;
      if (slice >= 0) turns[way].push(ms);
    }
  }
  await chain.stop();
  const rate = (way: keyof Ports): number => (CLIENTS * SLICE * 1_000) / median(turns[way]);
  const ratio = (way: keyof Ports): number => median(turns[way].map((ms, slice) => turns.bare[slice]! / ms));
  return [
    {
      name: "GraphQL durable mutation, 16 clients, direct, of a bare route",
      value: ratio("direct"),
      unit: "×",
      atLeast: 0.65,
      beside: `${Math.round(rate("direct"))}/s beside ${Math.round(rate("bare"))}/s`,
    },
    {
      name: "  through the gateway, of a bare route",
      value: ratio("gateway"),
      unit: "×",
      beside: `${Math.round(rate("gateway"))}/s`,
    },
    ...(await benchVisible(join(directory, "visible"), rate("direct") / 2)),
  ];
}

/** Each client has orders of its own; each request is another command. */
async function load(
  port: number,
  authorization: string,
  orders: readonly string[],
  what: "receive" | "graphql" | "bare",
  releasing = false,
): Promise<void> {
  const own = ORDERS / CLIENTS;
  const times = what === "receive" ? own : SLICE;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const connection = rawClient(port, authorization);
      for (let n = 0; n < times; n++) {
        const orderId = orders[client * own + (n % own)]!;
        const commandId = newId();
        const hold = { commandId, orderId };
        const answer =
          what === "bare"
            ? await connection.post("/", JSON.stringify({ ...hold, hold: "quality", release: releasing }))
            : await connection.post(
                "/graphql",
                JSON.stringify(
                  what === "receive"
                    ? { query: receive, variables: { input: orderInput(commandId, orderId) } }
                    : { query: releasing ? release : place, variables: { input: { ...hold, hold: "QUALITY" } } },
                ),
              );
        if (answer.includes('"code"') && !answer.includes("HOLD_NOT_FOUND")) throw new Error(answer);
      }
      connection.close();
    }),
  );
}

export const orderInput = (commandId: string, id: string) => ({
  commandId,
  id,
  channel: "SALES",
  customerId: newId(),
  currency: "CNY",
  lines: [
    {
      sku: "A-1",
      unit: "pcs",
      quantity: "10",
      unitPrice: { minor: "1999", currency: "CNY" },
      requestedOn: "2027-01-31",
    },
  ],
});

/** From the acknowledged commit to the analytics' documents, idle and at half of what the direct route takes. */
async function benchVisible(directory: string, halfLoad: number): Promise<Figure[]> {
  const company = await openCompany({ where: { directory }, log: createLog({ level: "error", service: "bench" }) });
  const [order, analytics] = [company.services.get("order")!, company.services.get("analytics")!];
  const commands = order.commands(orderAggregate);
  const token = `Bearer ${await signToken(company.secret, boss)}`;
  const url = await company.listen({ port: 0, host: "127.0.0.1" });
  const orders = Array.from({ length: ORDERS }, () => newId());
  await load(Number(new URL(url).port), token, orders, "receive");
  await company.settled();
  const actor = { kind: "person", id: "boss" } as const;
  const toggle = (orderId: string, releasing: boolean) =>
    commands.handle(
      orderId,
      { type: releasing ? "ReleaseHold" : "PlaceHold", hold: "quality" },
      { commandId: newId(), actor },
    );

  async function samples(): Promise<number[]> {
    const waits: number[] = [];
    for (let n = 0; n < SAMPLES; n++) {
      const outcome = await toggle(orders[n % 100]!, Math.floor(n / 100) % 2 === 1);
      if (outcome.status === "refused") throw new Error(outcome.refusals[0].code);
      waits.push(await timed(() => analytics.settled(outcome.settleToken, 5_000)));
    }
    return waits;
  }
  const idle = await samples();
  let loading = true;
  const background = (async (): Promise<void> => {
    for (let n = 0; loading; n++) {
      const due = Math.max(1, Math.round(halfLoad / 100));
      await Promise.all(
        Array.from({ length: due }, (_, k) =>
          toggle(orders[100 + ((n * due + k) % 200)]!, Math.floor((n * due + k) / 200) % 2 === 1),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const loaded = await samples();
  loading = false;
  await background;
  await company.stop();
  return [
    { name: "event → report visible, idle, p50", value: percentile(idle, 50), unit: "ms", atMost: 2 },
    { name: "  p99", value: percentile(idle, 99), unit: "ms", atMost: 10 },
    {
      name: "  at half load, p99",
      value: percentile(loaded, 99),
      unit: "ms",
      atMost: 25,
      beside: `p50 ${percentile(loaded, 50).toFixed(2)} ms`,
    },
  ];
}
