// docs/walkthrough, carried out: every file in its order, over HTTP, as the person whom it names, with what it says is expected.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { messageValidator } from "@gendan/contracts/tooling/validator";
import { auditKeyOf, Sealer, signToken, type Entry } from "@gendan/security";
import { streamsIn, verifyStream } from "@gendan/security/audit/verify-audit";
import { createLog } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing";
import { auditFolder, auditSecret } from "./audit.js";
import { openCompany, type Company } from "./company.js";
import { everyMessage } from "./every-message.js";

const FOLDER = join(import.meta.dirname, "../../../docs/walkthrough");
const DAY_MS = 86_400_000;

interface Step {
  readonly file: string;
  readonly query: string;
  readonly user: string;
  readonly role: string;
  readonly department: string;
  /** What another service must have heard of before: the query that waits for it, and the name of a kept settle token. */
  readonly first?: { readonly query: string; readonly token: string };
  /** JSON with placeholders such as {{orderId}}, {{revision+1}} or {{today+20}}. */
  readonly variables: string;
  readonly expected: string;
  readonly keep: readonly { readonly name: string; readonly path: string }[];
}

interface Payload {
  readonly settleToken: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}
type Data = Readonly<Record<string, unknown>>;

/** What a mutation acts on, where it acts on something: who offers the action, and the input's field that names it. */
const offeredBy: Readonly<Record<string, readonly [node: string, field: string]>> = Object.fromEntries(
  Object.entries({
    customer: "registerContact logInteraction recordSatisfaction openCase",
    order:
      "correctOrder recordDiscrepancy resolveDiscrepancy verifyOrder confirmOrder repromiseSchedule placeHold " +
      "releaseHold cancelOrder acceptDelivery closeOrder",
    shipment: "bookShipment dispatchShipment recordCheckpoint confirmDelivery",
    case: "answerCase closeCase",
    issue: "triageIssue confirmCause addAction completeAction resolveIssue verifyIssue closeIssue",
  }).flatMap(([node, verbs]) => verbs.split(" ").map((verb) => [verb, [node, `${node}Id`]])),
);

const files = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".graphql"))
  .sort();
const steps = files.map((file) => read(file, readFileSync(join(FOLDER, file), "utf8")));

const kept = new Map<string, unknown>([["today", new Date().toISOString().slice(0, 10)]]);
let lastToken = "";
let directory: string;
let company: Company;
/** What was refused and opened, as whoever asked and the sealer saw it. */
const refused: { readonly user: string; readonly command: string; readonly codes: readonly string[] }[] = [];
const opened: string[] = [];
const open = jest.spyOn(Sealer.prototype, "open");
let url: string;

