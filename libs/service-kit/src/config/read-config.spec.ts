import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { baseConfig } from "./base-config.js";
import { bound, ConfigFault, readConfig } from "./read-config.js";

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
    eventStore: "sqlite",
    eventBus: "embedded",
    documentStore: "sqlite",
    kafkaPrefix: "",
    kafkaPartitions: 6,
    kafkaReplication: 0,
    kafkaTls: "off",
    mongodbDatabase: "gendan",
    logLevel: "warn",
    host: "127.0.0.1",
    requestBodyBytes: 1_048_576,
    queryTokens: 4_000,
    rememberedQueries: 500,
    requestTimeoutMs: 30_000,
    serviceTimeoutMs: 15_000,
    maxInFlight: 256,
    maxPending: 128,
  });
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
      GENDAN_COLOUR: "red",
    });
    expect(faults).toEqual([
      "GENDAN_LOGLEVEL is no variable; GENDAN_LOG_LEVEL is meant",
      expect.stringContaining("GENDAN_COLOUR is no variable, accepted: GENDAN_EVENT_STORE, "),
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
