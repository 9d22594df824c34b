// What is made from the contracts is as they are now.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { contracts, generatedFiles } from "./generated.js";

const home = join(import.meta.dirname, "../..");
const folder = join(home, "generated");
const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
const expected = generatedFiles(version);
const found = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(file, "utf8")] as const),
);

test("the generated files are fresh", () => {
  const names = new Set([...expected.keys(), ...found.keys()]);
  const stale = [...names].filter((name) => expected.get(name) !== found.get(name));
  if (stale.length > 0) throw new Error(`Run npm run contracts: not fresh are ${stale.join(", ")}.`);
  expect(expected.size).toBeGreaterThan(contracts.length);
});

describe("the catalog", () => {
  test.each(["catalog.md", "catalog.html"])("as %s names every type in both languages", (file) => {
    const plain = found.get(file)!.replaceAll("&quot;", '"');
    for (const { type, about } of contracts)
      for (const text of [type, about.en, about.zh]) expect(plain).toContain(text);
  });
  test("as HTML is one page that loads nothing and escapes what it shows", () => {
    const [contract] = contracts;
    const sharp = Object.assign(Object.create(Object.getPrototypeOf(contract) as object) as object, contract, {
      about: { ...contract!.about, en: "<script>1 & 2</script>" },
    }) as (typeof contracts)[number];
    const page = generatedFiles("1.0.0", [sharp]).get("catalog.html")!;
    expect(page).toContain("&lt;script&gt;1 &amp; 2&lt;/script&gt;");
    expect(page).not.toMatch(/<script|src=|href="[^#]/);
  });
});
