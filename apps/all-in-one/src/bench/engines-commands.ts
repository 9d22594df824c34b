// Commands per second of the order service as one process and as two, over GraphQL, 16 clients. By turns: one, two, one.
import { join } from "node:path";
import { newId } from "@gendan/eventing";
import { openSharedEventStore } from "./engines-double.js";
import { load } from "./engines-orders.js";
import { identity, serve, settled, type Environment, type Served } from "./engines-process.js";
import { newInstallation, type Servers } from "./engines-servers.js";
import { median, timed, type Figure } from "./figures.js";

const ORDERS = 320;
const SLICES = 4;
/** Between slices everything that they caused is folded; no longer than this, in milliseconds. */
const SETTLING_MS = 8_000;

export async function benchCommands(
  directory: string,
  servers: Servers,
  say: (line: string) => void,
): Promise<Figure[]> {
  const sqlite = await onSqlite(join(directory, "sqlite"), servers);
  const shared = await openSharedEventStore();
  if (!shared) {
    say("  two instances: not measured. SQLite has one writer, and there is no EventStoreDB (GENDAN_TEST_EVENTSTORE)");
    return [sqlite];
  }
  say(`  two instances write to ${shared.kind}`);
  try {
    return [sqlite, ...(await onShared(join(directory, "shared"), servers, shared.url, shared.kind))];
  } finally {
    await shared.close();
  }
}

async function onSqlite(directory: string, servers: Servers): Promise<Figure> {
  const rates = await measured(directory, servers, {}, async (one, slices) => slices([await one()]));
  return { name: "commands, 16 clients, 1 instance on SQLite", value: median(rates), unit: "/s" };
}

async function onShared(directory: string, servers: Servers, url: string, kind: string): Promise<Figure[]> {
  const [alone, both]: [number[], number[]] = [[], []];
  const variables = { GENDAN_EVENT_STORE: "eventstoredb", GENDAN_EVENTSTORE_URL: url };
  await measured(directory, servers, variables, async (one, slices) => {
    const first = await one();
    alone.push(...(await slices([first])));
    const second = await one();
    both.push(...(await slices([first, second])));
    await second.stop();
    alone.push(...(await slices([first])));
    return alone;
  });
  return [
    {
      name: "commands, 16 clients, 1 instance on an event store of many",
      value: median(alone),
      unit: "/s",
      beside: kind,
    },
    {
      name: "  2 instances",
      value: median(both),
      unit: "/s",
      beside: `${(median(both) / median(alone)).toFixed(2)} × one instance, all on this machine's cores`,
    },
  ];
}

type Slices = (instances: readonly Served[]) => Promise<number[]>;

/** An installation with orders; `work` starts instances and has them measured. Ends all of it. */
async function measured(
  directory: string,
  servers: Servers,
  variables: Environment,
  work: (one: () => Promise<Served>, slices: Slices) => Promise<number[]>,
): Promise<number[]> {
  const installation = newInstallation(servers);
  const environment = { ...installation.environment, ...variables };
  const authorization = await identity(environment);
  const orders = Array.from({ length: ORDERS }, () => newId());
  const running: Served[] = [];
  let received = false;
  let releasing = false;
  const slices: Slices = async (instances) => {
    const urls = instances.map(({ url }) => url);
    if (!received) await load(urls, authorization, orders, "receive");
    received = true;
    const rates: number[] = [];
    for (let slice = -1; slice < SLICES; slice++) {
      await settled(urls, authorization, SETTLING_MS);
      const request = releasing ? "releaseHold" : "placeHold";
      releasing = !releasing;
      const ms = await timed(() => load(urls, authorization, orders, request));
      if (slice >= 0) rates.push((ORDERS * 1_000) / ms);
    }
    return rates;
  };
  const one = async (): Promise<Served> => {
    const served = await serve("order", directory, environment);
    running.push(served);
    return served;
  };
  try {
    return await work(one, slices);
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    await installation.remove();
  }
}
