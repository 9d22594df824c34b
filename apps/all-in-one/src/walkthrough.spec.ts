// docs/walkthrough, carried out: every file in its order, over HTTP, as the person whom it names, with what it says is expected.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { messageValidator } from "@gendan/contracts/tooling/validator";
import { auditKeyOf, Sealer, type Entry } from "@gendan/security";
import { streamsIn, verifyStream } from "@gendan/security/audit/verify-audit";
import { createLog } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing";
import { auditFolder, auditSecret } from "./audit.js";
import { openCompany, type Company } from "./company.js";
import { everyMessage } from "./every-message.js";
import { Walkthrough, type Data } from "./walkthrough/spec.js";

let directory: string;
let company: Company;
/** What was opened, as whoever asked saw it, and as the sealer did. */
const opened: string[] = [];
const open = jest.spyOn(Sealer.prototype, "open");
let url: string;
const walk = new Walkthrough("walkthrough", () => ({ company, url }));
const { kept, refused, elsewhere } = walk;

beforeAll(async () => {
  const log = createLog({ level: "silent", service: "walkthrough" });
  directory = temporaryDirectory();
  company = await openCompany({ where: { directory }, log });
  url = await company.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => company.stop());

describe("the walkthrough", () => {
  walk.tests();

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
    const { user, role, department } = walk.steps[0]!;
    const id = kept.get(`${type.toLowerCase()}Id`);
    const own = `${type.toLowerCase()}(id: $id) ${selected}`;
    const query = `query ($id: ID!) { node(id: $id) { __typename id ... on ${type} ${selected} } ${own} }`;
    const data = await walk.ask({ user, role, department }, query, { id });
    expect(data["node"]).toEqual({ __typename: type, id, ...(data[type.toLowerCase()] as Data) });
    const elsewhere = { user: "otto", role, department: "de" };
    expect(await walk.ask(elsewhere, "query ($id: ID!) { node(id: $id) { id } }", { id })).toEqual({ node: null });
  });

  test("has no node of an id that nothing has", async () => {
    for (const id of ["0195f000-0000-7000-8000-000000000000", "nothing"])
      expect(await walk.ask(walk.steps[0]!, "query ($id: ID!) { node(id: $id) { id } }", { id })).toEqual({
        node: null,
      });
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
    for (const [index, { about }] of told.entries()) {
      if (!elsewhere.has(refused[index]!)) expect(Object.keys(about)).not.toEqual([]);
    }

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
