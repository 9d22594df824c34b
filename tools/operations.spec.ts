// The tables of variables in docs/operations.md and its Chinese twin name what the configuration has, with its defaults, and nothing else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { baseConfig, ConfigFault, readConfig } from "@gendan/service-kit";

const root = join(import.meta.dirname, "..");
const documents = ["operations.md", "operations.zh-CN.md"];

/** In the order of the settings; named by the program itself when it is given a variable that means nothing. */
function variables(): readonly string[] {
  try {
    readConfig(baseConfig, { GENDAN_MEANS_NOTHING_AT_ALL_TO_ANYBODY: "1" });
  } catch (error) {
    if (error instanceof ConfigFault) return (error.faults[0]!.split("accepted: ")[1] ?? "").split(", ");
    throw error;
  }
  return [];
}

/** The cells of each row of section 2's table, by the variable. */
function rowsOf(document: string): readonly (readonly [string, readonly string[]])[] {
  const section = readFileSync(join(root, "docs", document), "utf8").split(/^## /m)[2] ?? "";
  return section.split("\n").flatMap((line) => {
    const [, name] = /^\| `(GENDAN_[A-Z0-9_]+)`/.exec(line) ?? [];
    return name === undefined ? [] : [[name, line.split("|").map((cell) => cell.trim())] as const];
  });
}

test.each(documents)("%s has a row for every variable, once, and for no other", (document) => {
  expect(variables().length).toBeGreaterThan(10);
  expect(
    rowsOf(document)
      .map(([name]) => name)
      .sort(),
  ).toEqual([...variables()].sort());
});

test.each(documents)("%s has the defaults", (document) => {
  const rows = new Map(rowsOf(document));
  const settings = Object.keys(baseConfig.shape);
  const defaults = readConfig(baseConfig, {}) as Readonly<Record<string, unknown>>;
  for (const [index, variable] of variables().entries()) {
    const value = defaults[settings[index]!];
    if (value === undefined || value === "") continue;
    const cell = rows.get(variable)?.[3];
    expect([variable, cell]).toEqual([
      variable,
      typeof value === "number" ? value.toLocaleString("en-US") : `\`${String(value)}\``,
    ]);
  }
});
