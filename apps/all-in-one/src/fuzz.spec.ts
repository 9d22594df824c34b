// Random documents against a whole company: whatever is sent is answered or refused, at once, and never by a defect.
import "reflect-metadata";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { signToken } from "@gendan/security";
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { randomOf } from "./chaos/random.js";
import type { Company } from "./company.js";
import { companyInMemory } from "./spec.js";
import { RandomDocuments, type RandomRequest } from "./fixtures/random-document.js";

/** `npm run fuzz` sends more. */
const COUNT = Number(process.env["GENDAN_TEST_FUZZ"] ?? 500);
const SEED = Number(process.env["GENDAN_TEST_FUZZ_SEED"] ?? 4711);
/** No answer takes longer, in milliseconds. */
const LONGEST_MS = 1_000;
const TRIES = 3;
/** Whatever happens to a machine in the meantime. */
const PATIENCE_MS = 60_000 + COUNT * 100;
/** Told of so many that were answered as they must not be; the seed has the rest. */
const TOLD = 5;

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

let company: Company;
let authorization: string;
let schema: GraphQLSchema;
const ids: string[] = [];
beforeAll(async () => {
  company = await companyInMemory();
  const boss = { user: "boss", roles: ["admin", "importer"], expiresIn: "8h" };
  authorization = `Bearer ${await signToken(company.secret, boss)}`;
  const { data } = (await company.request(authorization, { query: getIntrospectionQuery() })) as Answer;
  schema = buildClientSchema(data as IntrospectionQuery);
  const input = { commandId: "fuzz", kind: "ORGANISATION", name: "Nordwind GmbH", country: "DE" };
  const query = "mutation ($input: RegisterCustomerInput!) { registerCustomer(input: $input) { customer { id } } }";
  const registered = (await company.request(authorization, { query, variables: { input } })) as {
    readonly data: { readonly registerCustomer: { readonly customer: { readonly id: string } } };
  };
  ids.push(registered.data.registerCustomer.customer.id);
}, PATIENCE_MS);
afterAll(() => company.stop());

async function send(payload: RandomRequest) {
  const started = performance.now();
  const headers = { authorization, accept: "application/graphql-response+json" };
  const answer = await company.server.inject({ method: "POST", url: "/graphql", headers, payload });
  const { data, errors = [] } = answer.json<Answer>();
  const codes = errors.map(({ extensions }) => extensions?.code ?? "none");
  return {
    status: answer.statusCode,
    ms: performance.now() - started,
    text: answer.body,
    hasData: data != null,
    codes,
  };
}

/** What is slow because of what it is, is slow each time; what the machine did meanwhile, is not. */
async function sendUntilFast(request: RandomRequest) {
  for (let tries = 1; ; tries++) {
    const sent = await send(request);
    if (sent.ms < LONGEST_MS || tries === TRIES) return sent;
  }
}

test(
  `${COUNT} random documents of seed ${SEED} find no defect`,
  async () => {
    const documents = new RandomDocuments(schema, randomOf(SEED), ids);
    const seen = { answered: 0, refused: 0 };
    const wrong: unknown[] = [];
    for (let n = 0; n < COUNT; n++) {
      const request = documents.next();
      const { status, ms, text, hasData, codes } = await sendUntilFast(request);
      seen[hasData ? "answered" : "refused"] += 1;
      const isDefect = codes.includes("INTERNAL") || codes.includes("none") || /node_modules|\.[jt]s:\d+:\d/.test(text);
      if ((status === 200 || status === 400) && !isDefect && ms < LONGEST_MS) continue;
      if (wrong.push({ n, status, ms: Math.round(ms), text: text.slice(0, 500), ...request }) >= TOLD) break;
    }
    expect(wrong).toEqual([]);
    // Both kinds are there: a document that is always refused tests the parser alone.
    expect(seen.answered).toBeGreaterThan(COUNT / 20);
    expect(seen.refused).toBeGreaterThan(COUNT / 20);
  },
  PATIENCE_MS,
);
