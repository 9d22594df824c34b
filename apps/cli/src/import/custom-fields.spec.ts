// Customers' custom fields from a file: texts that are kept as the company has defined them, and rows that are refused for them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openCompany, type Company } from "@gendan/all-in-one/company";
import { newId } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing";
import { parseMapping } from "./mapping/read-mapping.js";
import { runImport, type ImportResult } from "./run-import.js";
import { graphqlClient, type GraphqlAnswer } from "./send/graphql-client.js";

const mapping = parseMapping(
  `
mapping: 1
name: clients
zone: Asia/Shanghai
currency: CNY
dates: ["yyyy-MM-dd"]
files: { sales: { file: sales.csv } }
customer: { key: Client, kind: organisation, name: Client, customFields: { quota: Quota, vip: Vip, since: Since, remarks: Remarks } }
order: { from: sales, key: Order, receivedAt: On }
lines: { sku: Item, quantity: Quantity, unitPrice: Price }
`,
  "clients.yaml",
);
const rows = [
  "Order,On,Item,Quantity,Price,Client,Quota,Vip,Since,Remarks",
  "O1,2026-03-02,A-1,1,10,Kranich,12.50,true,2019-02-28,pays late",
  "O2,2026-03-02,A-1,1,10,Specht,many,yes,2019-02-30,",
  "O3,2026-03-02,A-1,1,10,Elster,,,,",
];
const directory = temporaryDirectory();
writeFileSync(join(directory, "sales.csv"), rows.join("\n"));

let company: Company;
let url: string;
beforeAll(async () => {
  company = await openCompany({ where: "memory", log: createLog({ level: "error", service: "gendan" }) });
  url = await company.listen({ port: 0, host: "127.0.0.1" });
}, 60_000);
afterAll(() => company.stop());

/** As an administrator. */
async function ask(query: string, variables: object = {}): Promise<Record<string, object>> {
  const admin = await signToken(company.secret, { user: "boss", roles: ["admin"], expiresIn: "1h" });
  const answer = (await company.request(`Bearer ${admin}`, { query, variables })) as GraphqlAnswer;
  expect(answer.errors).toBeUndefined();
  return answer.data as Record<string, object>;
}
/** Resolved when the customer service has heard of it. */
const define = async (isPersonal: boolean) => {
  const of = "customer";
  const fields = [
    { name: "quota", of, type: "decimal" },
    { name: "vip", of, type: "boolean" },
    { name: "since", of, type: "date" },
    { name: "remarks", of, type: "text", personal: isPersonal },
  ];
  const input = { commandId: newId(), kind: "customFields", rules: { fields } };
  const mutation =
    "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { settleToken userErrors { code } } }";
  const { setOrderRules } = await ask(mutation, { input });
  expect(setOrderRules).toEqual({ settleToken: expect.stringMatching(/^gendan\.rules\//), userErrors: [] });
  const { settleToken } = setOrderRules as { readonly settleToken: string };
  expect(await ask("query ($token: String!) { customerSettled(token: $token) }", { token: settleToken })).toEqual({
    customerSettled: true,
  });
};
async function imported(): Promise<ImportResult> {
  const token = await signToken(company.secret, { user: "importer", roles: ["importer"], expiresIn: "1h" });
  const client = graphqlClient({ url, token, connections: 2 });
  try {
    return await runImport({ mapping, folder: directory, client, concurrency: 2, out: join(directory, "out") });
  } finally {
    await client.close();
    await company.settled();
  }
}

test("values are kept as their types write them, and a row that has none of them is refused with every fault", async () => {
  await define(false);
  const { refused } = await imported();
  expect(refused.map(({ code, step, count, examples: [first] }) => [code, step, count, first?.line])).toEqual(
    expect.arrayContaining([["FIELD_TYPE", "customer", 1, 3]]),
  );
  const { reason } = refused.find(({ code }) => code === "FIELD_TYPE")!.examples[0]!;
  expect(reason).toContain("FIELD_TYPE customFields.1.value, FIELD_TYPE customFields.2.value");
  const { customers } = await ask("{ customers { nodes { name customFields { name value } } } }");
  const { nodes } = customers as { nodes: { name: string; customFields: object[] }[] };
  expect(new Map(nodes.map(({ name, customFields }) => [name, customFields]))).toEqual(
    new Map([
      [
        "Kranich",
        [
          { name: "quota", value: "12.5" },
          { name: "vip", value: true },
          { name: "since", value: "2019-02-28" },
          { name: "remarks", value: "pays late" },
        ],
      ],
      ["Elster", []],
    ]),
  );
});

test("importing the same file again changes nothing, though a field has become personal since", async () => {
  await define(true);
  const before = await ask("{ customers { nodes { id revision customFields { value personal } } } }");
  const { refused } = await imported();
  expect(refused.map(({ code }) => code)).not.toContain("COMMAND_ID_REUSED");
  expect(await ask("{ customers { nodes { id revision customFields { value personal } } } }")).toEqual(before);
  expect(JSON.stringify(before)).toContain('"value":"pays late","personal":true');
});
