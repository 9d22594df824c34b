import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { compose, servicesBeside } from "./compose.js";

const order = {
  name: "order",
  sdl: 'type Query { order(id: ID!): Order } type Order @key(fields: "id") { id: ID! amount: Money }',
};
const logistics = {
  name: "logistics",
  sdl: 'type Query { shipments: [Shipment!] } type Shipment { id: ID! cost: Money } type Order @key(fields: "id") { id: ID! shipments: [Shipment!] }',
};

test("the schemas are composed with what they share", () => {
  const composed = compose([order, logistics]);
  expect(composed).toMatchObject({
    supergraphSdl: expect.stringContaining('LOGISTICS @join__graph(name: "logistics"'),
  });
});

test("one service alone composes too", () => {
  expect(compose([order])).toMatchObject({ supergraphSdl: expect.stringContaining("type Order") });
});

test("what has no description gets that of its name", () => {
  const used: string[] = [];
  const { publicSdl } = compose([order], (entry) => used.push(entry)) as { publicSdl: string };
  expect(publicSdl).toMatch(/"""\nWhat a customer asked for[^"]*"""\ntype Order/);
  expect(publicSdl).toMatch(/"""\n {2}How much money\.\n {2}"""\n {2}amount: Money/);
  expect(used).toEqual(expect.arrayContaining(["Order", "amount"]));
});

test("what does not compose is named", () => {
  const clashing = {
    ...logistics,
    sdl: logistics.sdl.replace("cost: Money", "cost: Money").concat(" extend type Order { amount: Money }"),
  };
  expect(compose([order, clashing])).toEqual({ errors: [expect.stringContaining("Order.amount")] });
});

test("a schema that cannot be read is named with its service", () => {
  expect(compose([order, { name: "customer", sdl: "type Query {" }])).toEqual({
    errors: [expect.stringContaining("customer: Syntax Error")],
  });
});

test("services are found by what the build left of them", () => {
  const apps = mkdtempSync(join(tmpdir(), "gendan-apps-"));
  const write = (path: string, text: string) => {
    mkdirSync(join(apps, path, ".."), { recursive: true });
    writeFileSync(join(apps, path), text);
  };
  write("order-service/dist/api/b.graphql", "type B");
  write("order-service/dist/api/a.graphql", "type A");
  write("order-service/dist/api/a.js", "");
  write("logistics-service/dist/main.js", "");
  write("customer-service/dist/api/customer.resolver.js", "");
  write("gateway/dist/api/x.graphql", "type X");
  expect(servicesBeside(apps, "dist")).toEqual([{ name: "order", sdl: "type A\ntype B" }]);
  rmSync(apps, { recursive: true });
});
