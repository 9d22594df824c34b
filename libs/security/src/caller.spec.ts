import { describe, expect, test } from "@jest/globals";
import { actorOf, callerOf } from "./caller.js";
import { may } from "./policy.js";

describe("what a caller sees", () => {
  test("holds the tokens of his departments and his own", () => {
    const caller = callerOf({ user: "li", roles: ["sales"], departments: ["cn/east", "cn/west"] });
    expect(caller.tokens).toEqual(["d:cn/east", "d:cn/west", "u:li"]);
  });
  test("a department below another of his adds nothing", () => {
    const caller = callerOf({ user: "li", roles: ["sales"], departments: ["cn/east", "cn", "cnx", "cn"] });
    expect(caller.departments).toEqual(["cn", "cnx"]);
  });
  test.each(["admin", "manager", "importer"])("%s without departments sees the whole company", (role) => {
    expect(callerOf({ user: "wang", roles: [role] }).tokens).toEqual(["d:", "u:wang"]);
  });
  test("a manager of a department sees that one", () => {
    expect(callerOf({ user: "wang", roles: ["manager"], departments: ["cn"] }).tokens).toEqual(["d:cn", "u:wang"]);
  });
  test("anybody else without departments sees what is assigned to them", () => {
    expect(callerOf({ user: "li", roles: ["merchandiser", "auditor"] }).tokens).toEqual(["u:li"]);
  });
});

describe("an impossible identity is refused by name", () => {
  test.each([
    [{ user: " ", roles: ["sales"] }, "named with 1 to 100"],
    [{ user: "li", roles: [] }, "needs a role: admin"],
    [{ user: "li", roles: ["boss"] }, '"boss" is not a role'],
    [{ user: "li", roles: ["sales"], departments: ["cn//east"] }, '"cn//east" is not a department'],
    [{ user: "li", roles: ["sales"], departments: Array.from({ length: 32 }, (_, n) => `d${n}`) }, "at most 31"],
  ])("%j", (identity, message) => {
    expect(() => callerOf(identity)).toThrow(
      expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining(message) }),
    );
  });
});

describe("rights", () => {
  test("importers and admins tell of the past", () => {
    expect(may({ roles: ["importer"] }, "backdate")).toBe(true);
    expect(may({ roles: ["manager", "sales"] }, "backdate")).toBe(false);
  });
  test("an auditor reads no personal values, unless by another role", () => {
    expect(may({ roles: ["auditor"] }, "openPersonal")).toBe(false);
    expect(may({ roles: ["auditor", "service"] }, "openPersonal")).toBe(true);
  });
  test("managers and admins carry out the rights of persons", () => {
    expect(may({ roles: ["manager"] }, "fulfilRights")).toBe(true);
    expect(may({ roles: ["service", "importer"] }, "fulfilRights")).toBe(false);
  });
  test("only admins administer", () => {
    expect(may({ roles: ["admin"] }, "administer")).toBe(true);
    expect(may({ roles: ["importer"] }, "administer")).toBe(false);
  });
});

test("an importer is a program, everybody else a person", () => {
  expect(actorOf(callerOf({ user: "olist", roles: ["importer"] }))).toEqual({ kind: "service", id: "olist" });
  expect(actorOf(callerOf({ user: "li", roles: ["importer", "sales"] }))).toEqual({ kind: "person", id: "li" });
});
