// What the programs of Gendan are told by their environment: one schema for all, so that one set of variables serves them.
import { z } from "zod";
import { engineConfig } from "./engine-config.js";
import { LOG_LEVELS } from "../logging/log.js";
import { bound } from "./read-config.js";

const MIN_SECRET_LENGTH = 32;

export const baseConfig = z.object({
  ...engineConfig,
  /** Signs tokens; absent: the installation's own secret, from the key store. */
  tokenSecret: z
    .string()
    .min(MIN_SECRET_LENGTH)
    .optional()
    .meta({ accepts: `at least ${MIN_SECRET_LENGTH} characters` }),
  logLevel: z.enum(LOG_LEVELS).default("warn"),
  /** The address to listen on. */
  host: z.string().default("127.0.0.1"),
  /** The largest request body. */
  requestBodyBytes: bound("bytes", { min: 1_024, max: 104_857_600, default: 1_048_576 }),
  /** The longest query. */
  queryTokens: bound("tokens", { min: 100, max: 100_000, default: 4_000 }),
  /** Queries that are remembered parsed, planned and compiled. */
  rememberedQueries: bound("queries", { min: 10, max: 100_000, default: 500 }),
  /** Where a gateway of its own finds each service: `order=http://…/graphql,http://…/graphql;logistics=…`. */
  subgraphs: z
    .string()
    .optional()
    .meta({ accepts: "for each service its addresses: order=http://host:4101/graphql,http://…;logistics=http://…" }),
  /** The longest that a client's request takes, over all services. */
  requestTimeoutMs: bound("milliseconds", { min: 100, max: 600_000, default: 30_000 }),
  /** The longest that one service is waited for. */
  serviceTimeoutMs: bound("milliseconds", { min: 100, max: 600_000, default: 15_000 }),
  /** Requests in execution at once; further ones are refused with OVERLOADED. */
  maxInFlight: bound("requests", { min: 1, max: 100_000, default: 256 }),
  /** Requests that one service has not answered yet, over all of its processes. */
  maxPending: bound("requests", { min: 1, max: 100_000, default: 128 }),
});

export type BaseConfig = z.output<typeof baseConfig>;
