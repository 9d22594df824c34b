import { describe, expect, test } from "@jest/globals";
import { readClusterFlags, readServeFlags } from "./flags.js";

describe("serve", () => {
  test("a service and its port", () => {
    expect(readServeFlags(["order"])).toMatchObject({ service: "order", port: 4101, data: ".gendan", shared: false });
    expect(readServeFlags(["gateway", "--port", "0", "--data", "/d"])).toMatchObject({ port: 0, data: "/d" });
    expect(readServeFlags(["--help"]).help).toBe(true);
  });
  test.each([
    [[], "Name one of order, logistics, customer, analytics, gateway"],
    [["orders"], "Name one of order"],
    [["order", "logistics"], "Name one of order"],
    [["order", "--port", "70000"], "--port 70000 is no port"],
    [["order", "--data", ""], "--data needs a folder"],
    [["order", "--colour", "red"], "Flags: --port, --data, --help."],
  ])("%j is refused in one line", (args, line) => {
    expect(() => readServeFlags(args)).toThrow(expect.objectContaining({ code: "CONFIGURATION" }));
    expect(() => readServeFlags(args)).toThrow(line);
  });
});

describe("cluster", () => {
  test("two of each, unless said otherwise", () => {
    expect(readClusterFlags([])).toEqual({
      status: false,
      port: 4000,
      data: ".gendan",
      instances: 2,
      empty: false,
      help: false,
    });
    expect(readClusterFlags(["--instances", "3", "--empty", "--port", "0"])).toMatchObject({
      instances: 3,
      empty: true,
    });
    expect(readClusterFlags(["status", "--data", "/d"])).toMatchObject({ status: true, data: "/d" });
  });
  test.each([
    [["--instances", "0"], "from 1 to 16"],
    [["--instances", "two"], "from 1 to 16"],
    [["--instances", "17"], "from 1 to 16"],
    [["stop"], '"status" does'],
    [["status", "now"], '"status" does'],
  ])("%j is refused in one line", (args, line) => {
    expect(() => readClusterFlags(args)).toThrow(expect.objectContaining({ code: "CONFIGURATION" }));
    expect(() => readClusterFlags(args)).toThrow(line);
  });
});