beforeAll(async () => {
  const log = createLog({ level: "silent", service: "walkthrough" });
  directory = temporaryDirectory();
  company = await openCompany({ where: { directory }, log });
  url = await company.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => company.stop());

describe("the walkthrough", () => {
  for (const step of steps) test(step.file.replace(".graphql", ""), () => carryOut(step));

  test("ends with a timeline over all four services", () => {
    const types = new Set((kept.get("timeline") as readonly { type: string }[]).map(({ type }) => type));
    for (const type of [
      ...["order.received", "order.discrepancy.resolved", "order.verified", "order.confirmed", "order.hold.released"],
      ...["shipment.planned", "order.allocated", "shipment.dispatched", "shipment.delivered", "order.completed"],
      ...["receipt.allocated", "satisfaction.recorded", "case.opened", "issue.triaged", "issue.closed", "case.closed"],
      "order.closed",
    ])
      expect(types).toContain(type);
  });

  const nodes: Readonly<Record<string, string>> = {
    Customer: "{ number name }",
    Contact: "{ name customer { id } }",
    Order: "{ number customer { name } timeline(first: 1) { nodes { type } } }",
    Shipment: "{ number }",
    Receipt: "{ number amount { currency } }",
    Case: "{ number }",
    Issue: "{ number }",
  };
  test.each(Object.entries(nodes))("has %s as a node", async (type, selected) => {
    const { user, role, department } = steps[0]!;
    const id = kept.get(`${type.toLowerCase()}Id`);
    const own = `${type.toLowerCase()}(id: $id) ${selected}`;
    const query = `query ($id: ID!) { node(id: $id) { __typename id ... on ${type} ${selected} } ${own} }`;
    const data = await ask({ user, role, department }, query, { id });
    expect(data["node"]).toEqual({ __typename: type, id, ...(data[type.toLowerCase()] as Data) });
    const elsewhere = { user: "otto", role, department: "de" };
    expect(await ask(elsewhere, "query ($id: ID!) { node(id: $id) { id } }", { id })).toEqual({ node: null });
  });

  test("has no node of an id that nothing has", async () => {
    for (const id of ["0195f000-0000-7000-8000-000000000000", "nothing"])
      expect(await ask(steps[0]!, "query ($id: ID!) { node(id: $id) { id } }", { id })).toEqual({ node: null });
  });

  test("has put on the bus what the contracts allow, and nothing else", async () => {
    await company.settled();
    const messages = await everyMessage(company);
    expect(new Set(messages.map(({ type }) => type)).size).toBeGreaterThan(25);
    expect(messages.flatMap(messageValidator())).toEqual([]);
  });

  test("has left in the audit every refused command and every opening of a personal value, and no value", async () => {
    const entries = streamsIn(auditFolder(directory)).flatMap(entriesOf);
    const refusals = entries.flatMap((entry) => (entry.kind === "refused" ? [entry] : []));
    const told = refusals.sort((a, b) => a.at.localeCompare(b.at)); // of several streams

    expect(told.map(({ user, command, codes }) => ({ user, command, codes }))).toEqual(refused);
    expect(refused.length).toBeGreaterThan(2);
    for (const { about } of told) expect(Object.keys(about)).not.toEqual([]);

    for (const [index, { value }] of open.mock.results.entries()) {
      const [values, { caller, operation }] = open.mock.calls[index]!;
      ((await value) as (string | null)[]).forEach((text, at) => {
        const { field, sealed } = values[at]!;
        if (text !== null) opened.push(`${caller.user} ${operation} ${sealed.subject} ${field}`);
      });
    }
    const openings = entries.flatMap((entry) =>
      entry.kind !== "opened"
        ? []
        : entry.opened.flatMap(({ fields, subjects }) =>
            fields.flatMap((field) => subjects.map((of) => `${entry.user} ${entry.operation} ${of} ${field}`)),
          ),
    );
    expect(opened.length).toBeGreaterThan(5);
    expect(new Set(openings)).toEqual(new Set(opened));
    expect(opened.filter((each) => / {2}/.test(each))).toEqual([]); // every one by an operation
    for (const stream of streamsIn(auditFolder(directory))) {
      const key = auditKeyOf(await auditSecret(company.keys));
      expect((await verifyStream(auditFolder(directory), stream, key)).faults).toEqual([]);
    }
  });
});

const entriesOf = (stream: string): Entry[] =>
  readdirSync(join(auditFolder(directory), stream))
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) =>
      readFileSync(join(auditFolder(directory), stream, file), "utf8")
        .trim()
        .split("\n"),
    )
    .map((line) => JSON.parse(line) as Entry);

async function carryOut(step: Step): Promise<void> {
  if (step.first) await settled(step, step.first);
  const variables = JSON.parse(filled(step.variables)) as Data;
  const expected = JSON.parse(filled(step.expected)) as Data;
  await offered(step, variables, expected);
  const would = await dryRun(step, variables);
  const data = await ask(step, step.query, variables);
  if (would) expect(outcomesIn(would)).toEqual(outcomesIn(data));
  for (const [field, answer] of Object.entries(data)) {
    const { userErrors, settleToken } = (answer ?? {}) as Partial<Payload>;
    if (userErrors && !("userErrors" in (expected[field] as object))) expect(userErrors).toEqual([]);
    if (settleToken) lastToken = settleToken;
  }
  for (const { command, codes } of [...outcomesIn(would ?? {}), ...outcomesIn(data)])
    if (codes.length > 0) refused.push({ user: step.user, command, codes });
  expect(data).toMatchObject(expected);
  for (const { name, path } of step.keep) {
    const value = path.split(".").reduce<unknown>((at, key) => (at as Data | undefined)?.[key], data);
    expect({ [name]: value ?? undefined }).toEqual({ [name]: expect.anything() });
    kept.set(name, value);
  }
}

