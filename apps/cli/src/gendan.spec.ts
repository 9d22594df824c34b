import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Company } from "@gendan/all-in-one/company";
import { defaultPolicy, ownIssuer, signToken, TokenVerifier } from "@gendan/security";
import { temporaryDirectory } from "@gendan/testing";
import { openHere } from "./commands/data-folder.js";
import { secretOf } from "./commands/token.js";
import { gendan } from "./gendan.js";
import { languageOf, type Language } from "./terminal/texts.js";

const folder = join(temporaryDirectory(), "data");

const run = async (line: string, language: Language = "en") => {
  const out: string[] = [];
  const err: string[] = [];
  const args = line.split(" ").filter((word) => word !== "");
  const code = await gendan(args, language, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join("\n"), err: err.join("\n") };
};

describe("help", () => {
  const one = ["", "token", "import", "export", "sheet", "verify", "rebuild", "parked", "redrive"];
  const two = ["keys rotate", "reactions resume", "events tail", "events replay", "events describe"];
  test.each([...one, ...two])("of gendan %s", async (name) => {
    const english = await run(`${name} --help`);
    const chinese = await run(`${name} --help`, "zh");
    expect([english.code, chinese.code, english.err, chinese.err]).toEqual([0, 0, "", ""]);
    expect(english.out).toContain(`gendan ${name === "" ? "<command>" : name}`);
    expect(chinese.out).toMatch(/\p{Script=Han}/u);
  });
  test("is what gendan alone answers, as a wrong use", async () =>
    expect(await run("")).toMatchObject({ code: 2, err: "" }));
});

describe("wrong use is one line and exit code 2", () => {
  test.each([
    ["fly", 'there is no command "fly"'],
    ["reactions stop", 'there is no command "reactions stop"'],
    ["keys lose", 'there is no command "keys lose"'],
    ["verify --colour red", "There is no flag --colour."],
    ["verify now", '"now" is one word too many.'],
    ["import olist", "<folder> is missing."],
    ["export orders --out orders.pdf", "--out takes a file that ends with .csv or .xlsx."],
    ["sheet orders /nowhere.csv", "There is no file /nowhere.csv."],
    ["import olist x --concurrency none", "--concurrency takes a whole number from 1 to 1000."],
    ["import olist x --json=yes", "--json takes no value."],
    ["verify --url nowhere", "--url needs a value."],
    ["token --role admin", "--user is missing."],
    ["token --user li --role", "--role needs a value."],
    ["reactions resume --service order", "--from is missing."],
    ["events", 'there is no command "events"'],
    ["events tail --from yesterday", "--from takes a time with its zone"],
    ["events tail --limit 0", "--limit takes a whole number"],
    ["events replay", "--service is missing."],
    ["events describe order.delivered now", '"now" is one word too many.'],
    ["events describe order.delivered --version 99", "--version takes a whole number from 1 to"],
  ])("gendan %s", async (line, message) => {
    const { code, err, out } = await run(line);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(err.split("\n")).toHaveLength(1);
  });
});

describe("what cannot be done is one line and exit code 1", () => {
  test.each([
    [`verify --data ${folder}-missing`, "There is no data folder"],
    [`import nowhere x --data ${folder}`, "There is no mapping nowhere"],
    [`token --role boss --user li --data ${folder}`, '"boss" is not a role'],
    ["events describe order.deliverd", "There is no public event order.deliverd; there are order.received, "],
    [`token --role admin --user li --expires soon --data ${folder}`, '"soon" is not a span'],
  ])("gendan %s", async (line, message) => {
    const { code, err } = await run(line);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err.split("\n")).toHaveLength(1);
  });
});

test("a token says who its bearer is, signed by the folder's own secret", async () => {
  const { code, out } = await run(`token --role sales --role service --user li --department cn/east --data ${folder}`);
  const verifier = new TokenVerifier([ownIssuer(await secretOf(folder))], defaultPolicy);
  expect(code).toBe(0);
  expect(await verifier.verify(`Bearer ${out}`)).toMatchObject({
    user: "li",
    roles: ["sales", "service"],
    departments: ["cn/east"],
  });
});

