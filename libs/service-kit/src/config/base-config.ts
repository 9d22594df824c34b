// What the programs of Gendan are told by their environment: one schema for all, so that one set of variables serves them.
import { z } from "zod";
import { engineConfig } from "./engine-config.js";
import { gatewayConfig } from "./gateway-config.js";
import { LOG_LEVELS } from "../logging/log.js";
import { bound } from "./read-config.js";
import { telemetryConfig } from "./telemetry-config.js";
import { tokenConfig } from "./token-config.js";

export const baseConfig = z.object({
  ...engineConfig,
  ...tokenConfig,
  /** Who may do and see what (docs/policy.md); absent: the policy that comes with the programs. */
  policyFile: z.string().optional(),
  logLevel: z.enum(LOG_LEVELS).default("warn"),
  ...telemetryConfig,
  /** The address to listen on. */
  host: z.string().default("127.0.0.1"),
  ...gatewayConfig,
  /** The longest query that a service takes of the gateway, which writes fragments out and adds keys. */
  subgraphTokens: bound("tokens", { min: 1_000, max: 1_000_000, default: 20_000 }),
  /** Where a gateway of its own finds each service: `order=http://…/graphql,http://…/graphql;logistics=…`. */
  subgraphs: z
    .string()
    .optional()
    .meta({ accepts: "for each service its addresses: order=http://host:4101/graphql,http://…;logistics=http://…" }),
});

export type BaseConfig = z.output<typeof baseConfig>;
