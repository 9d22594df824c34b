// npm run policy: the tables of docs/policy.md and its Chinese twin that say what the default policy grants, written anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

const file = join(root, "libs/security/src/policy/default-policy.json");
const { groups, roles } = JSON.parse(readFileSync(file, "utf8"));
const codes = (names = []) => (names.length === 0 ? "–" : names.map((name) => `\`${name}\``).join(" "));
const row = (name, ...cells) => `| \`${name}\` | ${cells.join(" | ")} |`;

const byRole = Object.entries(roles).map(([role, { rows = "departments", fields, rights, commands }]) =>
  row(role, codes([rows]), codes(fields), codes(rights), codes(commands)),
);
const byGroup = Object.entries(groups).map(([group, commands]) => row(group, codes(commands)));

for (const name of ["policy.md", "policy.zh-CN.md"]) {
  const document = join(root, "docs", name);
  const text = readFileSync(document, "utf8");
  // The section's two tables, below their headings; what stands around them is written by hand.
  const at = text.lastIndexOf("\n## ");
  const tables = [byRole, byGroup];
  const section = text.slice(at).replace(/((?:^\| `.*\n)+)/gm, (rows) => {
    const made = tables.shift();
    return made ? `${made.join("\n")}\n` : rows;
  });
  if (tables.length > 0) throw new Error(`${document}: its last section should have two tables.`);
  writeFileSync(document, text.slice(0, at) + section);
}
