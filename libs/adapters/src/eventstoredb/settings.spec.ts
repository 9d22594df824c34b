// What a connection string may say, and that a wrong one is refused without showing the password.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { reaching, type EventStoreDbSettings } from "./settings.js";

const read = (connectionString: string, more: Partial<EventStoreDbSettings> = {}) =>
  reaching({ connectionString, service: "order", ...more });

describe("a connection string", () => {
  it.each(["esdb://", "kurrentdb://", "kurrent://", "kdb://"])(
    "names one node, with TLS unless it says otherwise: %s",
    (scheme) => {
      expect(read(`${scheme}li:s%40crat%3A@store`)).toEqual({
        endpoints: { endpoint: { address: "store", port: 2113 }, connectionName: "gendan-order" },
        channel: { insecure: false },
        user: { username: "li", password: "s@crat:" },
        address: "store:2113",
      });
      expect(read(`${scheme}store:9?tls=false`)).toMatchObject({
        channel: { insecure: true },
        address: "store:9 (without TLS)",
      });
    },
  );

  it("names a cluster, by its nodes or a DNS name", () => {
    const nodes = [
      { address: "a", port: 1 },
      { address: "b", port: 2113 },
    ];
    expect(read("kurrentdb://a:1,b?nodePreference=follower&gossip-timeout=2").endpoints).toEqual({
      endpoints: nodes,
      nodePreference: "follower",
      gossipTimeout: 2,
      connectionName: "gendan-order",
    });
    expect(read("kurrentdb+discover://b").endpoints).toMatchObject({ discover: nodes[1] });
  });

  it("gives way to credentials and authorities of their own", () => {
    const file = join(temporaryDirectory(), "ca.crt");
    writeFileSync(file, "from the file");
    const written = `esdb://a:b@store?tlsCAFile=${encodeURIComponent(file)}`;
    expect(read(written).channel.rootCertificate?.toString()).toBe("from the file");
    expect(read(written, { username: "li", password: "p", ca: "given" })).toMatchObject({
      channel: { rootCertificate: Buffer.from("given") },
      user: { username: "li", password: "p" },
    });
  });

  it.each([
    ["", "looks like esdb://"],
    ["localhost:2113", "looks like esdb://"],
    ["http://li:geheim@store", "expected esdb:// or esdb+discover://"],
    ["esdb://li:geheim", "expected port number"],
    ["esdb://li:geheim@store:x", "expected port number"],
    ["esdb://li:geheim@store?tls=geheim", "expected true or false"],
    ["esdb://li:ge%heim@store", "it cannot be read"],
    ["esdb://li:geheim:1@store", "% escapes"],
    ["esdb://li:geheim@1@store", "% escapes"],
    ["esdb://li:geheim@store?tlsVerifyCert=false", "no option tlsVerifyCert"],
    ["esdb://li:geheim@store?throwOnAppendFailure=false", "no option throwOnAppendFailure"],
    ["esdb://li:geheim@store?tlsCAFile=/no/such.crt", "/no/such.crt cannot be read (ENOENT)"],
  ])("is refused in one line, without the password: %s", (connectionString, why) => {
    let message = "";
    try {
      read(connectionString);
    } catch (error) {
      expect(error).toMatchObject({ code: "CONFIGURATION" });
      ({ message } = error as Error);
    }
    expect(message).toContain(why);
    expect(message).not.toMatch(/geheim|heim@|\n/);
  });
});
