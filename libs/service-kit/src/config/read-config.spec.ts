import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { SETTLE_WAIT_MS } from "../graphql/payloads.js";
import { baseConfig } from "./base-config.js";
import { gatewayDefaults } from "./gateway-config.js";
import { bound, ConfigFault, readConfig } from "./read-config.js";
import { tokenDefaults } from "./token-config.js";

const faultsOf = (environment: Record<string, string>, schema: z.ZodObject = baseConfig): readonly string[] => {
  try {
    readConfig(schema, environment);
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
  return [];
};

test("without variables the embedded default on this machine alone", () => {
  expect(readConfig(baseConfig, { PATH: "/bin", GENDAN_HOST: "" })).toEqual({
    blobs: "folder",
    s3Prefix: "",
    s3Region: "us-east-1",
    eventStore: "sqlite",
    eventBus: "embedded",
    documentStore: "sqlite",
    kafkaPrefix: "",
    kafkaPartitions: 6,
    kafkaReplication: 0,
    kafkaTls: "off",
    mongodbDatabase: "gendan",
    logLevel: "warn",
    traceRatio: 1,
    host: "127.0.0.1",
    ...gatewayDefaults,
    ...tokenDefaults,
    subgraphTokens: 20_000,
  });
});

test("the gateway's limits are the numbers that were promised", () => {
  expect(gatewayDefaults).toMatchObject({
    requestBodyBytes: 1_048_576,
    queryTokens: 2_000,
    queryDepth: 12,
    queryAliases: 30,
    queryCost: 5_000,
    pageRows: 200,
    requestTimeoutMs: 10_000,
    maxInFlight: 256,
    serviceInFlight: 64,
    ratePerService: 5_000,
    serviceRoles: ["importer"],
    operations: "any",
  });
  // Each waits longer than what it waits for.
  expect(gatewayDefaults.serviceTimeoutMs).toBeLessThan(gatewayDefaults.requestTimeoutMs);
  expect(SETTLE_WAIT_MS).toBeLessThan(gatewayDefaults.serviceTimeoutMs);
});

test("lists of names are split and checked", () => {
  const lists = {
    GENDAN_SERVICE_ROLES: "importer, admin",
    GENDAN_CORS_ORIGINS: "https://a.example,http://b.example:81",
  };
  expect(readConfig(baseConfig, lists)).toMatchObject({
    serviceRoles: ["importer", "admin"],
    corsOrigins: ["https://a.example", "http://b.example:81"],
  });
  expect(faultsOf({ GENDAN_CORS_ORIGINS: "*", GENDAN_TRUSTED_PROXIES: "proxy one" })).toEqual([
    'GENDAN_CORS_ORIGINS is "*", accepted: origins, with commas between them: https://orders.example.com',
    'GENDAN_TRUSTED_PROXIES is "proxy one", accepted: addresses or networks, with commas between them: 10.0.0.0/8',
  ]);
});

test("a service adds its own settings; the result cannot be changed", () => {
  const schema = baseConfig.extend({ acceptAfterDays: bound("days", { min: 1, max: 90, default: 7 }) });
  const config = readConfig(schema, { GENDAN_ACCEPT_AFTER_DAYS: "14", GENDAN_LOG_LEVEL: "debug" });
  expect(config).toMatchObject({ acceptAfterDays: 14, logLevel: "debug" });
  expect(Object.isFrozen(config)).toBe(true);
});

describe("every fault is listed at once, with what is accepted", () => {
  test("and the nearest name to one that is none", () => {
    const faults = faultsOf({
      GENDAN_EVENT_STORE: "postgres",
      GENDAN_QUERY_TOKENS: "many",
      GENDAN_REQUEST_BODY_BYTES: "12",
      GENDAN_LOGLEVEL: "debug",
      GENDAN_PAINTWORK: "red",
    });
    expect(faults).toEqual([
      "GENDAN_LOGLEVEL is no variable; GENDAN_LOG_LEVEL is meant",
      expect.stringContaining("GENDAN_PAINTWORK is no variable, accepted: GENDAN_EVENT_STORE, "),
      'GENDAN_EVENT_STORE is "postgres", accepted: sqlite, eventstoredb',
      'GENDAN_REQUEST_BODY_BYTES is "12", accepted: a whole number of bytes from 1024 to 104857600',
      'GENDAN_QUERY_TOKENS is "many", accepted: a whole number of tokens from 100 to 100000',
    ]);
  });
  test("a secret is not repeated", () => {
    const [fault] = faultsOf({ GENDAN_TOKEN_SECRET: "hunter2" });
    expect(fault).toBe("GENDAN_TOKEN_SECRET is not accepted, accepted: at least 32 characters");
  });
  test("what must be given and is missing", () => {
    const schema = z.object({ orderUrl: z.url() });
    expect(faultsOf({}, schema)).toEqual([expect.stringContaining("GENDAN_ORDER_URL is missing")]);
  });
});
