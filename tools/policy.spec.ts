// docs/policy.md and its Chinese twin say what a policy file may have, and what the default grants, and nothing else.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_POLICY_FILE, FIELD_CLASSES, policyFile, readPolicy, RIGHTS, ROLES, ROWS } from "@gendan/security";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const { groups, roles } = policyFile.parse(JSON.parse(readFileSync(DEFAULT_POLICY_FILE, "utf8")));

/** Every key that a file may have, by its place: `roles.*.rows`, `departments[].path`. */
function keysOf(schema: Readonly<Record<string, unknown>>, at = ""): readonly string[] {
  const { properties, additionalProperties, items } = schema as Readonly<Record<string, Record<string, object>>>;
  return [
    ...Object.entries(properties ?? {}).flatMap(([key, of]) => {
      const place = at === "" ? key : `${at}.${key}`;
      return [place, ...keysOf(of as never, place)];
    }),
    ...(typeof additionalProperties === "object" ? keysOf(additionalProperties, `${at}.*`) : []),
    ...(typeof items === "object" ? keysOf(items, `${at}[]`) : []),
  ];
}

const codesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

describe.each(["policy.md", "policy.zh-CN.md"])("%s", (document) => {
  const text = readFileSync(join(root, "docs", document), "utf8");
  /** The tables of a section, each as the rows of its cells, by what stands in the first. */
  const tables = (section: number) =>
    (text.split(/^## /m)[section] ?? "").split(/\n\n/).flatMap((part) => {
      const rows = part.split("\n").filter((line) => line.startsWith("| `"));
      const cells = rows.map((row) => row.split("|").slice(1, -1));
      return rows.length === 0 ? [] : [new Map(cells.map(([first, ...others]) => [codesIn(first!)[0]!, others]))];
    });
  const named = (section: number) => [...tables(section)[0]!.keys()].sort();

  test("has every key of a file", () => {
    const schema = z.toJSONSchema(policyFile, { io: "input" });
    expect(named(1)).toEqual([...keysOf(schema)].sort());
  });
  test("has every right, class and kind of rows", () => {
    expect(named(3)).toEqual([...RIGHTS].sort());
    expect(named(4)).toEqual([...FIELD_CLASSES].sort());
    expect(named(5)).toEqual([...ROWS].sort());
  });
  test("says what the default grants", () => {
    const [byRole, byGroup] = tables(6);
    expect([...byRole!.keys()]).toEqual([...ROLES]);
    for (const role of ROLES) {
      const { rows, fields, rights, commands } = roles[role]!;
      expect([role, ...byRole!.get(role)!.map(codesIn)]).toEqual([role, [rows], fields, rights, commands]);
    }
    const written = [...byGroup!].map(([name, [cell]]) => [name, codesIn(cell!)]);
    expect(Object.fromEntries(written)).toEqual(groups);
  });
  test("shows a file that is taken", () => {
    const [, json] = /```json\n(.*?)```/s.exec(text)!;
    const file = join(mkdtempSync(join(tmpdir(), "gendan-policy-")), "policy.json");
    writeFileSync(file, json!);
    expect([...readPolicy(file).grantsOf(["warehouse"]).commands]).toEqual([
      ...["planShipment", "dispatchShipment", "openIssue"],
    ]);
  });
});
