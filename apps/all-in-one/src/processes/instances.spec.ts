import { describe, expect, test } from "@jest/globals";
import { baseConfig, ConfigFault, readConfig } from "@gendan/service-kit";
import { checkEngines } from "../engines.js";
import { instancesOf } from "./cluster.js";

describe("how many processes a service has", () => {
  const remote = { eventStore: "eventstoredb", documentStore: "mongodb" } as const;
  test("as many as are wanted where every store takes several", () => {
    expect(instancesOf("order", remote, 3)).toEqual({ count: 3 });
    expect(instancesOf("analytics", { ...remote, eventStore: "sqlite" }, 3)).toEqual({ count: 3 });
  });
  test("one where its events or its documents are on SQLite, with the reason", () => {
    for (const service of ["order", "logistics", "customer"] as const) {
      expect(instancesOf(service, { ...remote, eventStore: "sqlite" }, 2)).toEqual({
        count: 1,
        because: expect.stringContaining("one writer"),
      });
    }
    expect(instancesOf("analytics", { ...remote, documentStore: "sqlite" }, 2)).toMatchObject({ count: 1 });
    expect(instancesOf("order", { ...remote, eventStore: "sqlite" }, 1)).toEqual({ count: 1 });
  });
});

describe("what the engines need", () => {
  const faultsOf = (environment: Record<string, string>, alone: boolean): readonly string[] => {
    try {
      checkEngines(readConfig(baseConfig, environment), alone);
      return [];
    } catch (error) {
      if (error instanceof ConfigFault) return error.faults;
      throw error;
    }
  };
  test("nothing in one process on the embedded default", () => {
    expect(faultsOf({}, true)).toEqual([]);
  });
  test("an S3 bucket with whose keys it is read", () => {
    expect(faultsOf({ GENDAN_BLOBS: "s3", GENDAN_S3_BUCKET: "gendan" }, true)).toEqual([
      "GENDAN_BLOBS=s3 needs GENDAN_S3_ENDPOINT, GENDAN_S3_ACCESS_KEY, GENDAN_S3_SECRET_KEY",
    ]);
    const keys = { GENDAN_S3_ACCESS_KEY: "a", GENDAN_S3_SECRET_KEY: "b", GENDAN_S3_ENDPOINT: "http://127.0.0.1:9000" };
    expect(faultsOf({ GENDAN_BLOBS: "s3", GENDAN_S3_BUCKET: "gendan", ...keys }, true)).toEqual([]);
  });
  test("every address that is missing, at once", () => {
    const named = {
      GENDAN_EVENT_BUS: "kafka",
      GENDAN_DOCUMENT_STORE: "mongodb",
      GENDAN_EVENT_STORE: "eventstoredb",
      GENDAN_KAFKA_SASL_MECHANISM: "plain",
    };
    expect(faultsOf(named, true).map((fault) => fault.split(" ")[0])).toEqual([
      "GENDAN_KAFKA_BROKERS",
      "GENDAN_MONGODB_URL",
      "GENDAN_EVENTSTORE_URL",
      "GENDAN_KAFKA_SASL_MECHANISM",
    ]);
  });
  test("between processes a bus and keys that all of them reach", () => {
    expect(faultsOf({}, false)).toEqual([
      "GENDAN_EVENT_BUS is embedded, accepted where there are several processes: kafka",
      "GENDAN_KEY_STORE is sqlite, accepted where there are several processes: mongodb",
    ]);
    const servers = {
      GENDAN_EVENT_BUS: "kafka",
      GENDAN_KAFKA_BROKERS: "127.0.0.1:9092",
      GENDAN_DOCUMENT_STORE: "mongodb",
      GENDAN_MONGODB_URL: "mongodb://127.0.0.1:27017",
    };
    expect(faultsOf(servers, false)).toEqual([]);
    expect(faultsOf({ ...servers, GENDAN_KEY_STORE: "sqlite" }, false)).toHaveLength(1);
  });
});
