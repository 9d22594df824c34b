import { describe, expect, test } from "@jest/globals";
import { actorOf, callerOf, may } from "./caller.js";
import { ROLES, type Right } from "./policy/policy-file.js";
import { Policy } from "./policy/policy.js";
import { defaultPolicy } from "./policy/read-policy.js";

describe("what a caller sees", () => {
  test("holds the tokens of his departments and his own", () => {
    const caller = callerOf({ user: "li", roles: ["sales"], departments: ["cn/east", "cn/west"] }, defaultPolicy);
    expect(caller.tokens).toEqual(["d:cn/east", "d:cn/west", "u:li"]);
  });
  test("a department below another of his adds nothing", () => {
    const caller = callerOf(
      { user: "li", roles: ["sales"], departments: ["cn/east", "cn", "cnx", "cn"] },
      defaultPolicy,
    );
    expect(caller.departments).toEqual(["cn", "cnx"]);
  });
  test.each(["admin", "manager", "importer"])("%s without departments sees the whole company", (role) => {
    expect(callerOf({ user: "wang", roles: [role] }, defaultPolicy).tokens).toEqual(["d:", "u:wang"]);
  });
  test("a manager of a department sees that one", () => {
    expect(callerOf({ user: "wang", roles: ["manager"], departments: ["cn"] }, defaultPolicy).tokens).toEqual([
      "d:cn",
      "u:wang",
    ]);
  });
  test("anybody else without departments sees what is assigned to them", () => {
    expect(callerOf({ user: "li", roles: ["merchandiser", "auditor"] }, defaultPolicy).tokens).toEqual(["u:li"]);
  });
  test.each([
    [["customer"], ["cn", ""]],
    [["supplier"], []],
    [["supplier", "manager"], ["cn"]],
  ])("%j of %j sees what is assigned to or shared with them, and nothing else", (roles, departments) => {
    const caller = callerOf({ user: "acme", roles, departments }, defaultPolicy);
    expect([caller.departments, caller.tokens]).toEqual([[], ["u:acme"]]);
  });
});

describe("where the policy lists departments", () => {
  const names = { en: "x", zh: "x" };
  const departments = ["cn", "cn/east", "cn/west"].map((path) => ({ path, ...names }));
  const listed = new Policy({ version: 1, groups: {}, roles: {}, departments });
  const of = (...paths: string[]) => callerOf({ user: "li", roles: ["sales"], departments: paths }, listed);

  test("they are taken, and the whole company", () => {
    expect(of("cn/east").departments).toEqual(["cn/east"]);
    expect(of("").departments).toEqual([""]);
  });
  test.each([
    ["cn/esat", "cn/east"],
    ["cn/east/sales/team-of-the-north", "cn/east"],
    ["de", undefined],
  ])("%s is refused, and %s named", (department, nearest) => {
    expect(() => of("cn", department)).toThrow(
      expect.objectContaining({
        code: "DEPARTMENT_UNKNOWN",
        message: expect.stringContaining(nearest === undefined ? "no department of the policy." : nearest),
        details: { department, ...(nearest === undefined ? {} : { nearest }) },
      }),
    );
  });
});

describe("an impossible identity is refused by name", () => {
  test.each([
    [{ user: " ", roles: ["sales"] }, "named with 1 to 100"],
    [{ user: "li", roles: [] }, "needs a role: merchandiser"],
    [{ user: "li", roles: ["boss"] }, '"boss" is not a role'],
    [{ user: "li", roles: ["sales"], departments: ["cn//east"] }, '"cn//east" is not a department'],
    [{ user: "li", roles: ["sales"], departments: Array.from({ length: 32 }, (_, n) => `d${n}`) }, "at most 31"],
  ])("%j", (identity, message) => {
    expect(() => callerOf(identity, defaultPolicy)).toThrow(
      expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining(message) }),
    );
  });
});

describe("rights", () => {
  const has = (roles: readonly string[], right: Right) => may(callerOf({ user: "li", roles }, defaultPolicy), right);
  test.each([
    ["backdate", ["importer", "admin"]],
    ["fulfilRights", ["manager", "admin"]],
    ["administer", ["admin"]],
  ] as const)("%s is of %j alone", (right, holders) => {
    expect(ROLES.filter((role) => has([role], right)).sort()).toEqual([...holders].sort());
    expect(has(["sales", holders[0]], right)).toBe(true);
  });
});

test("an importer is a program, everybody else a person", () => {
  expect(actorOf(callerOf({ user: "olist", roles: ["importer"] }, defaultPolicy))).toEqual({
    kind: "service",
    id: "olist",
  });
  expect(actorOf(callerOf({ user: "li", roles: ["importer", "sales"] }, defaultPolicy))).toEqual({
    kind: "person",
    id: "li",
  });
});
