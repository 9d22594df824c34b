// The import boundaries: every fixture fails with exactly the messages that it names, and what is allowed passes.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { root } from "../workspace.mjs";
import { boundariesConfig, messageIds } from "./boundaries.mjs";

const linter = new Linter({ cwd: root });
const config = [
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
  boundariesConfig,
] as Linter.Config[];

const lint = (path: string, code: string) => linter.verify(code, config, { filename: join(root, path) });
const messages = (path: string, code: string) => lint(path, code).map(({ message }) => message);

describe("every fixture fails as it says", () => {
  const folder = join(import.meta.dirname, "fixtures");
  const fixtures = readdirSync(folder).map((name) => ({ name, code: readFileSync(join(folder, name), "utf8") }));

  test.each(fixtures)("$name", ({ code }) => {
    const [, path = ""] = /^\/\/ path: (.*)$/m.exec(code) ?? [];
    const expected = [...code.matchAll(/^\/\/ fails: (.*)$/gm)].map(([, message]) => message);
    expect(expected).not.toHaveLength(0);
    expect(messages(path, code).sort()).toEqual(expected.sort());
  });

  test("there is one for every message", () => {
    const said = fixtures.flatMap(({ code }) => lint(/^\/\/ path: (.*)$/m.exec(code)?.[1] ?? "", code));
    expect(new Set(said.map(({ messageId }) => messageId))).toEqual(new Set(messageIds));
  });
});

describe("what is allowed passes", () => {
  const service = "apps/order-service/src";
  const examples: Record<string, readonly string[]> = {
    "libs/adapters/src/sqlite/event-store.ts": ["@gendan/eventing/ports/event-store", "./database.js", "node:sqlite"],
    "libs/adapters/src/sqlite/event-store.spec.ts": ["@gendan/testing/event-store-suite", "./event-store.js"],
    "libs/eventing/src/decider.spec.ts": ["@gendan/testing/given"],
    "libs/testing/src/given.ts": ["@gendan/eventing", "@gendan/contracts/catalog", "@jest/globals"],
    [`${service}/main.ts`]: [
      "@gendan/adapters/sqlite/event-store",
      "@gendan/service-kit/shutdown",
      "./order.module.js",
    ],
    [`${service}/order.module.ts`]: [
      "./write/orders.js",
      "./react/on-order-received.js",
      "@nestjs/common",
      "./config.js",
    ],
    [`${service}/config.ts`]: ["@gendan/service-kit/config", "zod"],
    [`${service}/domain/order/confirm-order.ts`]: ["@gendan/eventing/decider", "./order.state.js", "../lines.js"],
    [`${service}/domain/order/confirm-order.spec.ts`]: ["@gendan/testing/given", "@jest/globals", "node:fs"],
    [`${service}/stored/order.codec.ts`]: ["../domain/order/order.events.js", "@gendan/eventing/upcast", "zod"],
    [`${service}/write/orders.ts`]: [
      "../domain/order/order.decider.js",
      "../stored/order.codec.js",
      "@gendan/security/scope",
    ],
    [`${service}/relay/publish.ts`]: ["../domain/order/order.events.js", "@gendan/contracts/order/order-confirmed"],
    [`${service}/read/order-list.ts`]: [
      "../domain/order/order.events.js",
      "@gendan/contracts/shipment/shipment-delivered",
    ],
    [`${service}/react/on-order-received.ts`]: [
      "../domain/order/order.decider.js",
      "@gendan/contracts/order/order-received",
    ],
    [`${service}/api/order.resolver.ts`]: [
      "../write/orders.js",
      "../read/order-list.js",
      "@nestjs/graphql",
      "@gendan/service-kit/errors",
    ],
    [`${service}/order.spec.ts`]: ["@gendan/testing/harness", "@gendan/adapters/sqlite/engines", "./order.module.js"],
    "apps/all-in-one/src/main.ts": ["@gendan/order-service/order.module", "@gendan/adapters/sqlite/engines"],
    "apps/cli/src/verify.ts": ["@gendan/order-service/stored/order.codec", "@gendan/adapters/sqlite/event-store"],
    "apps/gateway/src/main.ts": ["@gendan/security/identity", "@gendan/service-kit/config", "./limits/depth.js"],
  };

  test.each(Object.entries(examples))("%s", (path, specifiers) => {
    expect(messages(path, specifiers.map((specifier) => `import "${specifier}";`).join("\n"))).toEqual([]);
  });

  test("api/ may import types of domain/ and of the contracts", () => {
    const code = `import type { OrderEvent } from "../domain/order/order.events.js";
      import { type OrderConfirmed } from "@gendan/contracts/order/order-confirmed";
      export type All = OrderEvent | OrderConfirmed | import("../domain/order/order.state.js").OrderState;`;
    expect(messages(`${service}/api/order.input.ts`, code)).toEqual([]);
  });

  test("a pure room may have a Date of a given time, and names of its own", () => {
    const code = `export const day = (at: string) => new Date(at).toISOString().slice(0, 10);
      export const spend = (process: { env: string }) => process.env;`;
    expect(messages(`${service}/domain/day.ts`, code)).toEqual([]);
  });
});
