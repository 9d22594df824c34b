// What the gateway bounds and allows, one variable each; the numbers are here and nowhere else.
import { z } from "zod";
import { MAX_PAGE_ROWS } from "../graphql/cursor.js";
import { bound } from "./read-config.js";

const listOf = (each: RegExp) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    )
    .refine((all) => all.length > 0 && all.every((name) => each.test(name)));

export const gatewayConfig = {
  /** The largest request body. */
  requestBodyBytes: bound("bytes", { min: 1_024, max: 104_857_600, default: 1_048_576 }),
  /** The longest query. */
  queryTokens: bound("tokens", { min: 100, max: 100_000, default: 2_000 }),
  /** Fields within fields of a query. */
  queryDepth: bound("levels", { min: 3, max: 100, default: 12 }),
  /** Fields of an operation that are given another name. */
  queryAliases: bound("aliases", { min: 0, max: 10_000, default: 30 }),
  /** What an operation may ask for at most, by the sizes of its lists; scalars are free. */
  queryCost: bound("objects", { min: 10, max: 10_000_000, default: 5_000 }),
  /** What a list without `first` counts in a query's cost: nobody knows before how long it is. */
  unpagedRows: bound("rows", { min: 1, max: 1_000, default: 5 }),
  /** The largest page of a list. */
  pageRows: bound("rows", { min: 1, max: MAX_PAGE_ROWS, default: MAX_PAGE_ROWS }),
  /** Queries that are remembered parsed, planned and compiled. */
  rememberedQueries: bound("queries", { min: 10, max: 100_000, default: 500 }),
  /** The longest that a client's request takes, over all services. */
  requestTimeoutMs: bound("milliseconds", { min: 100, max: 600_000, default: 10_000 }),
  /** The longest that one service is waited for; it waits itself at most 5 s for something to be settled. */
  serviceTimeoutMs: bound("milliseconds", { min: 100, max: 600_000, default: 8_000 }),
  /** Requests of persons in execution at once; further ones are refused with OVERLOADED. */
  maxInFlight: bound("requests", { min: 1, max: 100_000, default: 256 }),
  /** The same of service accounts, which so never take the persons' room. */
  serviceInFlight: bound("requests", { min: 1, max: 100_000, default: 64 }),
  /** Requests that one service has not answered yet, over all of its processes. */
  maxPending: bound("requests", { min: 1, max: 100_000, default: 128 }),
  /** What one person may send in the long run. */
  ratePerSubject: bound("requests a second", { min: 1, max: 1_000_000, default: 100 }),
  /** What may come from one address in the long run, service accounts not counted. */
  ratePerAddress: bound("requests a second", { min: 1, max: 1_000_000, default: 1_000 }),
  /** What one service account may send in the long run. */
  ratePerService: bound("requests a second", { min: 1, max: 1_000_000, default: 5_000 }),
  /** For so long a rate is saved up: a quiet caller may send that much at once. */
  rateSavedSeconds: bound("seconds", { min: 1, max: 600, default: 10 }),
  /** Persons, service accounts and addresses whose rates are remembered, each. */
  rateRemembered: bound("callers", { min: 100, max: 1_000_000, default: 10_000 }),
  /** Clients that follow something at once, WebSockets and event streams together. */
  liveConnections: bound("connections", { min: 1, max: 1_000_000, default: 5_000 }),
  /** The same of one caller. */
  liveConnectionsPerSubject: bound("connections", { min: 1, max: 100_000, default: 20 }),
  /** Subscriptions of one WebSocket; an event stream has one. */
  subscriptionsPerConnection: bound("subscriptions", { min: 1, max: 100_000, default: 50 }),
  /** Subscriptions of one caller, over all of their connections. */
  subscriptionsPerSubject: bound("subscriptions", { min: 1, max: 100_000, default: 100 }),
  /** After so long a live connection is shown a sign of life; one that shows none itself by the next is closed. */
  heartbeatMs: bound("milliseconds", { min: 50, max: 600_000, default: 15_000 }),
  /** Exports, prints, uploads and downloads under way at once. */
  filesAtOnce: bound("requests", { min: 1, max: 10_000, default: 32 }),
  /** The largest file that is attached. */
  fileBytes: bound("bytes", { min: 1_024, max: 1_073_741_824, default: 26_214_400 }),
  /** The longest that sending a file may take. */
  uploadTimeoutMs: bound("milliseconds", { min: 1_000, max: 3_600_000, default: 120_000 }),
  /** The rows at which an export ends, and says so. */
  exportRows: bound("rows", { min: 100, max: 1_000_000, default: 100_000 }),
  /** Who sends the papers that are printed: a JSON file of lines in each language. */
  letterheadFile: z.string().optional(),
  /** Whoever has one of these roles counts as a service account. */
  serviceRoles: listOf(/^[a-z]+$/)
    .default(["importer"])
    .meta({ accepts: "roles, with commas between them" }),
  /** Pages of these origins may ask from a browser, besides the gateway's own. */
  corsOrigins: listOf(/^https?:\/\/[^/\s,]+$/)
    .optional()
    .meta({ accepts: "origins, with commas between them: https://orders.example.com" }),
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: listOf(/^[\da-fA-F.:]+(\/\d{1,3})?$/)
    .optional()
    .meta({ accepts: "addresses or networks, with commas between them: 10.0.0.0/8" }),
  /** Whether clients may send queries of their own. */
  operations: z.enum(["any", "persisted"]).default("any"),
  /** The operations that are known by their SHA-256: a JSON object of hash and text. */
  persistedOperations: z.string().optional(),
} as const;

export type GatewayConfig = z.output<z.ZodObject<typeof gatewayConfig>>;

/** What holds where nothing else is said. */
export const gatewayDefaults: GatewayConfig = Object.freeze(z.object(gatewayConfig).parse({}));
