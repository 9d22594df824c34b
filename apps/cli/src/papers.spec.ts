// gendan export and gendan sheet, against the company of a folder.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Company } from "@gendan/all-in-one/company";
import { newId } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { temporaryDirectory } from "@gendan/testing";
import { openHere } from "./commands/data-folder.js";
import { gendan } from "./gendan.js";

/** Gone after the company that is in it. */
const home = mkdtempSync(join(tmpdir(), "gendan-papers-"));
const directory = join(home, "data");
const file = join(temporaryDirectory(), "orders.csv");
const orderId = newId();
let company: Company;
beforeAll(async () => {
  company = await openHere({ directory });
  const authorization = `Bearer ${await signToken(company.secret, { user: "li", roles: ["manager"], expiresIn: "1h" })}`;
  const line = { sku: "A", quantity: "1", unitPrice: { minor: "1", currency: "CNY" }, requestedOn: "2027-03-01" };
  const order = {
    id: orderId,
    channel: "SALES",
    customerId: newId(),
    currency: "CNY",
    department: "cn",
    lines: [line],
  };
  const query = "mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) { userErrors { code } } }";
  const answer = await company.request(authorization, {
    query,
    variables: { input: { commandId: newId(), ...order } },
  });
  expect(answer).toEqual({ data: { receiveOrder: { userErrors: [] } } });
  await company.settled();
  await company.listen({ port: 0, host: "127.0.0.1" });
}, 60_000);
afterAll(async () => {
  await company.stop();
  rmSync(home, { recursive: true });
});

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await gendan([...args, "--data", directory], "en", {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err: err.join("\n") };
}

test("a list is written to a file, edited there, and comes back", async () => {
  expect(await run("export", "orders", "--out", file, "--filter", '{"department":"cn"}')).toEqual({
    code: 0,
    out: [file],
    err: "",
  });
  const [heading, row] = readFileSync(file, "utf8").trimEnd().split("\r\n") as [string, string];
  const at = heading.split(",").indexOf("Assignee");
  const fields = row.split(",");
  expect(fields[at]).toBe("li");
  fields[at] = "wang";
  writeFileSync(file, `${heading}\r\n${fields.join(",")}\r\n`);
  const sheet = (...more: string[]) => run("sheet", "orders", file, ...more);
  const row2 = `Row 2  ${orderId}  accepted  assignOrder`;
  expect(await sheet()).toEqual({ code: 0, out: [row2, "Dry run: 1 accepted, 0 unchanged, 0 refused"], err: "" });
  expect(await sheet("--apply")).toEqual({ code: 0, out: [row2, "1 accepted, 0 unchanged, 0 refused"], err: "" });
  expect((await sheet("--apply")).out).toEqual(["0 accepted, 1 unchanged, 0 refused"]);
  fields[at] = "zhao";
  writeFileSync(file, `${heading}\r\n${fields.join(",")}\r\n`);
  const stale = await sheet("--apply");
  expect([stale.code, stale.out.at(-1)]).toEqual([1, "0 accepted, 0 unchanged, 1 refused"]);
  expect(stale.out[0]).toContain(`Row 2  ${orderId}  refused  STALE_ROW: The order has changed since the export`);
});

test("lines are corrected while that may be, then an amendment is proposed, and it is named", async () => {
  const lines = join(temporaryDirectory(), "lines.csv");
  const change = async (column: string, value: string, ...more: string[]) => {
    await run("export", "order-lines", "--out", lines);
    const [heading, row] = readFileSync(lines, "utf8").trimEnd().split("\r\n") as [string, string];
    const fields = row.split(",").map((field, at) => (heading.split(",")[at] === column ? value : field));
    writeFileSync(lines, `${heading}\r\n${fields.join(",")}\r\n`);
    return (await run("sheet", "order-lines", lines, "--apply", ...more)).out[0];
  };
  expect(await change("Unit price", "0.02")).toBe(`Row 2  ${orderId}  accepted  correctOrder`);
  expect(await change("Unit price", "x")).toBe(`Row 2  ${orderId}  refused  VALUE_INVALID: Unit price: x is no amount of CNY: write it as 12.50.`); // prettier-ignore
  for (const [user, mutation, more] of [
    ["wang", "verifyOrder", ""],
    ["wang", "confirmOrder", ", promiseRequested: true"],
  ] as const) {
    const authorization = `Bearer ${await signToken(company.secret, { user, roles: ["manager"], expiresIn: "1h" })}`;
    const query = `mutation { told: ${mutation}(input: { commandId: "${newId()}", orderId: "${orderId}"${more} }) { userErrors { code } } }`;
    expect(await company.request(authorization, { query })).toEqual({ data: { told: { userErrors: [] } } });
  }
  await company.settled();
  expect(await change("Quantity", "3", "--reason", "more-needed")).toMatch(
    new RegExp(`^Row 2  ${orderId}  accepted  proposeAmendment  amendment [0-9a-f-]{36}$`),
  );
});

test("what is refused is told in one line, and leaves no file", async () => {
  const out = join(temporaryDirectory(), "secrets.csv");
  const { code, err } = await run("export", "secrets", "--out", out);
  expect([code, existsSync(out), existsSync(`${out}.part`)]).toEqual([1, false, false]);
  expect(err).toContain("There is no export secrets.csv. There are: ");
  expect((await run("sheet", "secrets", file)).err).toContain(
    "There is no sheet secrets. There are: orders, order-lines.",
  );
});
