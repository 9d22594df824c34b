// gendan events: watching, replaying and explaining public events, on a company that runs and on a folder that nobody has open.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Company } from "@gendan/all-in-one/company";
import { readPublic } from "@gendan/contracts";
import { signToken } from "@gendan/security";
import { eventually, temporaryDirectory } from "@gendan/testing";
import { openHere } from "./commands/data-folder.js";
import { gendan } from "./gendan.js";

const folder = join(temporaryDirectory(), "data");
const out: string[] = [];
let company: Company;
let there: string;

/** One command; what it prints is in `out`, also while it runs. */
async function run(line: string): Promise<string[]> {
  out.length = 0;
  const err: string[] = [];
  const code = await gendan(line.split(" "), "en", {
    out: (text) => void out.push(text),
    err: (text) => err.push(text),
  });
  expect([code, err]).toEqual([0, []]);
  return [...out];
}

async function register(commandId: string): Promise<string> {
  const token = await signToken(company.secret, { user: "li", roles: ["admin"], expiresIn: "1h" });
  const query = `mutation { registerCustomer(input: { commandId: "${commandId}", kind: ORGANISATION, name: "Blauberg",
    country: "DE", language: "de", department: "cn/east" }) { customer { id } userErrors { code } } }`;
  const { body } = await company.gateway.server.inject({
    method: "POST",
    url: "/graphql",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    payload: { query },
  });
  const answer = JSON.parse(body) as { data: { registerCustomer: { customer: { id: string } } } };
  expect(answer).toMatchObject({ data: { registerCustomer: { userErrors: [] } } });
  return answer.data.registerCustomer.customer.id;
}

interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
  readonly dataschema: string;
  readonly data: unknown;
}
/** The log has more than what was told: the blocks of numbers. */
const replayed = expect.stringMatching(
  /^2 public events were published again, of \d in the log of customer\.$/,
) as unknown;
const eventsIn = (lines: readonly string[]): CloudEvent[] => lines.map((line) => JSON.parse(line) as CloudEvent);

beforeAll(async () => {
  company = await openHere({ directory: folder });
  const url = await company.listen({ port: 0, host: "127.0.0.1" });
  const admin = await signToken(company.secret, { user: "ops", roles: ["admin"], expiresIn: "1h" });
  there = `--url ${url} --token ${admin}`;
});
afterAll(() => company.stop());

describe("of a running company", () => {
  test("are shown as they come, as CloudEvents that the contract reads", async () => {
    const first = await register("one");
    await eventually(() => company.services.get("customer")!.caughtUp());
    const following = run(`events tail --from first --type customer.registered --limit 2 --json ${there}`);
    await eventually(() => out.length === 1);
    const second = await register("two");
    const events = eventsIn(await following);
    expect(events.map(({ type, subject }) => [type, subject])).toEqual([
      ["customer.registered", first],
      ["customer.registered", second],
    ]);
    for (const { type, dataschema, data } of events) {
      expect(readPublic(type, Number(dataschema.split(":").at(-1)), data)).toMatchObject({ type, country: "DE" });
    }
  });

  test("end with what is there, filtered by topic, type, key and time", async () => {
    const all = eventsIn(await run(`events tail --no-follow --json ${there}`));
    expect(all).toHaveLength(2);
    const one = all[1]!;
    const filters = [
      `--key ${one.subject}`,
      `--topic gendan.customers --key ${one.subject} --limit 5`,
      `--from 2026-01-01T00:00:00Z --key ${one.subject}`,
    ];
    for (const filter of filters) {
      expect(eventsIn(await run(`events tail --no-follow --json ${filter} ${there}`))).toEqual([one]);
    }
    for (const none of ["--topic gendan.orders", "--type order.received", "--from 2999-01-01T00:00:00Z"]) {
      expect(await run(`events tail --no-follow ${none} ${there}`)).toEqual([]);
    }
  });

  test("are refused by a topic or type that there is not", async () => {
    const err: string[] = [];
    const line = `events tail --no-follow --topic gendan.nothing ${there}`;
    expect(await gendan(line.split(" "), "en", { out: () => undefined, err: (text) => err.push(text) })).toBe(1);
    expect(err.join()).toContain("gendan.orders");
  });

  test("come again by a replay: the same ids, in the same order", async () => {
    const before = eventsIn(await run(`events tail --no-follow --json ${there}`));
    expect(await run(`events replay --service customer ${there}`)).toEqual([replayed]);
    expect(eventsIn(await run(`events tail --no-follow --json ${there}`))).toEqual([...before, ...before]);
    const [, second] = before;
    await run(`events replay --service customer --key ${second!.subject} --type customer.registered ${there}`);
    await run(`events replay --service customer --to 2026-01-01T00:00:00Z ${there}`);
    expect(eventsIn(await run(`events tail --no-follow --json ${there}`))).toEqual([...before, ...before, second]);
    await eventually(() => company.services.get("analytics")!.caughtUp());
    expect(await run(`verify ${there}`)).toEqual([expect.stringContaining("are what the log says.")]);
  });
});

describe("of a folder that nobody has open", () => {
  beforeAll(() => company.stop());
  test("are shown as far as they are there", async () => {
    const lines = await run(`events tail --from first --limit 1 --data ${folder}`);
    expect(lines).toEqual([expect.stringMatching(/^20\S+ {2}customer\.registered {2}\S+ {2}#0 {2}\{/)]);
    expect(await run(`events tail --data ${folder}`)).toHaveLength(5);
  });
  test("are published again", async () => {
    expect(await run(`events replay --service customer --data ${folder}`)).toEqual([replayed]);
  });
});

describe("describe", () => {
  test("says what a type carries, with the class of each field", async () => {
    const text = (await run("events describe order.delivered")).join("\n");
    expect(text).toContain("order.delivered: Goods of the order arrived");
    expect(text).toContain("Topic: gendan.orders");
    expect(text).toMatch(/customerId +\S+, pseudonymousId, optional/);
    expect(text).toMatch(/lines\[\]\.lateDays +integer, none, required/);
    expect(text).toContain('"deliveredOn": "2027-02-02"');
  });
  test("gives the schema of a version", async () => {
    const schema = JSON.parse((await run("events describe order.delivered --version 1 --json")).join("\n")) as object;
    expect(schema).toMatchObject({ $id: "urn:gendan:order.delivered:1", "x-topic": "gendan.orders" });
  });
  test("lists every type with its sentence", async () => {
    const lines = await run("events describe");
    expect(lines.length).toBeGreaterThan(40);
    expect(lines).toContainEqual(expect.stringMatching(/^order\.delivered +Goods of the order arrived/));
  });
});
