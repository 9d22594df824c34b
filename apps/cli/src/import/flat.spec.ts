// A second, quite different file through the same code: flat, semicolons, ISO-8859-1, decimal commas, days first.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openCompany, type Company } from "@gendan/all-in-one/company";
import { newId } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing";
import iconv from "iconv-lite";
import { gendan } from "../gendan.js";
import { parseMapping } from "./mapping/read-mapping.js";
import { runImport, type ImportResult } from "./run-import.js";
import { graphqlClient, type GraphqlClient } from "./send/graphql-client.js";

const yaml = `
mapping: 1
name: nordwind
zone: Europe/Berlin
currency: EUR
dates: ["dd.MM.yyyy HH:mm", "dd.MM.yyyy"]
numbers: { decimal: ",", group: "." }
nothing: ["-"]
files:
  sales: { file: sales.csv, encoding: iso-8859-1, delimiter: ";" }
customer: { key: Kunde, kind: organisation, name: Kunde, country: { column: Land, words: { Österreich: AT, Deutschland: DE } },
  customFields: { land: Land, stufe: { value: A } } }
order: { from: sales, key: Auftrag, receivedAt: Eingang, requestedOn: Termin }
lines: { lineId: Pos, sku: Artikel, quantity: Menge, unitPrice: Preis, freight: { column: Fracht, default: "0" },
  packaging: { value: Karton }, listPrice: Preis, customFields: { land: Land, lager: { value: "7" } } }
receipts: { key: Auftrag, at: Bezahlt, amount: Zahlung, method: { value: transfer }, when: { Bezahlt: { present: true } } }
verified: { at: Eingang }
confirmed: { at: Eingang }
holds: [{ when: { Status: gesperrt }, at: Eingang, hold: credit }]
shipments: { dispatchedAt: Versand, deliveredAt: Zugang, carrier: { column: Spediteur, default: unbekannt } }
cancelled: { when: { Status: [storniert] }, at: { latest: [Eingang, Versand] }, reason: { value: storno }, by: customer }
satisfaction: { key: Auftrag, at: Zugang, score: Note, comment: Text, when: { Note: { present: true } } }
cases: [{ key: Auftrag, at: Zugang, kind: complaint, subject: { value: quality }, text: Text, when: { Note: { atMost: 2 } } }]
`;
const mapping = parseMapping(yaml, "nordwind.yaml");
const header =
  "Auftrag;Pos;Kunde;Land;Eingang;Termin;Artikel;Menge;Preis;Fracht;Bezahlt;Zahlung;Status;Versand;Zugang;Spediteur;Note;Text";
const rows = [
  "A1;1;Müller & Söhne;Deutschland;02.03.2026 09:15;20.03.2026;Schraube M8;1.200;0,05;3,50;05.03.2026;63,50;;10.03.2026 08:00;18.03.2026 11:00;DHL;5;gut",
  "A1;2;Müller & Söhne;Deutschland;02.03.2026 09:15;20.03.2026;Mutter M8;2,5;1.000,10;-;05.03.2026;63,50;;10.03.2026 08:00;18.03.2026 11:00;DHL;5;gut",
  'A2;1;Gröger;Österreich;03.03.2026;10.03.2026;Öl;1;19,99;;-;;;04.03.2026;12.03.2026 00:30;-;1;"spät;\nund undicht"',
  "A3;1;Gröger;Österreich;04.03.2026;11.03.2026;Öl;3;19,99;;;;gesperrt;;;;;",
  "A4;1;Gröger;Österreich;05.03.2026;12.03.2026;Öl;1;19,99;;;;storniert;;;;;",
  "A5;1;Gröger;Österreich;06.03.2026;12.03.2026;Öl;1;19,99;;;;storniert;07.03.2026;;;;",
  "A6;1;Gröger;Österreich;06.03.2026;12.03.2026;Öl;1;viel;;;;;;;;;",
  "A7;1;Gröger;Schweiz;06.03.2026;12.03.2026;Öl;1;1,00;;;;;;;;;",
  "A8;1;Gröger;Österreich;31.02.2026;12.03.2026;Öl;1;1,00;;;;;;;;;",
  "A9;1;Gröger;Österreich;06.03.2026;12.03.2026;Öl;0;1,00;;;;;;;;;",
  "A10;1;Gröger;Österreich;06.03.2026;12.03.2026;Öl;1;1,00;;07.03.2026;1,005;;;;;;",
  "A11;1;Gröger;Österreich;06.03.2026;12.03.2026;Öl;1;1,00;;;;;;;;;",
  "A11;2;Müller & Söhne;Deutschland;06.03.2026;12.03.2026;Öl;1;1,00;;;;;;;;;",
  "A12;1;Gröger",
];

