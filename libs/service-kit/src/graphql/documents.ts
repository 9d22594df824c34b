// Query texts read once: parsed, bounded, validated, and remembered, so that one text is one document from then on.
import { Lru } from "@gendan/eventing";
import { withoutSuggestion } from "./errors.js";
import { texts, toldError } from "./refusal-texts.js";
import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";

export interface DocumentBounds {
  /** The most tokens that a query may have. */
  readonly tokens: number;
  /** How many documents are remembered. */
  readonly remembered: number;
}

export const defaultDocumentBounds: DocumentBounds = { tokens: 20_000, remembered: 500 };

/** Longer texts are read anew each time, so that what is remembered stays small; in characters. */
const MAX_REMEMBERED_LENGTH = 32_768;
/** Errors told of one query. */
const MAX_ERRORS = 20;

export interface DocumentChecks {
  /** Why a document's form alone is refused. Asked first: validation takes much longer for some documents than for others. */
  readonly shape?: (document: DocumentNode) => readonly GraphQLError[];
  /** Rules beyond GraphQL's own. */
  readonly rules?: readonly ValidationRule[];
}

export type Read = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLFormattedError[] };

/** The queries that a schema was asked. */
export class GraphqlDocuments {
  private readonly known: Lru<Read>;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly bounds: DocumentBounds = defaultDocumentBounds,
    private readonly checks: DocumentChecks = {},
  ) {
    this.known = new Lru(bounds.remembered);
  }

  /** The document of a query text, the same object each time, or why it is none. */
  read(text: string): Read {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const read = this.parse(text);
    if ("document" in read && text.length <= MAX_REMEMBERED_LENGTH) this.known.set(text, read);
    return read;
  }

  private parse(text: string): Read {
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: this.bounds.tokens });
    } catch (error) {
      if (error instanceof RangeError) {
        return { errors: [coded(toldError(texts.nestedTooDeeply()), "GRAPHQL_PARSE_FAILED")] };
      }
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [coded(this.explained(error), "GRAPHQL_PARSE_FAILED")] };
    }
    const misshapen = this.checks.shape?.(document) ?? [];
    const errors = misshapen.length > 0 ? misshapen : this.faultsOf(document);
    if (errors.length === 0) return { document };
    return { errors: errors.map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED")) };
  }

  private faultsOf(document: DocumentNode): readonly GraphQLError[] {
    const rules = [...specifiedRules, rootTypes, ...(this.checks.rules ?? [])];
    try {
      return validate(this.schema, document, rules, { maxErrors: MAX_ERRORS });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      // GraphQL's rule on the one field of a subscription evaluates conditions before there are variables, and throws.
      return [toldError(texts.conditionalSubscription())];
    }
  }

  private explained(error: GraphQLError): GraphQLError {
    if (!error.message.includes("Document contains more that")) return error;
    return toldError(texts.tooManyTokens(this.bounds.tokens));
  }
}

const coded = ({ message, locations, extensions }: GraphQLError, code: string): GraphQLFormattedError => ({
  message: withoutSuggestion(message),
  ...(locations === undefined ? {} : { locations }),
  extensions: { code, ...extensions },
});

/** GraphQL's own rules let an operation pass for which a schema has no type, and executors then fail each in their own way. */
const rootTypes: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(toldError(texts.noSuchOperation(node.operation), { nodes: node }));
  },
});
