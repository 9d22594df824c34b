// Where traces go, and how many of them.
import { z } from "zod";

export const telemetryConfig = {
  /** A collector that takes OTLP over HTTP; absent: no traces. */
  otlpUrl: z
    .string()
    .regex(/^https?:\/\/[^/\s]+/)
    .optional()
    .meta({ accepts: "where a collector takes OTLP over HTTP: http://collector:4318" }),
  /** Which part of all traces is recorded. */
  traceRatio: z.coerce.number().min(0).max(1).default(1).meta({ accepts: "a number from 0 to 1" }),
} as const;
