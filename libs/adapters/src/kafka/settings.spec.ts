// Settings: every fault at once, and what the client library is given.
import { describe, expect, it } from "@jest/globals";
import { clientConfig, readySettings, type KafkaSettings } from "./settings.js";

const good: KafkaSettings = { brokers: ["127.0.0.1:9092"], topics: ["gendan.orders"], partitions: 6, replication: 3 };

describe("settings", () => {
  it("have a default for every bound", () => {
    const { noProgressMs, publishDeadlineMs, maxMessageBytes, clientId } = readySettings(good);
    expect({ noProgressMs, publishDeadlineMs, maxMessageBytes, clientId }).toEqual({
      noProgressMs: 60_000,
      publishDeadlineMs: 15_000,
      maxMessageBytes: 8_000_000,
      clientId: "gendan",
    });
  });

  it("that mean nothing are all named in one fault", () => {
    const wrong: KafkaSettings = {
      brokers: ["kafka"],
      topics: ["a b"],
      partitions: 0,
      replication: 1.5,
      noProgressMs: 1,
      tls: { certificate: "c" },
      sessionTimeoutMs: 1_000,
      heartbeatMs: 900,
    };
    expect(() => readySettings(wrong)).toThrow(
      expect.objectContaining({
        code: "CONFIGURATION",
        details: {
          faults: [
            'the broker "kafka" is not host:port',
            '"a b" cannot be a topic (letters, digits and ._- only, at most 249)',
            "tls needs certificate and key together, or neither",
            "partitions is 0, and has to be a whole number from 1 to 1000",
            "replication is 1.5, and has to be a whole number from 1 to 15",
            "noProgressMs is 1, and has to be a whole number from 100 to 3600000",
            "heartbeatMs is more than a third of sessionTimeoutMs",
          ],
        },
      }),
    );
  });

  it("reach the client library", () => {
    const plain = clientConfig(readySettings(good));
    expect(plain).not.toHaveProperty("ssl");
    expect(plain).not.toHaveProperty("sasl");
    const sasl = { mechanism: "scram-sha-512", username: "u", password: "p" } as const;
    const secured = clientConfig(readySettings({ ...good, sasl, tls: { ca: "A", certificate: "C", key: "K" } }));
    expect(secured).toMatchObject({ ssl: { ca: "A", cert: "C", key: "K" }, sasl });
    expect(clientConfig(readySettings({ ...good, tls: true }))).toMatchObject({ ssl: true });
  });
});
