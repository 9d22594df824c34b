import { expect, test } from "@jest/globals";
import { ConfigFault } from "@gendan/service-kit";
import { readSubgraphs } from "./subgraph-urls.js";

const services = ["order", "logistics"];
const faultsOf = (text: string): readonly string[] => {
  try {
    readSubgraphs(text, services);
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
  return [];
};
const good = "order=http://127.0.0.1:4101/graphql;logistics=http://127.0.0.1:4102/graphql";

test("each service has the URLs of its processes", () => {
  const text =
    " order = http://127.0.0.1:4101/graphql , http://127.0.0.1:4111/graphql ;\n logistics=https://l.example/x/graphql?a=b; ";
  expect(readSubgraphs(text, services)).toEqual({
    order: ["http://127.0.0.1:4101/graphql", "http://127.0.0.1:4111/graphql"],
    logistics: ["https://l.example/x/graphql?a=b"],
  });
});

test.each([
  ["", "no URL for order, logistics, as in order=http"],
  ["order=http://127.0.0.1:4101/graphql", "no URL for logistics"],
  [`${good};stock=http://127.0.0.1:4103/graphql`, "there is no service stock, accepted: order, logistics"],
  [`${good};order=http://127.0.0.1:4111/graphql`, "order is named twice"],
  [good.replace("=http://127.0.0.1:4101/graphql", "="), "order has no URL"],
  [good.replace("4101", "99999"), "order: http://127.0.0.1:99999/graphql is no URL"],
  [good.replace("http", "ftp"), "order: ftp://127.0.0.1:4101/graphql is neither http:// nor https://"],
  [good.replace("4101/graphql", "4101"), "order: http://127.0.0.1:4101 has no path: /graphql is meant"],
  [good.replace("4102", "4101"), "logistics: http://127.0.0.1:4101/graphql is there twice"],
  [good.replace("/graphql", "/graphql#x"), "has a # part"],
  ["http://127.0.0.1:4101/graphql", "is not of the form order=http"],
])("%# is a fault", (text, fault) => {
  expect(faultsOf(text)).toContainEqual(expect.stringContaining(`GENDAN_SUBGRAPHS: `));
  expect(faultsOf(text)).toContainEqual(expect.stringContaining(fault));
});

test("every fault is listed at once, and no password is shown", () => {
  const faults = faultsOf("order=http://li:secret@127.0.0.1:4101/graphql,nothing;stock=http://127.0.0.1/graphql");
  expect(faults.join("\n")).not.toContain("secret");
  expect(faults).toEqual([
    expect.stringContaining("has a user or password in it"),
    expect.stringContaining("order: nothing is no URL"),
    expect.stringContaining("there is no service stock"),
    expect.stringContaining("no URL for logistics"),
  ]);
});
