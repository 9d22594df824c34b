// Subscriptions through the gateway: the service that owns one tells what has changed, the client's selection is made of it here.
import { Fault } from "@gendan/eventing";
import { isStream, type Answer, type Answers, type GendanContext } from "@gendan/service-kit";
import {
  getNamedType,
  GraphQLError,
  isLeafType,
  isObjectType,
  Kind,
  parse,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import type { SubgraphExecutor } from "../subgraph-executor.js";

/** How a subscription goes on where it was broken off: this argument, with what this field last told. */
const RESUMED_BY = { fromRevision: "revision", after: "cursor" } as const;
/** A service whose processes all are away is tried again after pauses that double, in milliseconds, and for so long. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 2_000;
const RESUME_MS = 60_000;

/**
 * Lets each field of the schema's Subscription be followed at its service. `unifiedGraph` is the supergraph as it was composed,
 * whose directives say whose each field is.
 */
export function openSubscriptions(
  schema: GraphQLSchema,
  unifiedGraph: GraphQLSchema,
  executors: Readonly<Record<string, SubgraphExecutor>>,
  serviceOf: (graph: string) => string,
): void {
  const composed = unifiedGraph.getSubscriptionType();
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const service = serviceOf(
      graphOf(composed?.getFields()[field.name]?.astNode?.directives) ?? graphOf(composed?.astNode?.directives)!,
    );
    const source: Source = { service, field: field.name, document: documentFor(field), ...resumptionOf(field) };
    field.subscribe = (_: unknown, args: Arguments, context: GendanContext) =>
      Following.begin(source, executors[service]!, args, context);
  }
}

type Arguments = Readonly<Record<string, unknown>>;

interface Source {
  readonly service: string;
  readonly field: string;
  /** Asks for everything that the field tells. */
  readonly document: DocumentNode;
  readonly resumedBy?: { readonly argument: string; readonly told: string };
}

/** The enum value in `@join__field(graph: ORDER)` or `@join__type(graph: ORDER)`. */
function graphOf(directives: readonly DirectiveNode[] | undefined): string | undefined {
  const joined = directives?.filter(({ name }) => name.value === "join__field" || name.value === "join__type");
  const value = joined?.flatMap(({ arguments: given = [] }) => given).find(({ name }) => name.value === "graph")?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

function documentFor({ name, args, type }: GraphQLField<unknown, unknown>): DocumentNode {
  const told = getNamedType(type);
  if (!isObjectType(told)) throw new Error(`The subscription ${name} must tell of an object.`);
  const fields = Object.values(told.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
  const variables = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const selected = `{ ${fields.map((field) => field.name).join(" ")} }`;
  return parse(
    args.length === 0
      ? `subscription { ${name} ${selected} }`
      : `subscription (${variables}) { ${name}(${given}) ${selected} }`,
  );
}

function resumptionOf({ args, type }: GraphQLField<unknown, unknown>): Pick<Source, "resumedBy"> {
  const told = getNamedType(type);
  const [argument, field] =
    Object.entries(RESUMED_BY).find(
      ([name, from]) => args.some((arg) => arg.name === name) && isObjectType(told) && from in told.getFields(),
    ) ?? [];
  return argument === undefined ? {} : { resumedBy: { argument, told: field! } };
}

type Told = Readonly<Record<string, unknown>>;

/** One subscription at its service; when the service's process is lost, goes on at another one where the last one was. */
class Following implements AsyncIterableIterator<Told> {
  private readonly over = new AbortController();
  private resumedAt = -Infinity;

  private constructor(
    private readonly source: Source,
    private readonly executor: SubgraphExecutor,
    private args: Arguments,
    private readonly context: GendanContext,
    private answers: Answers,
  ) {}

  /** Throws the error that the service answers. */
  static async begin(source: Source, executor: SubgraphExecutor, args: Arguments, context: GendanContext) {
    const begun = await ask(source, executor, args, context);
    if (!isStream(begun)) throw errorIn(begun);
    return new Following(source, executor, args, context, begun);
  }

  async next(): Promise<IteratorResult<Told>> {
    while (!this.over.signal.aborted) {
      const answer = await this.answers.next().catch(() => ({ done: false, value: undefined }) as const);
      if (answer.done) return ended;
      const { value } = answer;
      if (value !== undefined && !isMoving(value)) {
        if (value.errors) throw errorIn(value);
        return { done: false, value: this.noted(value.data!) };
      }
      await this.resume();
    }
    return ended;
  }

  async return(): Promise<IteratorResult<Told>> {
    this.over.abort();
    await this.answers.return?.();
    return ended;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private noted(told: Told): Told {
    const { field, resumedBy } = this.source;
    const reached = resumedBy && (told[field] as Told | null)?.[resumedBy.told];
    if (reached != null) this.args = { ...this.args, [resumedBy!.argument]: reached };
    return told;
  }

  private async resume(): Promise<void> {
    const { source, executor, context } = this;
    const { resumedBy } = source;
    if (resumedBy === undefined || this.args[resumedBy.argument] == null) throw resync();
    const now = performance.now();
    const until = now + RESUME_MS;
    // One that is broken off again and again is not asked again and again.
    const first = now - this.resumedAt < LAST_PAUSE_MS ? LAST_PAUSE_MS : 0;
    this.resumedAt = now;
    for (
      let pauseMs = first;
      !this.over.signal.aborted;
      pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, 2 * pauseMs), LAST_PAUSE_MS)
    ) {
      await pause(pauseMs, this.over.signal);
      if (this.over.signal.aborted) return;
      const begun = await ask(source, executor, this.args, context);
      if (isStream(begun)) {
        this.answers = begun;
        // It may have been ended while the service was asked.
        if (this.over.signal.aborted) await begun.return?.();
        return;
      }
      if (!isMoving(begun) || performance.now() > until) throw errorIn(begun);
    }
  }
}

const ended = { done: true, value: undefined } as const;

async function ask({ service, document }: Source, executor: SubgraphExecutor, args: Arguments, context: GendanContext) {
  if (!executor.subscribe) throw new Error(`The service ${service} cannot be followed.`);
  return executor.subscribe({ document, variables: args, operationName: undefined, context });
}

/** The service's process stops, or does not answer now, or what it was shown of the caller's identity has expired: another one may. */
const MOVING: ReadonlySet<unknown> = new Set([
  ...["CLOSED", "UNAUTHENTICATED", "SERVICE_UNAVAILABLE", "SERVICE_TIMEOUT", "OVERLOADED", "READ_BEHIND"],
]);

const isMoving = ({ errors }: Answer): boolean => MOVING.has(errors?.[0]?.extensions?.["code"]);

function errorIn({ errors = [] }: Answer): GraphQLError {
  const { message = "The service has told nothing.", extensions } = errors[0] ?? {};
  return new GraphQLError(message, { extensions: { code: "INTERNAL", ...extensions } });
}

const resync = (): Fault =>
  new Fault("RESYNC", "The service was lost, and what it told since is not known: read it again, and subscribe.");

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
