// Reads a mapping from its file, or by the name of one that is shipped; every fault is named with its path at once.
import { existsSync } from "node:fs";
import { readFile, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Fault } from "@gendan/eventing";
import { parseDocument } from "yaml";
import { mappingSchema, type Mapping } from "./schema.js";

/** A file, a folder with mapping.yaml in it, or the name of a shipped mapping (a folder of `shipped`). Throws BAD_USER_INPUT. */
export async function readMapping(given: string, shipped: string): Promise<Mapping> {
  const path = await find(given, shipped);
  return parseMapping(await readFile(path, "utf8"), path);
}

async function find(given: string, shipped: string): Promise<string> {
  const candidates = [given, join(given, "mapping.yaml"), join(shipped, given, "mapping.yaml")].map((each) =>
    resolve(each),
  );
  for (const path of candidates) if (existsSync(path) && (await stat(path)).isFile()) return path;
  const known = existsSync(shipped) ? (await readdir(shipped)).join(", ") : "none";
  throw new Fault(
    "BAD_USER_INPUT",
    `There is no mapping ${given}: give a file, or the name of a shipped one (${known}).`,
  );
}

/** JSON is YAML too. */
export function parseMapping(text: string, path: string): Mapping {
  const document = parseDocument(text, { prettyErrors: true });
  const [broken] = document.errors;
  if (broken) throw new Fault("BAD_USER_INPUT", `${path}: ${broken.message.split("\n")[0]!.replace(/:$/, "")}.`);
  const parsed = mappingSchema.safeParse(document.toJS());
  if (!parsed.success)
    throw faulty(
      path,
      parsed.error.issues.map(({ path: where, message }) => [where.join("."), message]),
    );
  const problems = fileProblems(parsed.data);
  if (problems.length > 0) throw faulty(path, problems);
  return parsed.data;
}

type Problem = readonly [where: string, message: string];

const faulty = (path: string, problems: readonly Problem[]): Fault =>
  new Fault(
    "BAD_USER_INPUT",
    `${path} is no mapping yet:\n${problems.map(([where, message]) => `  ${where === "" ? "" : `${where}: `}${message}`).join("\n")}`,
  );

/** Sections that name a file which `files` does not, and rows of another file without the columns that join them. */
function fileProblems(mapping: Mapping): Problem[] {
  const known = Object.keys(mapping.files);
  const problems: Problem[] = [];
  const check = (where: string, file: string | undefined) => {
    if (file !== undefined && !known.includes(file))
      problems.push([where, `there is no file ${file}; files names ${known.join(", ")}`]);
  };
  check("order.from", mapping.order.from);
  for (const [name, { file }] of Object.entries(mapping.files)) {
    const other = known.find((each) => mapping.files[each]!.file === file);
    if (other !== name) problems.push([`files.${name}`, `${file} is named ${other} already`]);
  }
  const sections = {
    lines: mapping.lines,
    receipts: mapping.receipts,
    shipments: mapping.shipments,
    satisfaction: mapping.satisfaction,
  };
  const cases = mapping.cases.map((each, index) => [`cases.${index}`, each] as const);
  for (const [where, section] of [...Object.entries(sections), ...cases]) {
    if (!section) continue;
    check(`${where}.from`, section.from);
    if ((section.from === undefined) !== (section.on === undefined))
      problems.push([where, "from and on stand together, or both are left out"]);
    for (const [joined, { file }] of Object.entries(section.joins)) check(`${where}.joins.${joined}.file`, file);
  }
  for (const [joined, { file }] of Object.entries(mapping.order.joins)) check(`order.joins.${joined}.file`, file);
  if (mapping.confirmed && !mapping.verified)
    problems.push(["confirmed", "an order is verified before it is confirmed: say verified too"]);
  if (mapping.shipments && !mapping.confirmed)
    problems.push(["shipments", "an order is confirmed before it is shipped: say confirmed too"]);
  return problems;
}
