// The order desk with 100,000 open orders: deadlines fired, lists through the gateway, and what a dry run costs.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { newId, startService, systemClock, uuidFrom, type Actor, type Commands } from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventBus } from "@gendan/adapters/sqlite/event-bus";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { commandsOf } from "@gendan/eventing/write/commands";
import type { OrderCommand } from "@gendan/order-service/domain/order/order.decider";
import type { OrderState } from "@gendan/order-service/domain/order/order.state";
import { orderAggregate, orderService } from "@gendan/order-service/service";
import { startChain, type ChainProcess } from "./chain-process.js";
import { byTurns, inTurn, percentile, timed, type Figure } from "./figures.js";
import { rawClient, type RawClient } from "./raw-client.js";

const ORDERS = 100_000;
const AT_ONCE = 500;
const SAMPLES = 1_000;
const CUSTOMERS = 500;
/** All of one customer, in one month. */
const INVOICES = 200;
/** Dry and real commands in one slice of their comparison. */
const SLICE = 100;
const SLICES = 10;
const DAY_MS = 86_400_000;

const enters: Actor = { kind: "person", id: "li" };
const checks: Actor = { kind: "person", id: "wang" };
const orderId = (n: number): string => uuidFrom("bench", "desk", `${n}`);
const deskCustomer = (n: number): string => uuidFrom("bench", "desk customer", `${n % CUSTOMERS}`);

export async function benchDesk(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const company = join(directory, "company");
  const seeded = await timed(() => seed(join(company, "order")));
  say(`  ${ORDERS} open orders in ${Math.round(seeded / 1_000)} s`);
  const fired = await fire(join(company, "order"), join(company, "bus.db"), join(company, "keys.db"));
  const chain = await startChain(company);
  try {
    await counted(chain, say);
    const client = rawClient(chain.ports.gateway, chain.authorization);
    const figures = [fired, ...(await lists(client)), ...(await statements(client)), await dryRuns(client)];
    client.close();
    return figures;
  } finally {
    await chain.stop();
  }
}

/** Orders that were confirmed some days ago and are under a hold that has ended since; nothing but their log is written. */
async function seed(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const store = await SqliteEventStore.open({ file: join(folder, "events.db") });
  const past = Date.now() - 10 * DAY_MS;
  const clock = { ...systemClock, now: () => past };
  const commands = commandsOf(orderAggregate, { store, clock });
  for (let from = 0; from < ORDERS; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => live(commands, from + index, past)));
  await store.close();
}

async function live(commands: Commands<OrderState, OrderCommand, unknown & { code: string }>, n: number, past: number) {
  const day = (shift: number): string => new Date(past + shift * DAY_MS).toISOString().slice(0, 10);
  const price = { minor: `${1_000 + (n % 9_000)}`, currency: "CNY" };
  const line = { sku: `SKU-${n % 5_000}`, quantity: "10", unitPrice: price, requestedOn: day(20 + (n % 60)) };
  const received: OrderCommand = {
    type: "ReceiveOrder",
    orderId: orderId(n),
    number: `SO-2026-${String(n).padStart(6, "0")}`,
    channel: "sales",
    customerId: deskCustomer(n),
    currency: "CNY",
    zone: "Asia/Shanghai",
    department: n % 2 === 0 ? "cn/east/sales" : "cn/east/export",
    departmentInScope: true,
    assignee: `person-${n % 50}`,
    lines: [line],
  };
  const steps: readonly (readonly [Actor, OrderCommand])[] = [
    [enters, received],
    [checks, { type: "VerifyOrder" }],
    [enters, { type: "ConfirmOrder", promises: [], promiseRequested: true }],
    [enters, { type: "PlaceHold", hold: "stock", until: day(1 + (n % 5)) }],
  ];
  for (const [actor, command] of steps) {
    const outcome = await commands.handle(orderId(n), command, { commandId: newId(), actor });
    if (outcome.status === "refused") throw new Error(`${command.type}: ${outcome.refusals[0].code}`);
  }
}

