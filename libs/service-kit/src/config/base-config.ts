// What every program of Gendan is told by its environment. A service extends it: `baseConfig.extend({ … })`.
import { z } from "zod";
import { LOG_LEVELS } from "../logging/log.js";
import { bound } from "./read-config.js";

const MIN_SECRET_LENGTH = 32;

export const baseConfig = z.object({
  /** The engine behind each port; further ones are added to these lists with their adapters. */
  eventStore: z.enum(["sqlite"]).default("sqlite"),
  eventBus: z.enum(["embedded"]).default("embedded"),
  documentStore: z.enum(["sqlite"]).default("sqlite"),
  keyStore: z.enum(["sqlite"]).default("sqlite"),
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
});

export type BaseConfig = z.output<typeof baseConfig>;
