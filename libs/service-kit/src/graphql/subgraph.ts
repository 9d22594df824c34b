// A subgraph as it runs: documents compiled to functions once, executed for HTTP and for a gateway in the same process alike.
import { isDeepStrictEqual } from "node:util";
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import type { GendanContext } from "./context.js";
import { dryRunOf, inDryRun, type IsDry } from "./dry-runs.js";
import { presentAll, type Report } from "./errors.js";
import { explained, unseenIn, type MaskedField, type Unseen } from "./field-classes.js";
import { subscribeTo, type Answers } from "./subscription.js";
import type { View, Views } from "./views.js";

export type Variables = Readonly<Record<string, unknown>>;

export interface GraphqlRequest {
  readonly document: DocumentNode;
  readonly variables: Variables;
  readonly operationName?: string | undefined;
  readonly context: GendanContext;
}

/** The answer to a request: plain objects, errors already as callers get them. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: {
    /** Services whose documents have not kept up with what happens, and since when. */
    readonly stale?: Readonly<Record<string, string>>;
    /** Fields that are null, or not whole, because the caller's roles do not see them; each once. */
    readonly masked?: readonly MaskedField[];
  };
}

interface Execution {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLError[];
}

interface Compiled {
  readonly query: CompiledQuery<Record<string, unknown>, Variables>["query"] | readonly GraphQLError[];
  /** What of it the caller does not see. */
  readonly unseen: readonly Unseen[];
  readonly isDry: IsDry;
}

/** Operations of one document that are kept compiled; documents themselves are kept by whoever holds them. */
const MAX_OPERATIONS = 16;

/** One service's part of the graph. */
export class Subgraph {
  /** Weak: what the bounded cache of documents forgets is forgotten here too. */
  private readonly compiled = new WeakMap<View, WeakMap<DocumentNode, Map<string | undefined, Compiled>>>();

  constructor(
    readonly name: string,
    readonly views: Views,
    private readonly report: Report,
    /** Since when what is read here has not kept up; undefined while it does. */
    private readonly staleSince: () => string | undefined = () => undefined,
  ) {}

  /** The schema as whoever sees everything sees it; all views have the same types. */
  get schema(): GraphQLSchema {
    return this.views.whole.schema;
  }

  /**
   * Executes a document that was validated before. Give the same document object for the same text. An answer that was made
   * while the service's documents do not keep up says so, and since when (`extensions.stale`); one without what the caller's
   * roles do not see says what that is (`extensions.masked`).
   */
  execute(request: GraphqlRequest): Answer | Promise<Answer> {
    const since = this.staleSince();
    const compiled = this.compiledFor(request);
    const answer = this.executed(request, compiled);
    if (since === undefined && compiled.unseen.length === 0) return answer;
    const extensions = {
      ...(since === undefined ? {} : { stale: { [this.name]: since } }),
      ...(compiled.unseen.length === 0 ? {} : { masked: explained(compiled.unseen, request.context.language) }),
    };
    return answer instanceof Promise ? answer.then((done) => ({ ...done, extensions })) : { ...answer, extensions };
  }

  /** Begins a subscription: its answers, or why there are none. */
  subscribe(request: GraphqlRequest): Promise<Answers | Answer> {
    return subscribeTo(this.views.of(request.context.caller).schema, request, this.report);
  }

  private executed(request: GraphqlRequest, { query, isDry }: Compiled): Answer | Promise<Answer> {
    if (typeof query !== "function") return this.answer(request, { errors: query });
    const carryOut = () => query(undefined, request.context, request.variables) as Execution | Promise<Execution>;
    let execution: Execution | Promise<Execution>;
    try {
      execution = isDry(request.variables) ? inDryRun(carryOut) : carryOut();
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return this.presented(request, { data: null }, [error]);
    }
    return execution instanceof Promise
      ? execution.then((done) => this.answer(request, done))
      : this.answer(request, execution);
  }

  private compiledFor({ document, operationName, context }: GraphqlRequest): Compiled {
    const view = this.views.of(context.caller);
    let documents = this.compiled.get(view);
    if (!documents) this.compiled.set(view, (documents = new WeakMap()));
    const operations = documents.get(document) ?? new Map<string | undefined, Compiled>();
    const known = operations.get(operationName);
    if (known !== undefined) return known;
    const made = compileQuery<Record<string, unknown>, Variables>(view.schema, document, operationName);
    const compiled = {
      query: isCompiledQuery(made) ? made.query : (made.errors as readonly GraphQLError[]),
      isDry: dryRunOf(document, operationName),
      unseen: unseenIn(view.schema, document, operationName, view.unseen),
    };
    if (operations.size < MAX_OPERATIONS) documents.set(document, operations.set(operationName, compiled));
    return compiled;
  }

  private answer(request: GraphqlRequest, execution: Execution): Answer | Promise<Answer> {
    if (execution.errors === undefined) return execution as Answer;
    if ("data" in execution) return this.presented(request, execution, execution.errors);
    return this.secondOpinion(request, execution, execution.errors);
  }

  private presented({ context }: GraphqlRequest, execution: Execution, errors: readonly GraphQLError[]): Answer {
    return { ...execution, errors: presentAll(errors, context, this.report) };
  }

  /**
   * The compiled code says little about a variable that does not fit, and asks for input fields that have a default:
   * graphql-js names the field and the rule, or fills the defaults in.
   */
  private secondOpinion(
    request: GraphqlRequest,
    execution: Execution,
    errors: readonly GraphQLError[],
  ): Answer | Promise<Answer> {
    const { document, operationName, variables } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) return this.presented(request, execution, errors);
    const values = getVariableValues(this.schema, operation.variableDefinitions ?? [], { ...variables });
    if (values.errors) return this.presented(request, execution, values.errors);
    if (isDeepStrictEqual({ ...variables }, { ...values.coerced })) return this.presented(request, execution, errors);
    return this.execute({ ...request, variables: values.coerced });
  }
}
