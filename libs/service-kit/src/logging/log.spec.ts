import { expect, test } from "@jest/globals";
import { Fault } from "@gendan/eventing";
import { createLog, nestLog, reportTo, type LogLevel } from "./log.js";

/** A log and the lines written to it. */
function logged(level: LogLevel = "debug") {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, log: createLog({ level, service: "order" }, destination) };
}

test("a line says when, which service, how bad, what", () => {
  const { lines, log } = logged();
  log.info({ orderId: "o1", count: 3 }, "relayed");
  expect(lines).toEqual([
    { level: "info", time: expect.any(String), service: "order", orderId: "o1", count: 3, msg: "relayed" },
  ]);
});

test("personal values are hidden wherever they hang", () => {
  const { lines, log } = logged();
  const sealed = { subject: "p1", keyVersion: 1, ciphertext: "AAAA", mac: "BBBB" };
  log.warn({
    headers: { authorization: "Bearer x.y.z" },
    customers: [{ id: "c1", name: "Zhang San", phone: "13800138000" }],
    who: sealed,
    deep: { a: { b: { c: { d: { secretly: "Zhang San" } } } } },
    input: { line: "Zhang San" },
  });
  const text = JSON.stringify(lines);
  expect(text).not.toMatch(/Zhang|138|x\.y\.z|AAAA|BBBB/);
  expect(text).toContain('"id":"c1"');
});

test("an error is its type, code, message and stack, nothing that hangs on it", () => {
  const { lines, log } = logged();
  reportTo(log)(new Fault("STORE_DAMAGED", "events.db is damaged", { row: "Zhang San" }), {
    correlation: "corr-1",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  });
  expect(lines[0]).toMatchObject({
    correlation: "corr-1",
    trace: "4bf92f3577b34da6a3ce929d0e0e4736",
    err: {
      type: "Fault",
      code: "STORE_DAMAGED",
      message: "events.db is damaged",
      stack: expect.stringContaining("Fault"),
    },
  });
  expect(JSON.stringify(lines)).not.toContain("Zhang");
});

test("Nest's chatter is quiet, its errors are not", () => {
  const { lines, log } = logged("warn");
  const nest = nestLog(log);
  nest.log("Mapped {/graphql, POST} route", "GraphQLModule");
  nest.error("It broke", "stack", "Injector");
  expect(lines).toMatchObject([{ level: "error", context: "Injector", msg: "It broke" }]);
});
