// What a company has in its folder after everything: its logs, its documents, its reports, and what it says of itself.
import type { EventStore, Position, StoredEvent } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { createLog, type BaseConfig } from "@gendan/service-kit";
import { openCompany, type Company } from "../company.js";
import { VERIFIER } from "./journey.js";

export interface LoggedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly commandId: string;
  /** It was a reaction's or a deadline's command. */
  readonly caused: boolean;
  /** The number for people that it gives away. */
  readonly number?: string;
}

export interface OrderSeen {
  readonly id: string;
  readonly lifecycle: string;
  readonly shipping: string;
  readonly delivery: string;
  readonly payment: string;
  readonly total: MoneySeen;
  readonly received: MoneySeen;
  readonly lines: readonly { readonly schedules: readonly Quantities[] }[];
  readonly shipments: readonly { readonly id: string; readonly state: string }[];
  readonly receipts: readonly { readonly id: string }[];
  readonly cases: readonly { readonly id: string; readonly answers: readonly object[] }[];
  readonly issues: readonly { readonly id: string }[];
}

export interface MoneySeen {
  readonly minor: string;
  readonly currency: string;
}

export type Quantities = Readonly<Record<"quantity" | "allocated" | "shipped" | "delivered" | "lost", string>>;

export interface Evidence {
  readonly events: readonly LoggedEvent[];
  readonly orders: readonly OrderSeen[];
  /** The names of the customers, opened, by their id. */
  readonly customers: ReadonlyMap<string, string | null>;
  readonly sales: Sales;
  readonly delivered: number;
  readonly counted: number;
  /** Documents that were folded again, and those that came out otherwise. */
  readonly checked: number;
  readonly differences: readonly object[];
  readonly parked: readonly object[];
  readonly notReady: readonly string[];
}

export interface Sales {
  readonly orders: number;
  readonly lines: number;
  readonly amount: readonly MoneySeen[];
  readonly freight: readonly MoneySeen[];
  readonly received: readonly MoneySeen[];
}

const PAGE = 40;
const EVENTS = 1_000;
const DAY_MS = 86_400_000;
/** Later events repeat the number. */
const GIVES_NUMBER = /\.(received|planned|recorded|opened|registered)$/;

/**
 * Opens a company that was stopped, waits until nothing is left to do, and takes down what is there. `config` names its
 * engines; absent: everything is in the folder.
 */
export async function gatherEvidence(directory: string, tokenSecret: string, config?: BaseConfig): Promise<Evidence> {
  const log = createLog({ level: "silent", service: "chaos" });
  const company = await openCompany({ where: { directory }, log, tokenSecret, ...(config ? { config } : {}) });
  try {
    await company.settled();
    const ask = await askerOf(company);
    const services = [...company.services.values()];
    const verified = await Promise.all(services.map((service) => service.verify()));
    return {
      events: (await Promise.all(services.map(({ engines }) => eventsOf(engines.eventStore)))).flat(),
      orders: await pagesOf<OrderSeen>(ask, "orders", ORDER),
      customers: new Map((await pagesOf<CustomerSeen>(ask, "customers", "id name")).map(({ id, name }) => [id, name])),
      ...(await reportsOf(ask)),
      checked: verified.reduce((sum, { checked }) => sum + checked, 0),
      differences: verified.flatMap(({ differences }) => differences),
      parked: (await Promise.all(services.map((service) => service.parked()))).flat(),
      notReady: services.flatMap((service) => service.notReady()),
    };
  } finally {
    await company.stop();
  }
}

interface CustomerSeen {
  readonly id: string;
  readonly name: string | null;
}

const MONEY = "{ minor currency }";
const ORDER = `id lifecycle shipping delivery payment total ${MONEY} received ${MONEY}
  lines { schedules { quantity allocated shipped delivered lost } }
  shipments { id state } receipts { id } cases { id answers { answeredAt } } issues { id }`;

type Ask = (query: string, variables?: object) => Promise<Record<string, never>>;

/** Through the gateway, without the network. */
async function askerOf({ server, secret }: Company): Promise<Ask> {
  const token = await signToken(secret, { user: VERIFIER, roles: ["manager"], expiresIn: "8h" });
  return async (query, variables = {}) => {
    const response = await server.inject({
      method: "POST",
      url: "/graphql",
      headers: { authorization: `Bearer ${token}` },
      payload: { query, variables },
    });
    const { data, errors } = response.json<{ data?: Record<string, never>; errors?: unknown }>();
    if (!data || errors) throw new Error(`${query} was answered with ${JSON.stringify(errors)}`);
    return data;
  };
}

interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function pagesOf<Node>(ask: Ask, field: string, selection: string): Promise<Node[]> {
  const query = `query ($first: Int, $after: String) { ${field}(first: $first, after: $after)
    { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`;
  const all: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo } = (await ask(query, { first: PAGE, after }))[field] as unknown as Connection<Node>;
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}

async function reportsOf(ask: Ask): Promise<Pick<Evidence, "sales" | "delivered" | "counted">> {
  const day = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);
  const { sales, deliveryPerformance, orderCounts } = await ask(
    `query ($from: Date!, $to: Date!) {
      sales(from: $from, to: $to) { orders lines amount ${MONEY} freight ${MONEY} received ${MONEY} }
      deliveryPerformance(from: $from, to: $to) { delivered }
      orderCounts(by: LIFECYCLE) { count }
    }`,
    { from: day(-2), to: day(2) },
  );
  const counts = orderCounts as unknown as readonly { readonly count: number }[];
  return {
    sales: (sales as unknown as readonly Sales[])[0]!,
    delivered: (deliveryPerformance as unknown as readonly { readonly delivered: number }[])[0]?.delivered ?? 0,
    counted: counts.reduce((sum, { count }) => sum + count, 0),
  };
}

async function eventsOf(store: EventStore): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  let after: Position | undefined;
  for (;;) {
    const { events, to } = await store.readAll({ limit: EVENTS, ...(after === undefined ? {} : { after }) });
    if (events.length === 0) return all;
    all.push(...events.map(logged));
    after = to;
  }
}

function logged({ id, stream, revision, type, data, meta }: StoredEvent): LoggedEvent {
  const { number } = (data ?? {}) as { readonly number?: unknown };
  const given = typeof number === "string" && GIVES_NUMBER.test(type) ? { number } : {};
  return { id, stream, revision, type, commandId: meta.commandId, caused: meta.causedBy !== undefined, ...given };
}