const directory = temporaryDirectory();
const input = join(directory, "in");
mkdirSync(input);
writeFileSync(join(input, "sales.csv"), iconv.encode([header, ...rows].join("\r\n"), "iso-8859-1"));
writeFileSync(join(directory, "nordwind.yaml"), yaml);

interface Opened {
  readonly company: Company;
  client(connections: number): Promise<GraphqlClient>;
}
const companies: Company[] = [];

/** Custom fields come in as texts, and are kept as what the company has defined them to be. */
async function defineFields(company: Company): Promise<void> {
  const admin = await signToken(company.secret, { user: "boss", roles: ["admin"], expiresIn: "1h" });
  const rules = { fields: [{ name: "lager", of: "line", type: "integer" }] };
  const input = { commandId: newId(), kind: "customFields", rules };
  const query = "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }";
  const answer = await company.request(`Bearer ${admin}`, { query, variables: { input } });
  expect(answer).toEqual({ data: { setOrderRules: { userErrors: [] } } });
}

async function open(): Promise<Opened> {
  const company = await openCompany({ where: "memory", log: createLog({ level: "error", service: "gendan" }) });
  companies.push(company);
  await defineFields(company);
  const url = await company.listen({ port: 0, host: "127.0.0.1" });
  const token = await signToken(company.secret, { user: "importer", roles: ["importer"], expiresIn: "1h" });
  return { company, client: async (connections) => graphqlClient({ url, token, connections }) };
}

async function importInto(
  opened: Opened,
  folder: string,
  out: string,
  wrap = (client: GraphqlClient) => client,
): Promise<ImportResult> {
  const client = await opened.client(8);
  try {
    return await runImport({ mapping, folder, client: wrap(client), concurrency: 4, out: join(directory, out) });
  } finally {
    await client.close();
    await opened.company.settled();
  }
}

async function stateOf(opened: Opened): Promise<unknown> {
  const client = await opened.client(1);
  try {
    const { data, errors } = await client.send(EVERYTHING, {});
    expect(errors).toBeUndefined();
    return data;
  } finally {
    await client.close();
  }
}

const EVERYTHING = `{
  orders(first: 50) { nodes {
    id lifecycle shipping delivery holds { hold } payment
    amount { minor currency } freight { minor currency } received { minor currency }
    customer { name country customFields { name value } } lines { lineId sku quantity packaging listPrice { minor } customFields { name value } }
    shipments { id state carrier dispatchedAt deliveredAt }
    cases { kind subject text openedAt } issues { rule } satisfaction { score comment }
  } }
  sales(from: "2026-01-01", to: "2026-12-31") { orders lines amount { minor } freight { minor } received { minor } }
  deliveryPerformance(from: "2026-01-01", to: "2026-12-31") { delivered late }
}`;

afterAll(async () => {
  await Promise.all(companies.map((company) => company.stop()));
}, 60_000);

