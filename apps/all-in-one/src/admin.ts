// The door for administration: verify, rebuild, parked, redrive, reactions, keys, events. Answers are lines of JSON: progress, then the result.
import { once } from "node:events";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Fault, isFault, type Progress, type Service } from "@gendan/eventing";
import { may, type Caller } from "@gendan/security";
import { statusOf } from "@gendan/service-kit";
import { z } from "zod";
import { replayBody, tailBody, tailEvents } from "./admin-events.js";
import type { OpenAudit } from "./audit.js";

/** Tells who sent an `Authorization` header. Throws (or rejects with) a Fault. */
interface CallerVerifier {
  verify(authorization: string | undefined): Caller | Promise<Caller>;
}

/** What is administered: services that run in this process, and their audit streams. */
export interface Administered {
  readonly services: ReadonlyMap<string, Service>;
  readonly audits: readonly Pick<OpenAudit, "signHead">[];
}

interface AdminDeps extends Administered {
  readonly verifier: CallerVerifier;
}

/** What a task is asked for with. */
export interface Asked {
  readonly caller: Caller;
  readonly body: unknown;
  readonly progress: Progress;
  readonly watch: Watch;
}

/** What is told while a task goes on, and whether somebody still listens. */
export interface Watch {
  /** Resolved when there is room for the next one. */
  readonly line: (event: object) => Promise<void>;
  readonly signal: AbortSignal;
}

type Work = (administered: Administered, body: unknown, progress: Progress, watch: Watch) => Promise<unknown>;

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_MS = 200;
const DIFFERENCES = 100;

const rebuildBody = z.object({ projection: z.string() });
const resumeBody = z.object({ service: z.string(), from: z.iso.datetime({ offset: true }) });

/** How often each service has made progress since it was first asked whether it is settled. */
const moves = new WeakMap<Service, { count: number }>();

function movesOf(service: Service): { readonly count: number } {
  const known = moves.get(service);
  if (known) return known;
  const counter = { count: 0 };
  moves.set(service, counter);
  service.onProgress(() => counter.count++);
  return counter;
}

/** What can be asked, by the last part of its path. */
export const administration = {
  /** Whether there is nothing left to do now; settled is who answers so twice, with the same number of moves. */
  async settled({ services }) {
    const counters = [...services.values()].map(movesOf);
    const done = await Promise.all([...services.values()].map((service) => service.caughtUp()));
    return { caughtUp: done.every(Boolean), moves: counters.reduce((sum, { count }) => sum + count, 0) };
  },
  async verify({ services }, _, progress) {
    let checked = 0;
    const differences: unknown[] = [];
    for (const service of services.values()) {
      const result = await service.verify(progress, DIFFERENCES - differences.length);
      checked += result.checked;
      differences.push(...result.differences.map((difference) => ({ service: service.name, ...difference })));
    }
    return { checked, differences };
  },
  async rebuild({ services }, body, progress) {
    const { projection } = parsed(rebuildBody, body);
    const owner = [...services.values()].find((service) => service.projections.includes(projection));
    if (!owner) {
      const known = [...services.values()].flatMap((service) => service.projections).join(", ");
      throw new Fault("BAD_USER_INPUT", `There is no projection ${projection}; there are ${known}.`);
    }
    await owner.rebuild(projection, progress);
    return { projection, generation: owner.documents(projection).state().generation };
  },
  async parked({ services }) {
    return { parked: (await Promise.all([...services.values()].map((service) => service.parked()))).flat() };
  },
  async redrive({ services }) {
    const results = await Promise.all([...services.values()].map((service) => service.redrive()));
    const sum = (of: "redriven" | "parked"): number => results.reduce((total, result) => total + result[of], 0);
    return { redriven: sum("redriven"), parked: sum("parked") };
  },
  /** The keys are one store for all services. */
  async "keys/rotate"({ services }, _, progress) {
    const [service] = services.values();
    return { rotated: await service!.engines.keys.rotate((done) => progress(done, undefined)) };
  },
  /** Signs where each audit stream ends now. */
  async "audit/heads"({ audits }) {
    const heads = await Promise.all(audits.map((audit) => audit.signHead()));
    return { heads: heads.filter((head) => head !== undefined) };
  },
  async "reactions/resume"({ services }, body) {
    const { service: name, from } = parsed(resumeBody, body);
    await serviceIn(services, name).resumeReactions(new Date(from).toISOString());
    return { service: name, from };
  },
  async "events/tail"({ services }, body, _, watch) {
    const [service] = services.values();
    return tailEvents(service!.engines.bus, parsed(tailBody, body), watch);
  },
  async "events/replay"({ services }, body, progress, { signal }) {
    const { service, ...range } = parsed(replayBody, body);
    return serviceIn(services, service).replay(range, ({ events }) => progress(events, undefined), signal);
  },
} satisfies Readonly<Record<string, Work>>;

