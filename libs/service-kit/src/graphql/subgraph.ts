// A subgraph as it runs: documents compiled to functions once, executed for HTTP and for a gateway in the same process alike.
import { isDeepStrictEqual } from "node:util";
import {
  getOperationAST,
  getVariableValues,
  type DocumentNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import type { GendanContext } from "./context.js";
import { presentAll, type Report } from "./errors.js";
import { subscribeTo, type Answers } from "./subscription.js";

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
  };
}

interface Execution {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLError[];
}

type Compiled =
  CompiledQuery<Record<string, unknown>, Variables>["query"] | { readonly errors: readonly GraphQLError[] };

/** Operations of one document that are kept compiled; documents themselves are kept by whoever holds them. */
const MAX_OPERATIONS = 16;

/** One service's part of the graph. */
export class Subgraph {
  /** Weak: what the bounded cache of documents forgets is forgotten here too. */
  private readonly compiled = new WeakMap<DocumentNode, Map<string | undefined, Compiled>>();

  constructor(
    readonly name: string,
    readonly schema: GraphQLSchema,
    private readonly report: Report,
    /** Since when what is read here has not kept up; undefined while it does. */
    private readonly staleSince: () => string | undefined = () => undefined,
  ) {}

  /**
   * Executes a document that was validated before. Give the same document object for the same text. An answer that was made
   * while the service's documents do not keep up says so, and since when (`extensions.stale`).
   */
  execute(request: GraphqlRequest): Answer | Promise<Answer> {
    const since = this.staleSince();
    const answer = this.executed(request);
    if (since === undefined) return answer;
    const extensions = { stale: { [this.name]: since } };
    return answer instanceof Promise ? answer.then((done) => ({ ...done, extensions })) : { ...answer, extensions };
  }

  /** Begins a subscription: its answers, or why there are none. */
  subscribe(request: GraphqlRequest): Promise<Answers | Answer> {
    return subscribeTo(this.schema, request, this.report);
  }

  private executed(request: GraphqlRequest): Answer | Promise<Answer> {
    const query = this.compiledFor(request);
    if (typeof query !== "function") return this.answer(request, query);
    const execution = query(undefined, request.context, request.variables) as Execution | Promise<Execution>;
    return execution instanceof Promise
      ? execution.then((done) => this.answer(request, done))
      : this.answer(request, execution);
  }

  private compiledFor({ document, operationName }: GraphqlRequest): Compiled {
    const operations = this.compiled.get(document) ?? new Map<string | undefined, Compiled>();
    const known = operations.get(operationName);
    if (known !== undefined) return known;
    const made = compileQuery<Record<string, unknown>, Variables>(this.schema, document, operationName);
    const compiled = isCompiledQuery(made) ? made.query : { errors: made.errors as readonly GraphQLError[] };
    if (operations.size < MAX_OPERATIONS) this.compiled.set(document, operations.set(operationName, compiled));
    return compiled;
  }

  private answer(request: GraphqlRequest, execution: Execution): Answer | Promise<Answer> {
    if (execution.errors === undefined) return execution as Answer;
    if ("data" in execution) return this.presented(request, execution, execution.errors);
    return this.secondOpinion(request, execution, execution.errors);
  }

  private presented({ context }: GraphqlRequest, execution: Execution, errors: readonly GraphQLError[]): Answer {
    return { ...execution, errors: presentAll(errors, context.correlation, this.report) };
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
