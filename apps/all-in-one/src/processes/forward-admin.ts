// Administration of a company of many processes: the gateway hands each task on to the services' own doors and joins the answers.
import { Fault, type FaultCode, type Progress } from "@gendan/eventing";
import { request } from "undici";
import type { Task, Watch } from "../admin.js";

/** The base URLs of each service's processes. */
export type Doors = Readonly<Record<string, readonly string[]>>;

interface Line {
  readonly progress?: { readonly done: number; readonly total: number | null };
  readonly event?: object;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: FaultCode; readonly message: string };
}

export interface Forwarded {
  readonly doors: Doors;
  readonly authorization: string;
  readonly body: unknown;
  readonly progress: Progress;
  readonly watch: Watch;
}

/** Carries a task out in the services that it concerns. Throws the fault that one of them answers. */
export async function forwardTask(task: Task, forwarded: Forwarded): Promise<unknown> {
  const { doors } = forwarded;
  const services = Object.keys(doors);
  switch (task) {
    case "verify": {
      const results = await eachInTurn(services, (service) => askOne(task, service, forwarded));
      return {
        checked: sum(results, "checked"),
        differences: results.flatMap((result) => list(result, "differences")),
      };
    }
    case "parked": {
      const results = await Promise.all(services.map((service) => askOne(task, service, forwarded)));
      return { parked: results.flatMap((result) => list(result, "parked")) };
    }
    case "redrive": {
      // Each process tries what is parked of its own share.
      const results = await Promise.all(services.flatMap((service) => askAll(task, service, forwarded)));
      const left = (await forwardTask("parked", forwarded)) as { readonly parked: readonly unknown[] };
      return { redriven: sum(results.flat(), "redriven"), parked: left.parked.length };
    }
    case "settled": {
      const results = (await Promise.all(services.map((service) => askAll(task, service, forwarded)))).flat();
      return { caughtUp: results.every((result) => result["caughtUp"] === true), moves: sum(results, "moves") };
    }
    case "keys/rotate": {
      // One after the other: each reads the master keys again, and wraps what others still wrapped by an older one meanwhile.
      const results = await eachInTurn(services, (service) => askEachInTurn(task, service, forwarded));
      return { rotated: sum(results.flat(), "rotated") };
    }
    case "audit/heads": {
      const results = (await Promise.all(services.map((service) => askAll(task, service, forwarded)))).flat();
      return { heads: results.flatMap((result) => list(result, "heads")) };
    }
    case "rebuild":
      return rebuild(services, forwarded);
    case "reactions/resume": {
      const [first] = await askAll(task, serviceNamed(forwarded), forwarded);
      return first;
    }
    case "events/replay":
      return askOne(task, serviceNamed(forwarded), forwarded);
    case "events/tail":
      return askOne(task, services[0]!, forwarded); // all of them hear the same bus
  }
}

function serviceNamed({ doors, body }: Forwarded): string {
  const { service = "" } = (body ?? {}) as { readonly service?: string };
  if (Object.hasOwn(doors, service)) return service;
  throw new Fault("BAD_USER_INPUT", `There is no service ${service}; there are ${Object.keys(doors).join(", ")}.`);
}

/** Whoever has the projection makes it anew; the others say that they have it not. */
async function rebuild(services: readonly string[], forwarded: Forwarded): Promise<unknown> {
  const unknown: string[] = [];
  for (const service of services) {
    try {
      return await askOne("rebuild", service, forwarded);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "BAD_USER_INPUT") throw error;
      unknown.push(error.message);
    }
  }
  throw new Fault("BAD_USER_INPUT", unknown.join(" "));
}

/** The first of a service's processes that can be reached. */
async function askOne(task: Task, service: string, forwarded: Forwarded): Promise<Readonly<Record<string, unknown>>> {
  let away: unknown;
  for (const door of forwarded.doors[service]!) {
    try {
      return await ask(task, door, forwarded);
    } catch (error) {
      if (error instanceof Fault || forwarded.watch.signal.aborted) throw error;
      away = error;
    }
  }
  throw new Fault("CLOSED", `The service ${service} does not answer now; try again.`, { service }, { cause: away });
}

/** All of a service's processes that can be reached, at least one. */
async function askAll(task: Task, service: string, forwarded: Forwarded): Promise<Readonly<Record<string, unknown>>[]> {
  const asked = await Promise.allSettled(forwarded.doors[service]!.map((door) => ask(task, door, forwarded)));
  const answered = asked.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  if (answered.length > 0) return answered;
  const [first] = asked as PromiseRejectedResult[];
  if (first?.reason instanceof Fault) throw first.reason;
  throw new Fault("CLOSED", `The service ${service} does not answer now; try again.`, { service });
}

/** All of a service's processes, none of which may be left out. Throws for one that cannot be reached. */
const askEachInTurn = (task: Task, service: string, forwarded: Forwarded) =>
  eachInTurn(forwarded.doors[service]!, (door) =>
    ask(task, door, forwarded).catch((cause: unknown) => {
      if (cause instanceof Fault) throw cause;
      throw new Fault("CLOSED", `${door} of the service ${service} does not answer: try again.`, {}, { cause });
    }),
  );

async function ask(
  task: Task,
  door: string,
  { authorization, body, progress, watch }: Forwarded,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = { authorization, "content-type": "application/json" };
  // Long work has no deadline: it tells how far it is.
  const response = await request(`${door}/admin/${task}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body ?? {}),
    headersTimeout: 0,
    bodyTimeout: 0,
    signal: watch.signal,
  });
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const text of lines) {
      const { progress: told, event, result, error } = JSON.parse(text) as Line;
      if (error) throw new Fault(error.code, error.message);
      if (told) progress(told.done, told.total ?? undefined);
      if (event) await watch.line(event);
      if (result) return result;
    }
  }
  throw new Error(`${door} ended without a result (status ${response.statusCode}).`);
}

async function eachInTurn<Value, Result>(
  values: readonly Value[],
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}

const sum = (results: readonly Readonly<Record<string, unknown>>[], field: string): number =>
  results.reduce((total, result) => total + Number(result[field]), 0);

const list = (result: Readonly<Record<string, unknown>>, field: string): unknown[] => result[field] as unknown[];
