// What a request asks for: the parameters of GraphQL over HTTP, in a body or in a URL.
import { refused } from "./refusal.js";
import { texts, type Text } from "./refusal-texts.js";
import type { Variables } from "./subgraph.js";

export interface Asked {
  readonly query: string | undefined;
  /** The SHA-256 of an operation that the server knows, in hexadecimal. */
  readonly documentId: string | undefined;
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

/** The parameters in a JSON body. Throws a refusal. */
export function askedIn(body: unknown): Asked {
  if (Array.isArray(body)) throw bad(texts.noBatch());
  if (!isRecord(body)) throw bad(texts.noObject());
  const { query, variables, operationName, extensions, documentId } = body;
  const id = documentIdOf(documentId, objectOf("extensions", extensions));
  if (query != null && typeof query !== "string") throw bad(texts.mustBe("query", "text"));
  if (query == null && id === undefined) throw bad(texts.noQuery());
  if (operationName != null && typeof operationName !== "string") throw bad(texts.mustBe("operationName", "text"));
  return {
    query: query ?? undefined,
    documentId: id,
    variables: objectOf("variables", variables),
    operationName: operationName ?? undefined,
  };
}

/** The parameters in a URL, where variables and extensions are JSON. Throws a refusal. */
export function askedInUrl(parameters: Readonly<Record<string, unknown>>): Asked {
  const { variables, extensions, operationName, ...others } = parameters;
  const named = operationName === "" ? undefined : operationName;
  return askedIn({
    ...others,
    operationName: named,
    variables: parsed("variables", variables),
    extensions: parsed("extensions", extensions),
  });
}

function parsed(name: string, text: unknown): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    throw bad(texts.mustBe(name, "JSON"));
  }
}

/** `documentId`, or what Apollo's clients send instead: `extensions.persistedQuery.sha256Hash`. */
function documentIdOf(documentId: unknown, { persistedQuery }: Variables): string | undefined {
  const id = documentId ?? (isRecord(persistedQuery) ? persistedQuery["sha256Hash"] : undefined);
  if (id == null) return undefined;
  const [, hash] = (typeof id === "string" && /^(?:sha256:)?([\da-f]{64})$/i.exec(id)) || [];
  if (hash === undefined) throw bad(texts.noDocumentId());
  return hash.toLowerCase();
}

function objectOf(name: string, value: unknown): Variables {
  if (value == null) return {};
  if (!isRecord(value)) throw bad(texts.mustBe(name, "object"));
  return value;
}

const isRecord = (value: unknown): value is Variables =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bad = (text: Text) => refused(400, "BAD_REQUEST", text);