/** Starts the service on what was seeded while nothing is due; then every hold's time is over at once. */
async function fire(folder: string, bus: string, keys: string): Promise<Figure> {
  const sleepers = new Set<() => void>();
  const before = Date.now() - 11 * DAY_MS;
  let isLater = false;
  const clock = {
    now: () => (isLater ? Date.now() : before),
    at(_: number, wake: () => void) {
      sleepers.add(wake);
      return () => sleepers.delete(wake);
    },
  };
  const engines = {
    eventStore: await SqliteEventStore.open({ file: join(folder, "events.db") }),
    bus: await SqliteEventBus.open({ file: bus }),
    documents: await SqliteDocumentStore.open({ directory: join(folder, "documents") }),
    operational: await SqliteDocumentStore.open({ directory: join(folder, "operational") }),
    keys: await SqliteKeyStore.open({ file: keys }),
    clock,
  };
  const service = await startService(orderService, engines);
  // A log that came without positions is taken for one that has lost them, and its reactions wait for a word.
  await service.resumeReactions(new Date().toISOString());
  const documents = service.documents("orders");
  const held = async (): Promise<number> => {
    const where = [{ column: "held", op: "=", value: 1 } as const];
    return (await documents.count({ collection: "orders", path: "byDue", tokens: ["d:"], where }, ORDERS)).count;
  };
  if ((await held()) !== ORDERS) throw new Error("Not every order is under a hold.");
  const took = await timed(async () => {
    isLater = true;
    for (const wake of sleepers) wake();
    while ((await held()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await service.stop();
  const { clock: _, ...stores } = engines;
  for (const store of Object.values(stores)) await store.close();
  const value = (ORDERS * 1_000) / took;
  return { name: `${ORDERS.toLocaleString("en")} due deadlines fired and folded`, value, unit: "/s" };
}

/** Resolved when the reports have every order too: nothing works beside what is measured. */
async function counted({ ports, authorization }: ChainProcess, say: (line: string) => void): Promise<void> {
  const client = rawClient(ports.gateway, authorization);
  const query = JSON.stringify({ query: "{ orderCounts(by: LIFECYCLE) { count } }" });
  const took = await timed(async () => {
    for (;;) {
      const answer = JSON.parse(await client.post("/graphql", query)) as {
        readonly data?: { readonly orderCounts?: readonly { readonly count: number }[] };
      };
      const sum = (answer.data?.orderCounts ?? []).reduce((all, { count }) => all + count, 0);
      if (sum >= ORDERS) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  });
  client.close();
  say(`  read into the reports in ${Math.round(took / 1_000)} s`);
}

const orders = `query ($customer: ID, $after: String) { orders(first: 50, after: $after, orderBy: { field: DUE, direction: ASC },
  filter: { lifecycle: [CONFIRMED], customerId: $customer }) {
  pageInfo { endCursor } nodes { id number lifecycle dueOn late total { minor currency } } } }`;

const promises = `query ($customer: ID, $person: String) { promises(customerId: $customer, person: $person, first: 50,
  filter: { status: [OPEN, BROKEN] }) { pageInfo { endCursor } nodes { promisedOn status order { id number } } } }`;

async function lists(client: RawClient): Promise<Figure[]> {
  const list = await asked(client, (n) => ({ query: orders, variables: n % 2 ? { customer: deskCustomer(n) } : {} }));
  const ledger = await asked(client, (n) => ({
    query: promises,
    variables: n % 2 ? { customer: deskCustomer(n) } : { person: "li" },
  }));
  return [
    ...figuresOf("order list of 50 through the gateway, 100,000 open orders", list),
    ...figuresOf("promise ledger, page of 50 of a customer or a person", ledger),
  ];
}

const statement = `query ($customer: ID!, $month: String!) { statement(customerId: $customer, currency: "CNY", month: $month) {
  opening { minor } invoiced { minor } received { minor } closing { minor }
  postings(first: 50) { nodes { number kind day amount { minor } } } } }`;

/** The statement of a customer, all of whose orders were invoiced this month. */
async function statements(client: RawClient): Promise<Figure[]> {
  const send = async (mutation: string, type: string, input: object): Promise<void> => {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const body = { query, variables: { input: { commandId: newId(), ...input } } };
    const answer = await client.post("/graphql", JSON.stringify(body));
    if (answer.includes('"errors"') || answer.includes('"code"')) throw new Error(answer);
  };
  await send("setOrderRules", "SetOrderRulesInput", { kind: "invoicing", rules: { basis: "ordered", days: 30 } });
  for (let n = 0; n < INVOICES; n++)
    await send("issueInvoice", "IssueInvoiceInput", { orderId: orderId((n * CUSTOMERS) % ORDERS) });
  const month = new Date().toISOString().slice(0, 7);
  const request = { query: statement, variables: { customer: deskCustomer(0), month } };
  for (;;) {
    const answer = await client.post("/graphql", JSON.stringify(request));
    if ((answer.match(/"number"/g)?.length ?? 0) >= 50) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return figuresOf(`statement of a month with ${INVOICES} invoices`, await asked(client, () => request));
}

async function asked(client: RawClient, request: (n: number) => object): Promise<number[]> {
  const taken: number[] = [];
  await inTurn(SAMPLES + 100, async (n) => {
    const body = JSON.stringify(request(n));
    const ms = await timed(async () => {
      const answer = await client.post("/graphql", body);
      if (answer.includes('"errors"')) throw new Error(answer);
    });
    if (n >= 100) taken.push(ms);
  });
  return taken;
}

const figuresOf = (name: string, taken: readonly number[]): Figure[] => [
  { name: `${name}, p50`, value: percentile(taken, 50), unit: "ms" },
  { name: "  p99", value: percentile(taken, 99), unit: "ms", atMost: 15 },
];

const assign = `mutation ($input: AssignOrderInput!, $dry: Boolean) { assignOrder(input: $input, dryRun: $dry) {
  order { id assignee } userErrors { code } } }`;

async function dryRuns(client: RawClient): Promise<Figure> {
  let turn = 0;
  const send = (dry: boolean) =>
    inTurn(SLICE, async (n) => {
      const input = { commandId: newId(), orderId: orderId(n), assignee: `person-${turn++}` };
      const answer = await client.post("/graphql", JSON.stringify({ query: assign, variables: { input, dry } }));
      if (answer.includes('"code"')) throw new Error(answer);
    });
  const { cost, ours, theirs } = await byTurns(
    SLICES,
    () => send(true),
    () => send(false),
  );
  const beside = `${(ours / SLICE).toFixed(2)} ms beside ${(theirs / SLICE).toFixed(2)} ms`;
  return { name: "a dry run, of the command", value: cost, unit: "×", atMost: 2, beside };
}
