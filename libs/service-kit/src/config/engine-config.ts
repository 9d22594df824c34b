// The engine behind each port, one variable each, and what reaching the engines takes.
import { z } from "zod";
import { bound } from "./read-config.js";

const addresses = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean),
  )
  .refine((all) => all.length > 0 && all.every((each) => /^[^\s/:]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i.test(each)));

export const engineConfig = {
  eventStore: z.enum(["sqlite", "eventstoredb"]).default("sqlite"),
  eventBus: z.enum(["embedded", "kafka"]).default("embedded"),
  documentStore: z.enum(["sqlite", "mongodb"]).default("sqlite"),
  /** Absent: as the documents'. */
  keyStore: z.enum(["sqlite", "mongodb"]).optional(),
  /** Files. */
  blobs: z.enum(["folder", "s3"]).default("folder"),
  /** A folder that every process sees; absent: `blobs` in the data folder. */
  blobsFolder: z.string().optional(),
  s3Endpoint: z
    .string()
    .regex(/^https?:\/\/[^/\s]+\/?$/)
    .optional()
    .meta({ accepts: "http://host:9000 or https://s3.eu-central-1.amazonaws.com" }),
  s3Region: z.string().default("us-east-1"),
  /** A bucket that is there already. */
  s3Bucket: z.string().optional(),
  s3AccessKey: z.string().optional(),
  s3SecretKey: z.string().optional(),
  /** Before the names of files, where installations share a bucket. */
  s3Prefix: z
    .string()
    .regex(/^([\w.-]{1,60}\/)?$/)
    .default("")
    .meta({ accepts: "a name with a slash behind it: gendan/" }),
  /** Wraps the keys of persons where they are stored: base64 of 32 bytes, the one that wraps first, then others that open. */
  masterKey: z
    .string()
    .optional()
    .meta({ accepts: "32 bytes in base64, several with commas, the one that wraps first" }),
  /** A file with such keys, one on each line; read again when they are rotated. */
  masterKeyFile: z.string().optional(),
  /** EventStoreDB or KurrentDB, with TLS, user and password in it. */
  eventstoreUrl: z
    .string()
    .regex(/^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\//)
    .optional()
    .meta({ accepts: "a connection string: esdb://user:password@host:2113?tls=true" }),
  kafkaBrokers: addresses.optional().meta({ accepts: "host:port of some brokers, with commas between them" }),
  /** Before the names of topics and groups, where installations share brokers. */
  kafkaPrefix: z
    .string()
    .regex(/^[\w.-]{0,60}$/)
    .default("")
    .meta({ accepts: "letters, digits, dots, dashes and underscores, 60 at most" }),
  kafkaPartitions: bound("partitions", { min: 1, max: 1_000, default: 6 }),
  /** Copies of each topic; 0: three, or as many as there are brokers where they are fewer. */
  kafkaReplication: bound("copies", { min: 0, max: 9, default: 0 }),
  kafkaTls: z.enum(["on", "off"]).default("off"),
  /** A PEM file with the authority that signed the brokers' certificates, where the system does not know it. */
  kafkaCaFile: z.string().optional(),
  kafkaSaslMechanism: z.enum(["plain", "scram-sha-256", "scram-sha-512"]).optional(),
  kafkaUsername: z.string().optional(),
  kafkaPassword: z.string().optional(),
  /** A replica set, with TLS, user and password in it. */
  mongodbUrl: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//)
    .optional()
    .meta({ accepts: "a connection string: mongodb://user:password@host:27017/?replicaSet=rs0" }),
  /** The beginning of the databases' names: gendan-order, gendan-keys, … */
  mongodbDatabase: z
    .string()
    .regex(/^[\w-]{1,24}$/)
    .default("gendan")
    .meta({ accepts: "letters, digits, dashes and underscores, 24 at most" }),
} as const;
