// Trusted documents: operations that are known by their SHA-256, from a file that a client's build writes.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  ConfigFault,
  refused,
  texts,
  type Asked,
  type GatewayConfig,
  type GraphqlDocuments,
} from "@gendan/service-kit";

export class PersistedOperations {
  /** `texts`: each by its hash, in lower case. */
  constructor(
    private readonly texts: ReadonlyMap<string, string>,
    private readonly mode: GatewayConfig["operations"],
  ) {}

  /**
   * Reads GENDAN_PERSISTED_OPERATIONS: a JSON object of hash and text. Throws a ConfigFault that names every operation that is
   * not the one of its hash, or that the schema and the limits do not take.
   */
  static from(config: Pick<GatewayConfig, "operations" | "persistedOperations">, documents: GraphqlDocuments) {
    const { operations: mode, persistedOperations: file } = config;
    if (file === undefined) {
      if (mode === "any") return new PersistedOperations(new Map(), mode);
      throw new ConfigFault([
        "GENDAN_PERSISTED_OPERATIONS is missing: GENDAN_OPERATIONS=persisted needs the operations",
      ]);
    }
    const texts = Object.entries(readOperations(file)).map(([hash, text]) => [hash.toLowerCase(), text] as const);
    const faults = texts.flatMap(([hash, text]) => faultOf(hash, text, documents) ?? []);
    if (faults.length > 0) throw new ConfigFault(faults.map((fault) => `GENDAN_PERSISTED_OPERATIONS: ${fault}`));
    return new PersistedOperations(new Map(texts as readonly (readonly [string, string])[]), mode);
  }

  /** The text that is asked for. Throws a refusal. */
  textOf({ query, documentId }: Asked): string {
    if (query === undefined) {
      const text = this.texts.get(documentId!);
      if (text !== undefined) return text;
      throw refused(
        400,
        "PERSISTED_QUERY_NOT_FOUND",
        this.mode === "any" ? texts.unknownHash() : texts.hashToBeAdded(),
      );
    }
    if (this.mode === "any" || this.texts.has(hashOf(query))) return query;
    throw refused(400, "OPERATION_NOT_PERSISTED", texts.knownAlone());
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function readOperations(file: string): Readonly<Record<string, unknown>> {
  let operations: unknown;
  try {
    operations = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ConfigFault([`GENDAN_PERSISTED_OPERATIONS: ${file} cannot be read as JSON: ${(error as Error).message}`]);
  }
  if (typeof operations === "object" && operations !== null && !Array.isArray(operations)) {
    return operations as Readonly<Record<string, unknown>>;
  }
  throw new ConfigFault([
    `GENDAN_PERSISTED_OPERATIONS: ${file} must hold one object, of each operation's SHA-256 and text`,
  ]);
}

function faultOf(hash: string, text: unknown, documents: GraphqlDocuments): string | undefined {
  if (typeof text !== "string") return `${hash} is no text`;
  const actual = hashOf(text);
  if (actual !== hash) return `${hash} is not the SHA-256 of its text, which is ${actual}`;
  const read = documents.read(text);
  return "errors" in read ? `${hash} is not taken: ${read.errors.map(({ message }) => message).join(" ")}` : undefined;
}
