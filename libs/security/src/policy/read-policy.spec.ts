// Policy files as they are read: every fault with its place, and the way out.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Fault } from "@gendan/eventing";
import { DEFAULT_POLICY_FILE, defaultPolicy, readPolicy } from "./read-policy.js";

const folder = mkdtempSync(join(tmpdir(), "gendan-policy-"));

function written(policy: unknown): string {
  const file = join(folder, "policy.json");
  writeFileSync(file, typeof policy === "string" ? policy : JSON.stringify(policy));
  return file;
}

const faultsOf = (file: string): readonly string[] => {
  try {
    readPolicy(file);
  } catch (error) {
    if (error instanceof Fault && error.code === "CONFIGURATION") return error.details["faults"] as readonly string[];
    throw error;
  }
  return [];
};

test("without a file the default holds, which is a file itself", () => {
  expect(readPolicy(undefined)).toBe(defaultPolicy);
  expect(readPolicy(DEFAULT_POLICY_FILE).grantsOf(["sales"]).commands).toEqual(
    defaultPolicy.grantsOf(["sales"]).commands,
  );
});

test("a file grants what it says, without any code", () => {
  const policy = readPolicy(
    written({
      version: 1,
      groups: { goods: ["dispatchShipment", "confirmDelivery"] },
      roles: {
        sales: { commands: ["goods", "closeOrder"], fields: ["price"], rights: ["backdate"], rows: "assigned" },
      },
    }),
  );
  const { commands, fields, rights } = policy.grantsOf(["sales"]);
  expect([[...commands], [...fields], [...rights]]).toEqual([
    ["dispatchShipment", "confirmDelivery", "closeOrder"],
    ["price"],
    ["backdate"],
  ]);
  expect(policy.rowsOf(["sales"])).toBe("assigned");
});

describe("a fault names its place and the way out:", () => {
  const roles = {};
  const named = { en: "x", zh: "x" };
  test.each([
    ["{", ["it is no JSON: "]],
    [[], ["the file is [], accepted: object"]],
    [{ roles }, ["version is missing"]],
    [{ version: 2, roles }, ["version is 2, accepted: 1"]],
    [{ version: 1 }, ["roles is missing"]],
    [{ version: 1, roles, role: {} }, ["role means nothing; roles is meant"]],
    [{ version: 1, roles: { mangaer: {} } }, ["roles.mangaer means nothing; manager is meant"]],
    [{ version: 1, roles: { sales: { comands: [] } } }, ["roles.sales.comands means nothing; commands is meant"]],
    [{ version: 1, roles: { sales: { rows: "all" } } }, ['roles.sales.rows is "all", accepted: departments, company, assigned']], // prettier-ignore
    [
      { version: 1, roles: { sales: { fields: ["prices"] } } },
      ['roles.sales.fields[0] is "prices", accepted: price, '],
    ],
    [
      { version: 1, roles: { sales: { rights: ["openAll"] } } },
      ['roles.sales.rights[0] is "openAll", accepted: backd'],
    ],
    [{ version: 1, roles: { sales: { commands: ["reciveOrder", "planShipment"] } } }, ['roles.sales.commands[0]: "reciveOrder" is no command and no group; receiveOrder is meant']], // prettier-ignore
    [
      { version: 1, roles, groups: { desk: ["sell"] } },
      ['groups.desk[0]: "sell" is no command, accepted: draftQuotation'],
    ],
    [{ version: 1, roles, groups: { closeOrder: [] } }, ["groups.closeOrder has the name of a command"]],
    [{ version: 1, roles, departments: [{ path: "cn/", ...named }] }, ['departments[0].path is "cn/": write a path']],
    [
      { version: 1, roles, departments: [{ path: "cn", en: "" }] },
      ['departments[0].en is "": ', "departments[0].zh is m"],
    ],
    [{ version: 1, roles, departments: [{ path: "cn/east", ...named }] }, ["departments[0].path: cn/east lies below cn, which is not in the list"]], // prettier-ignore
    [{ version: 1, roles, departments: [{ path: "cn", ...named }, { path: "cn", ...named }] }, ["departments[1].path: cn is there twice"]], // prettier-ignore
  ])("%j", (policy, faults) => {
    expect(faultsOf(written(policy))).toEqual(faults.map((fault) => expect.stringContaining(fault)));
  });

  test("all at once, with the file and where to read on", () => {
    const file = written({ version: 1, roles: { sales: { commands: ["x"] }, lead: { commands: ["y"] } } });
    expect(faultsOf(file)).toHaveLength(2);
    expect(() => readPolicy(file)).toThrow(`Wrong policy (GENDAN_POLICY_FILE): ${file}: roles.sales.commands[0]`);
    expect(() => readPolicy(file)).toThrow("docs/policy.md");
  });

  test("a file that is not there", () => {
    expect(faultsOf(join(folder, "none.json"))).toEqual(["it cannot be read (ENOENT)"]);
  });
});
