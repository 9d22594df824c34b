// A service that the gateway reaches over HTTP, in one process or several. Apart, so that a process that holds all services
// does not load a client at its start.
import {
  gatewayDefaults,
  type Answer,
  type Answers,
  type Bearer,
  type GendanContext,
  type GraphqlRequest,
  type Report,
} from "@gendan/service-kit";
import { print, type DocumentNode } from "graphql";
import { choose } from "./instance-choice.js";
import {
  overloaded,
  timedOut,
  unavailable,
  type InstanceHealth,
  type SubgraphExecutor,
  type SubgraphRequest,
} from "./subgraph-executor.js";
import { SubgraphInstance, type Followed, type Reply } from "./subgraph-instance.js";

export interface HttpSubgraph {
  /** The service's name in the graph. */
  readonly name: string;
  /** Where its processes answer, at least one: http://127.0.0.1:4101/graphql */
  readonly urls: readonly string[];
  /** The `Authorization` header that tells the service who asks: it trusts nothing else. */
  readonly identityOf: (caller: Bearer) => Promise<string>;
  /** Told why a service did not answer; the caller hears only that it did not. */
  readonly report: Report;
  /** The longest wait for a whole answer, in milliseconds, however many processes are tried for it. */
  readonly timeoutMs?: number;
  /** Connections kept open to each process. */
  readonly connections?: number;
  /** Requests that the service has not answered yet, over all of its processes; further ones are OVERLOADED at once. */
  readonly maxPending?: number;
}

const DEFAULT_CONNECTIONS = 64;

/**
 * A service that listens elsewhere. It hears, signed, who asks, in which language, under which correlation, and for how much longer
 * (x-deadline-ms). A request whose connection fails goes to another process at once, and each is tried once.
 */
export function httpSubgraph(options: HttpSubgraph): SubgraphExecutor {
  const { name, timeoutMs = gatewayDefaults.serviceTimeoutMs, maxPending = gatewayDefaults.maxPending } = options;
  if (options.urls.length === 0) throw new Error(`The service ${name} has no URL.`);
  const instances = options.urls.map((url) => new SubgraphInstance(url, options.connections ?? DEFAULT_CONNECTIONS));
  const { report, identityOf } = options;
  const service: Service = { name, instances, report, identityOf, turn: 0 };
  let pending = 0;
  let probed: Promise<readonly InstanceHealth[]> | undefined;
  return {
    async execute(request) {
      if (pending >= maxPending) return overloaded(name, pending, request);
      pending += 1;
      const late = new AbortController();
      const { deadline } = request;
      const waitMs = Math.min(timeoutMs, deadline.leftMs);
      // The end of the request is for the deadline's own timer to tell: another one could fire before it.
      deadline.whenOver(() => late.abort());
      const timer = waitMs < timeoutMs ? undefined : setTimeout(() => late.abort(), timeoutMs);
      try {
        return await ask(service, request, waitMs, late.signal);
      } finally {
        clearTimeout(timer);
        pending -= 1;
      }
    },
    subscribe: (request) => follow(service, request, timeoutMs),
    instances() {
      // However many ask at once, each process is asked once.
      probed ??= Promise.all(instances.map((instance) => instance.health())).finally(() => (probed = undefined));
      return probed;
    },
    standings: () => instances.map(({ standing }) => standing.at(performance.now())),
    async close() {
      await Promise.all(instances.map((instance) => instance.close()));
    },
  };
}

/** One for each service of `urls`. */
export const httpSubgraphs = (
  urls: Readonly<Record<string, readonly string[]>>,
  options: Omit<HttpSubgraph, "name" | "urls">,
): Readonly<Record<string, SubgraphExecutor>> =>
  Object.fromEntries(
    Object.entries(urls).map(([name, each]) => [name, httpSubgraph({ ...options, name, urls: each })]),
  );

interface Service extends Pick<HttpSubgraph, "name" | "report" | "identityOf"> {
  readonly instances: readonly SubgraphInstance[];
  turn: number;
}

/**
 * A mutation is sent to another process too, although the first may have carried it out before it was gone: every mutation
 * has a commandId, and a command that was done already is answered as replayed. What took too long is not sent again: it
 * would take as long there, and there is no time left.
 */
async function ask(service: Service, request: SubgraphRequest, waitMs: number, signal: AbortSignal): Promise<Answer> {
  const { name, report } = service;
  const { body, leftMs, headers } = await posted(service, request, waitMs);
  const reply = await reached(service, request, (instance) =>
    instance.ask({ headers: headers(leftMs()), body, signal }),
  );
  if (!reply) return unavailable(name, request);
  if (reply.kind === "answer") return reply.answer;
  report(new Error(`${name} did not answer within ${Math.round(waitMs)} ms.`), request.context);
  return timedOut(name, waitMs, request);
}

/** The same for a subscription: any process can tell, and one that is lost later is the caller's to replace. */
async function follow(service: Service, request: GraphqlRequest, waitMs: number): Promise<Answers | Answer> {
  const { body, leftMs, headers } = await posted(service, request, waitMs);
  const reply = await reached(service, request, (instance) => {
    const left = leftMs();
    if (left <= 0) return undefined;
    return instance.follow({ headers: { ...headers(left), accept: "text/event-stream" }, body, waitMs: left });
  });
  if (!reply) return unavailable(service.name, request);
  return reply.kind === "answers" ? reply.answers : reply.answer;
}

/** What the first process that is not away says; undefined where all are, or it is unusable, or `say` asks no more. */
async function reached<Said extends Reply | Followed>(
  service: Service,
  { context }: GraphqlRequest,
  say: (instance: SubgraphInstance) => Promise<Said> | undefined,
): Promise<Exclude<Said, Lost> | undefined> {
  for (const instance of processesOf(service)) {
    const reply = await say(instance);
    if (reply?.kind !== "away" && reply?.kind !== "unusable") return reply as Exclude<Said, Lost> | undefined;
    if (reply.kind === "unusable" || reply.isNews) service.report(reply.error, context);
    if (reply.kind === "unusable") return undefined;
  }
  return undefined;
}

type Lost = { readonly kind: "away" | "unusable" };

/** A request as it is sent, to whichever process: its body, and the headers when so much of its time is left. */
async function posted({ identityOf }: Service, request: GraphqlRequest, waitMs: number) {
  const { document, variables, operationName, context } = request;
  const body = JSON.stringify({ query: textOf(document), variables, operationName });
  const until = performance.now() + waitMs;
  const authorization = await identityOf(context.caller);
  return {
    body,
    leftMs: () => until - performance.now(),
    headers: (leftMs: number) => headersOf(context, authorization, leftMs),
  };
}

/** A service's processes in the order in which they are tried, each once, chosen when the one before has failed. */
function* processesOf(service: Service): Generator<SubgraphInstance> {
  const untried = [...service.instances];
  for (;;) {
    const instance = choose(untried, service.turn++, performance.now());
    if (instance === undefined) return;
    untried.splice(untried.indexOf(instance), 1);
    yield instance;
  }
}

const headersOf = (
  { language, correlation, traceparent, operation }: GendanContext,
  authorization: string,
  leftMs: number,
): Record<string, string> => ({
  "content-type": "application/json",
  accept: "application/json",
  "accept-language": language,
  "x-correlation-id": correlation,
  traceparent,
  "x-operation": operation,
  "x-deadline-ms": String(Math.max(1, Math.floor(leftMs))),
  authorization,
});

const texts = new WeakMap<DocumentNode, string>();

/** Printed once: a plan asks with the same document each time. */
function textOf(document: DocumentNode): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
}