/** What a mutation says that it would do; it has done nothing. Undefined for a query. */
async function dryRun(step: Step, variables: Data): Promise<Data | undefined> {
  const query = step.query.replace(/\((input: \$\w+)\)/g, "($1, dryRun: true)");
  if (query === step.query) return undefined;
  await company.settled();
  const before = await heads();
  const would = await ask(step, query, variables);
  expect(await heads()).toEqual(before);
  for (const answer of Object.values(would)) expect((answer as Payload).settleToken ?? null).toBeNull();
  return would;
}
const heads = () => Promise.all([...company.services.values()].map(({ engines }) => engines.eventStore.head()));

/** What became of each command, and in which state an order of its answer is. */
const outcomesIn = (data: Data) =>
  Object.entries(data).map(([command, answer]) => {
    const { userErrors = [], order } = (answer ?? {}) as Partial<Payload> & { readonly order?: Data | null };
    return { command, codes: userErrors.map(({ code }) => code), lifecycle: order?.["lifecycle"] };
  });

/** What availableActions lists is accepted, and what is refused is not listed: for this person, right before. */
async function offered(step: Step, { input }: Data, expected: Data): Promise<void> {
  const [verb = ""] = Object.keys(expected);
  const [node, field] = offeredBy[verb] ?? [];
  if (node === undefined || field === undefined) return;
  const id = (input as Data)[field];
  const data = await ask(step, `query ($id: ID!) { ${node}(id: $id) { availableActions } }`, { id });
  const { availableActions } = data[node] as { readonly availableActions: readonly string[] };
  if ("userErrors" in (expected[verb] as object)) expect(availableActions).not.toContain(verb);
  else expect(availableActions).toContain(verb);
}

async function settled(step: Step, { query, token }: NonNullable<Step["first"]>): Promise<void> {
  const data = await ask(step, `query ($token: String!) { ${query}(token: $token) }`, {
    token: token === "" ? lastToken : kept.get(token),
  });
  expect(data).toEqual({ [query]: true });
}

type Person = Pick<Step, "user" | "role" | "department">;

async function ask({ user, role, department }: Person, query: string, variables: Data): Promise<Data> {
  const token = await signToken(company.secret, { user, roles: [role], departments: [department], expiresIn: "1h" });
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { readonly data?: Data; readonly errors?: unknown };
  expect(answer.errors).toBeUndefined();
  return answer.data!;
}

function read(file: string, query: string): Step {
  const comments = query.split("\n").filter((line) => line.startsWith("#"));
  const [user = "", role = "", department = ""] = directive(comments, "as").split(", ");
  const [, waitsFor, token = ""] = /^(\w+)(?:\((\w+)\))?$/.exec(directive(comments, "first")) ?? [];
  return {
    file,
    query,
    user,
    role,
    department,
    ...(waitsFor === undefined ? {} : { first: { query: waitsFor, token } }),
    variables: directive(comments, "variables"),
    expected: directive(comments, "expect"),
    keep: directive(comments, "keep")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => /^(?<name>\w+) = (?<path>[\w.]+)$/.exec(line)!.groups as { name: string; path: string }),
  };
}

/** What stands behind `# name:`, on its line and on the deeper lines below it; of several such, a line each. */
function directive(comments: readonly string[], name: string): string {
  const found: string[] = [];
  let inside = false;
  for (const line of comments) {
    const [, key, rest = ""] = /^# (\w+):(?: (.*))?$/.exec(line) ?? [];
    if (key !== undefined) inside = key === name;
    else if (!line.startsWith("#   ")) inside = false;
    if (inside) found.push(key === undefined ? line.slice(2) : rest);
  }
  return found.join("\n").trim();
}

/** Placeholders as what they stand for; days and revisions can be counted on from. */
const filled = (text: string): string =>
  text.replace(/\{\{(\w+)([+-]\d+)?\}\}/g, (_, name: string, shift = "+0") => {
    if (!kept.has(name)) throw new Error(`Nothing is kept as ${name}.`);
    const value = String(kept.get(name));
    if (name !== "today") return shift === "+0" ? value : String(Number(value) + Number(shift));
    return new Date(Date.parse(value) + Number(shift) * DAY_MS).toISOString().slice(0, 10);
  });