function serviceIn(services: ReadonlyMap<string, Service>, name: string): Service {
  const service = services.get(name);
  if (service) return service;
  throw new Fault("BAD_USER_INPUT", `There is no service ${name}; there are ${[...services.keys()].join(", ")}.`);
}

export type Task = keyof typeof administration;
export const tasks = Object.keys(administration) as readonly Task[];

/** Routes for holders of the right to administer. */
export function adminRoutes(server: FastifyInstance, { verifier, ...administered }: AdminDeps): void {
  routes(server, verifier, (task, { body, progress, watch }) =>
    administration[task](administered, body ?? {}, progress, watch),
  );
}

/** The routes alone; `carryOut` does what each is for. */
export function routes(
  server: FastifyInstance,
  verifier: CallerVerifier,
  carryOut: (task: Task, asked: Asked) => Promise<unknown>,
): void {
  for (const task of tasks) {
    server.post(`/admin/${task}`, async (request, reply) => {
      const caller = await callerOf(request, verifier);
      if ("error" in caller) return reply.code(caller.status).send({ error: caller.error });
      return stream(reply, (progress, watch) => carryOut(task, { caller, body: request.body, progress, watch }));
    });
  }
}

interface Refused {
  readonly status: number;
  readonly error: object;
}

/** Who may administer, or why whoever asks may not. */
async function callerOf(request: FastifyRequest, verifier: CallerVerifier): Promise<Caller | Refused> {
  let caller: Caller;
  try {
    caller = await verifier.verify(request.headers.authorization);
  } catch (error) {
    return { status: isFault(error) ? (statusOf(error.code) ?? 401) : 401, error: described(error) };
  }
  if (may(caller, "administer")) return caller;
  return { status: 403, error: { code: "FORBIDDEN", message: "This needs a token with the role admin." } };
}

async function stream(
  reply: FastifyReply,
  work: (progress: Progress, watch: Watch) => Promise<unknown>,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.once("close", () => gone.abort());
  raw.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  raw.flushHeaders();
  const line = (value: object): boolean =>
    raw.write(
      `${JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? each.toString() : each instanceof Map ? [...each] : each))}\n`,
    );
  const { signal } = gone;
  const watch: Watch = {
    signal,
    async line(event) {
      if (signal.aborted || line({ event })) return;
      await once(raw, "drain", { signal }).catch(() => undefined); // whoever listened is gone
    },
  };
  let last = 0;
  try {
    const result = await work((done, total) => {
      if (Date.now() - last < PROGRESS_MS) return;
      last = Date.now();
      line({ progress: { done, total: total ?? null } });
    }, watch);
    line({ result });
  } catch (error) {
    line({ error: described(error) });
  }
  raw.end();
}

const described = (error: unknown): object =>
  isFault(error)
    ? { code: error.code, message: error.message }
    : { code: "INTERNAL", message: "This failed; the server's log says why." };

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Fault("BAD_USER_INPUT", z.prettifyError(result.error).replaceAll("\n", " "));
}