describe("a flat file", () => {
  let opened: Opened;
  let result: ImportResult;
  let clean: unknown;
  beforeAll(async () => {
    opened = await open();
    result = await importInto(opened, input, "clean");
    clean = await stateOf(opened);
  }, 120_000);

  test("is imported as far as its rows can be read and the rules allow", () => {
    expect(result.orders).toEqual({ rows: 11, imported: 6, refused: 5 });
    expect(result.amounts.goods).toEqual([{ minor: "268119", currency: "EUR" }]);
    expect(result.refused.map(({ code, step, count, examples: [first] }) => [code, step, count, first?.line])).toEqual(
      expect.arrayContaining([
        ["ORDER_SHIPPED", "cancellation", 1, 8],
        ["NUMBER_UNREADABLE", "order", 1, 9],
        ["VALUE_UNKNOWN", "order", 1, 10],
        ["DATE_UNREADABLE", "order", 1, 11],
        ["QUANTITY_NOT_POSITIVE", "order", 1, 12],
        ["AMOUNT_TOO_FINE", "receipt", 1, 13],
        ["ROWS_DIFFER", "order", 1, 14],
        ["ROW_BROKEN", "file", 1, 16],
      ]),
    );
    expect(result.refused).toHaveLength(8);
    expect(counted(result.contradictions)).toEqual({ CANCELLED_AFTER_DISPATCH: 1 });
  });

  test("is in the company as it is in the file", () => {
    const { orders, sales, deliveryPerformance } = clean as Record<string, { nodes: Record<string, unknown>[] }>;
    const by = (sku: string) => orders!.nodes.find((order) => (order["lines"] as { sku: string }[])[0]!.sku === sku);
    expect(by("Schraube M8")).toMatchObject({
      lifecycle: "IN_EXECUTION",
      delivery: "FULL",
      amount: { minor: "256025" },
      freight: { minor: "350" },
      received: { minor: "6350" },
      customer: {
        name: "Müller & Söhne",
        country: "DE",
        customFields: [
          { name: "land", value: "Deutschland" },
          { name: "stufe", value: "A" },
        ],
      },
      lines: [
        {
          quantity: "1200",
          packaging: "Karton",
          listPrice: { minor: "5" },
          customFields: [
            { name: "land", value: "Deutschland" },
            { name: "lager", value: 7 },
          ],
        },
        { quantity: "2.5", listPrice: { minor: "100010" } },
      ],
      shipments: [{ state: "DELIVERED", carrier: "DHL", dispatchedAt: "2026-03-10T07:00:00.000Z" }],
      issues: [],
      satisfaction: [{ score: 5, comment: "gut" }],
    });
    const late = orders!.nodes.find((order) => (order["cases"] as unknown[]).length > 0);
    expect(late).toMatchObject({
      shipments: [{ carrier: "unbekannt", deliveredAt: "2026-03-11T23:30:00.000Z" }],
      cases: [{ kind: "COMPLAINT", text: "spät;\nund undicht" }],
      issues: [{ rule: "late-delivery" }],
    });
    expect(orders!.nodes.map((order) => order["lifecycle"]).sort()).toEqual(
      ["CANCELLED", "CONFIRMED", "CONFIRMED", "IN_EXECUTION", "IN_EXECUTION", "IN_EXECUTION"].sort(),
    );
    expect(orders!.nodes.flatMap((order) => order["holds"])).toEqual([{ hold: "CREDIT" }]);
    expect(sales).toEqual([
      {
        orders: 6,
        lines: 7,
        amount: [{ minor: "268119" }],
        freight: [{ minor: "350" }],
        received: [{ minor: "6350" }],
      },
    ]);
    expect(deliveryPerformance).toEqual([{ delivered: 2, late: 1 }]);
  });

  test("imported again changes nothing", async () => {
    const again = await importInto(opened, input, "again");
    expect(again.steps.filter(({ taken }) => taken > 0)).toEqual([]);
    expect(await stateOf(opened)).toEqual(clean);
    expect(again.refused).toEqual(result.refused);
  });

  test.each([1, 3, 5, 8, 13, 21])(
    "killed after %i requests and run again ends in the same state",
    async (requests) => {
      const other = await open();
      let left = requests;
      const dying = (client: GraphqlClient): GraphqlClient => ({
        ...client,
        requests: 0,
        send: (...asked) => (left-- > 0 ? client.send(...asked) : Promise.reject(new Error("killed"))),
      });
      await expect(importInto(other, input, `killed-${requests}`, dying)).rejects.toThrow("killed");
      const { orders, refused } = await importInto(other, input, `killed-${requests}`);
      expect([orders, refused]).toEqual([result.orders, result.refused]);
      expect(await stateOf(other)).toEqual(clean);
    },
    60_000,
  );

  test("tried dry says the same as it will", async () => {
    const lines: string[] = [];
    const args = [
      "import",
      join(directory, "nordwind.yaml"),
      input,
      "--dry-run",
      "--json",
      "--data",
      join(directory, "dry"),
    ];
    expect(await gendan(args, "en", { out: (line) => lines.push(line), err: (line) => lines.push(line) })).toBe(0);
    const dry = JSON.parse(lines.join("\n")) as ImportResult & { dryRun: boolean };
    const { orders, lines: count, steps, refused, contradictions, amounts } = result;
    expect(dry).toMatchObject({ dryRun: true, orders, lines: count, steps, refused, contradictions, amounts });
    expect(readdirSync(join(directory, "dry"))).toEqual(["import"]);
  }, 60_000);

  test("has its refused rows in a folder that is mended and imported", async () => {
    const refused = join(directory, "clean/refused");
    const file = join(refused, "sales.csv");
    const text = readFileSync(file, "utf8");
    expect(text).toContain("gendan_line;gendan_code;gendan_reason");
    expect(text).toContain(";10;VALUE_UNKNOWN;");
    writeFileSync(
      file,
      text
        .replace("Schweiz", "Deutschland")
        .replace("31.02.2026", "28.02.2026")
        .replace(";viel;", ";7,00;")
        .replace("1,005", "1,00")
        .replace("storniert;07.03.2026", ";07.03.2026"),
    );
    const mended = await importInto(opened, refused, "clean");
    expect(mended.orders).toEqual({ rows: 8, imported: 5, refused: 3 });
    // The broken row was filled up with empty cells.
    expect(Object.keys(counted(mended.refused)).sort()).toEqual([
      "QUANTITY_NOT_POSITIVE",
      "ROWS_DIFFER",
      "VALUE_MISSING",
    ]);
    expect(mended.refusedFolder).toBe(join(directory, "clean/refused-again"));
    const { sales } = (await stateOf(opened)) as Record<string, unknown>;
    expect(sales).toMatchObject([{ orders: 9 }]);
  });
});

const counted = (told: readonly { readonly code: string; readonly count: number }[]) =>
  Object.fromEntries(told.map(({ code, count }) => [code, count]));
