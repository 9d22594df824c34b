import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { TokenVerifier } from "@gendan/security";
import { temporaryDirectory } from "@gendan/testing";
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
  test.each(["", "token", "import", "verify", "rebuild", "parked", "redrive", "reactions resume"])(
    "of gendan %s",
    async (name) => {
      const english = await run(`${name} --help`);
      const chinese = await run(`${name} --help`, "zh");
      expect([english.code, chinese.code, english.err, chinese.err]).toEqual([0, 0, "", ""]);
      expect(english.out).toContain(`gendan ${name === "" ? "<command>" : name}`);
      expect(chinese.out).toMatch(/\p{Script=Han}/u);
    },
  );
  test("is what gendan alone answers, as a wrong use", async () =>
    expect(await run("")).toMatchObject({ code: 2, err: "" }));
});

describe("wrong use is one line and exit code 2", () => {
  test.each([
    ["fly", 'there is no command "fly"'],
    ["reactions stop", 'there is no command "reactions stop"'],
    ["verify --colour red", "There is no flag --colour."],
    ["verify now", '"now" is one word too many.'],
    ["import olist", "<folder> is missing."],
    ["import olist x --concurrency none", "--concurrency takes a whole number from 1 to 1000."],
    ["import olist x --json=yes", "--json takes no value."],
    ["token --role admin", "--user is missing."],
    ["token --user li --role", "--role needs a value."],
    ["reactions resume --service order", "--from is missing."],
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
  const verifier = new TokenVerifier(await secretOf(folder));
  expect(code).toBe(0);
  expect(await verifier.verify(`Bearer ${out}`)).toMatchObject({
    user: "li",
    roles: ["sales", "service"],
    departments: ["cn/east"],
  });
});

test.each([
  [{ LANG: "zh_CN.UTF-8" }, "zh"],
  [{ LANG: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
  [{}, "en"],
])("the language of %j is %s", (environment, language) => expect(languageOf(environment)).toBe(language));
