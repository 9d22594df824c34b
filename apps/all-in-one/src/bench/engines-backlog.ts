// How fast the analytics catches up with what was published while it was away: from Kafka into documents on MongoDB-wire.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { newId, type Engines } from "@gendan/eventing";
import { startRelay } from "@gendan/eventing/relay/relay";
import { commandsOf } from "@gendan/eventing/write/commands";
import type { ReceiveOrder } from "@gendan/order-service/domain/order/receive-order";
import { orderAggregate } from "@gendan/order-service/service";
import { baseConfig, readConfig } from "@gendan/service-kit";
import { openEngines } from "../engines.js";
import { identity, environmentOf, serve, settled, settledNow, type Environment } from "./engines-process.js";
import { newInstallation, type Servers } from "./engines-servers.js";
import type { Figure } from "./figures.js";

const PER_ORDER = 5;
const ORDERS = 4_000;
const EVENTS = PER_ORDER * ORDERS;
const AT_ONCE = 200;
/** It is not watched for longer than this. */
const WATCHED_MS = 70_000;
const SETTLING_MS = 30_000;
const LOOK_MS = 100;

export async function benchBacklog(
  directory: string,
  servers: Servers,
  say: (line: string) => void,
): Promise<Figure[]> {
  const installation = newInstallation(servers);
  const { environment } = installation;
  const authorization = await identity(environment);
  const analytics = () => serve("analytics", join(directory, "analytics"), environment);
  try {
    // Once, so that its documents are there: catching up is not making them anew.
    const before = await analytics();
    await settled([before.url], authorization, SETTLING_MS);
    await before.stop();
    await publish(join(directory, "order"), environment);
    say(`  ${EVENTS} events published while the analytics was away`);
    const started = performance.now();
    const { url, readyMs, stop } = await analytics();
    try {
      const ms = await untilCaughtUp(url, authorization, started);
      return figures(ms, readyMs);
    } finally {
      await stop();
    }
  } finally {
    await installation.remove();
  }
}

/** Orders as the order service takes them, and the events of all of them on the bus. */
async function publish(directory: string, variables: Environment): Promise<void> {
  const config = readConfig(baseConfig, environmentOf(variables));
  const opened = await openEngines({ where: { directory }, config, alone: true });
  try {
    const engines = await opened.of("order");
    await takeOrders(engines);
    await relayAll(engines);
  } finally {
    await opened.close();
  }
}

async function takeOrders({ eventStore: store, clock }: Engines): Promise<void> {
  const commands = commandsOf(orderAggregate, { store, clock });
  const line = { sku: "A-1", quantity: "10", unitPrice: { minor: "1999", currency: "CNY" }, requestedOn: "2027-01-31" };
  const lifeOf = async (number: number): Promise<void> => {
    const orderId = newId();
    const received: ReceiveOrder = {
      type: "ReceiveOrder",
      orderId,
      number: `SO-2026-${number}`,
      channel: "sales",
      customerId: newId(),
      currency: "CNY",
      zone: "Asia/Shanghai",
      department: "cn/east",
      departmentInScope: true,
      lines: [line],
    };
    const handle = async (command: Parameters<typeof commands.handle>[1], person = "li"): Promise<void> => {
      const envelope = { commandId: newId(), actor: { kind: "person", id: person } } as const;
      const outcome = await commands.handle(orderId, command, envelope);
      if (outcome.status === "refused") throw new Error(outcome.refusals[0].code);
    };
    await handle(received);
    await handle({ type: "VerifyOrder" }, "wang");
    await handle({ type: "ConfirmOrder", promises: [], promiseRequested: true });
    await handle({ type: "PlaceHold", hold: "quality" });
    await handle({ type: "ReleaseHold", hold: "quality" });
  };
  for (let from = 0; from < ORDERS; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => lifeOf(from + index)));
}

async function relayAll({ eventStore: store, bus, operational }: Engines): Promise<void> {
  const head = await store.head();
  const done = Promise.withResolvers<void>();
  const relay = await startRelay({
    ...{ service: "order", aggregates: [orderAggregate], store, bus, epoch: 1 },
    unit: await operational.open({ name: "relay@1", collections: [] }),
    moved: (to) => store.compare(to, head!) >= 0 && done.resolve(),
    failed: done.reject,
  });
  await done.promise;
  await relay.stop();
}

/** Milliseconds since it was started; undefined where it took too long. */
async function untilCaughtUp(url: string, authorization: string, started: number): Promise<number | undefined> {
  while (performance.now() - started < WATCHED_MS) {
    if ((await settledNow(url, authorization)).caughtUp) return performance.now() - started;
    await pause(LOOK_MS);
  }
  return undefined;
}

function figures(ms: number | undefined, readyMs: number): Figure[] {
  const name = `catching up with ${EVENTS.toLocaleString("en")} events, since it answers`;
  if (ms === undefined)
    return [{ name, value: 0, unit: "/s", atLeast: 1, beside: `not done after ${WATCHED_MS / 1_000} s` }];
  return [
    { name, value: (EVENTS * 1_000) / (ms - readyMs), unit: "/s" },
    {
      name: "  since its process was started",
      value: (EVENTS * 1_000) / ms,
      unit: "/s",
      beside: `${(ms / 1_000).toFixed(1)} s in all`,
    },
  ];
}