describe("the server that --url names", () => {
  let company: Company;
  let url: string;
  let admin: string;
  beforeAll(async () => {
    company = await openHere("memory");
    url = await company.listen({ port: 0, host: "127.0.0.1" });
    admin = await signToken(company.secret, { user: "ops", roles: ["admin"], expiresIn: "1h" });
  });
  afterAll(() => company.stop());

  test.each([
    ["verify", "documents are what the log says."],
    ["rebuild facts", "facts"],
    ["parked", "Nothing is parked."],
    ["redrive", "0"],
  ])("does gendan %s, without a data folder here", async (line, message) => {
    const { code, out, err } = await run(`${line} --url ${url}/ --token ${admin} --data ${folder}-missing`);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(message);
  });

  test("says in one line that there is no master key to rotate to", async () => {
    const { code, out, err } = await run(`keys rotate --url ${url} --token ${admin}`);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe("gendan: There is no master key: name one in GENDAN_MASTER_KEY or GENDAN_MASTER_KEY_FILE.");
  });

  test("refuses a token without the role", async () => {
    const sales = await signToken(company.secret, { user: "li", roles: ["sales"], expiresIn: "1h" });
    const { code, out, err } = await run(`parked --url ${url} --token ${sales}`);
    expect([code, out]).toEqual([1, ""]);
    expect(err.split("\n")).toHaveLength(1);
  });

  test("is said not to answer when nobody does", async () => {
    expect(await run(`parked --url http://127.0.0.1:9 --token ${admin}`)).toMatchObject({
      code: 1,
      err: "gendan: http://127.0.0.1:9 does not answer.",
    });
  });
});

describe("the audit of a data folder", () => {
  const audited = temporaryDirectory();
  const at = `--data ${audited}`;
  const file = () => join(audited, "audit/order-1", readdirSync(join(audited, "audit/order-1")).find((each) => each.endsWith(".jsonl"))!); // prettier-ignore
  let company: Company | undefined;
  afterAll(() => company?.stop());

  test("is verified and listed while the folder is in use, with its newest entries not signed yet", async () => {
    company = await openHere({ directory: audited });
    const url = await company.listen({ port: 0, host: "127.0.0.1" });
    const headers = { "content-type": "application/json", authorization: `Bearer ${await signToken(company.secret, { user: "li", roles: ["sales"], departments: ["cn"], expiresIn: "1h" })}` }; // prettier-ignore
    const orderId = "0190a1f2-0000-7000-8000-000000000001";
    const query = `mutation { verifyOrder(input: { commandId: "c", orderId: "${orderId}" }) { userErrors { code } } }`;
    await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });

    const verified = await run(`audit verify ${at}`);
    expect([verified.code, verified.err]).toEqual([0, ""]);
    expect(verified.out).toContain("order-1  2 entries, signed up to 0; the newest 2 are not signed yet");
    expect(verified.out).toContain("4 audit streams are whole.");
    const listed = await run(`audit list ${at} --user li --subject ${orderId}`);
    expect([listed.code, listed.out.split("\n").length]).toEqual([0, 1]);
    expect(listed.out).toMatch(/order-1:2 {2}li {2}refused verifyOrder {2}[A-Z_]+ {2}orderId=0190a1f2/);
    expect((await run(`audit list ${at} --limit 1`)).out).toMatch(/There are more: --after \S+$/);
    expect((await run(`audit heads ${at}`)).out).toMatch(/^order-1 {2}2 {2}[\da-f]{64}$/m);
    expect((await run(`audit verify ${at}`)).out).toContain("order-1  2 entries, signed up to 2\n");
  });

  test("says where it was edited, and where its end was cut off", async () => {
    await company!.stop();
    company = undefined;
    const whole = readFileSync(file(), "utf8");
    writeFileSync(file(), whole.replace('"user":"li"', '"user":"wang"'));
    expect(await run(`audit verify ${at}`)).toMatchObject({ code: 1, out: expect.stringContaining(`was edited (entry 2):  ${file()}:2`) }); // prettier-ignore
    writeFileSync(file(), whole.slice(0, whole.indexOf("\n") + 1));
    const cut = await run(`audit verify ${at}`, "zh");
    expect([cut.code, cut.out]).toEqual([1, expect.stringContaining("及其后被截断（第 2 条）")]);
    const json = JSON.parse((await run(`audit verify --json ${at}`)).out) as { streams: { stream: string; faults: object[] }[] }; // prettier-ignore
    expect(json.streams.find(({ stream }) => stream === "order-1")!.faults).toMatchObject([{ kind: "cut", n: 2 }]);
    writeFileSync(file(), whole);
    expect((await run(`audit verify ${at}`)).code).toBe(0);
  });

  test("that is not there is said not to be", async () => {
    expect(await run(`audit verify --data ${audited}-missing`)).toMatchObject({ code: 1, err: expect.stringContaining("There is no audit in") }); // prettier-ignore
  });
});

test.each([
  [{ LANG: "zh_CN.UTF-8" }, "zh"],
  [{ LANG: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
  [{}, "en"],
])("the language of %j is %s", (environment, language) => expect(languageOf(environment)).toBe(language));
