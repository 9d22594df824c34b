// What has been released, as the repository keeps it: schemas and golden samples, only ever added to, with a sum for each.
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Contract } from "../contract.js";
import { jsonText } from "./generated.js";
import { dataSchemaOf, schemaDocument, versionsOf, type SchemaDocument } from "./json-schema.js";

/** A record as it lies on the bus, as text. */
export interface WireSample {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
  readonly timestamp: string;
}

/** The golden samples of one version: records as they were when it was released. */
export interface GoldenFile {
  readonly topic: string;
  readonly records: readonly WireSample[];
}

const FOLDERS = ["released", "golden"] as const;
const SUMS = "released/sums.txt";
const fileOf = (folder: (typeof FOLDERS)[number], type: string, version: number): string =>
  `${folder}/${type}.v${version}.json`;

/** The released schemas below the package's folder. */
export const readReleased = (home: string): readonly SchemaDocument[] =>
  filesIn(home, "released").map((file) => readJson<SchemaDocument>(home, file));

/** The golden samples below the package's folder, by file. */
export const readGolden = (home: string): ReadonlyMap<string, GoldenFile> =>
  new Map(filesIn(home, "golden").map((file) => [file, readJson<GoldenFile>(home, file)]));

/** The versions that no schema was released of. */
export function unreleased(
  home: string,
  contracts: readonly Contract<unknown>[],
): readonly { readonly contract: Contract<unknown>; readonly version: number }[] {
  const known = new Set(readReleased(home).map(({ $id }) => $id));
  return contracts
    .flatMap((contract) => versionsOf(contract).map((version) => ({ contract, version })))
    .filter(({ contract, version }) => !known.has(dataSchemaOf(contract.type, version)));
}

/** What is not as it was when it was released, each as a sentence: released files are added, never changed. */
export function tampered(home: string): readonly string[] {
  const sums = new Map(
    readSums(home).map((line) => {
      const [sum = "", file = ""] = line.split("  ");
      return [file, sum] as const;
    }),
  );
  const files = FOLDERS.flatMap((folder) => filesIn(home, folder));
  return [
    ...files
      .filter((file) => !sums.has(file))
      .map((file) => `${file} is in no line of ${SUMS}: release it by npm run contracts -- release.`),
    ...[...sums].flatMap(([file, sum]) => {
      if (!files.includes(file)) return [`${file} was released and is gone: bring it back.`];
      return sumOf(home, file) === sum
        ? []
        : [`${file} was released and has changed: bring it back, and add a version.`];
    }),
  ];
}

/** Keeps a version for ever. Throws where there is a file of it already. */
export function release(home: string, contract: Contract<unknown>, version: number, golden: GoldenFile): void {
  const schema = schemaDocument(contract, version);
  for (const [folder, content] of [
    ["released", schema],
    ["golden", golden],
  ] as const) {
    const file = fileOf(folder, contract.type, version);
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), jsonText(content), { flag: "wx" });
    appendFileSync(join(home, SUMS), `${sumOf(home, file)}  ${file}\n`);
  }
}

const readSums = (home: string): readonly string[] =>
  existsSync(join(home, SUMS)) ? readFileSync(join(home, SUMS), "utf8").split("\n").filter(Boolean) : [];
const readJson = <T>(home: string, file: string): T => JSON.parse(readFileSync(join(home, file), "utf8")) as T;
const sumOf = (home: string, file: string): string =>
  createHash("sha256")
    .update(readFileSync(join(home, file)))
    .digest("hex");

function filesIn(home: string, folder: (typeof FOLDERS)[number]): readonly string[] {
  if (!existsSync(join(home, folder))) return [];
  const names = readdirSync(join(home, folder)).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => `${folder}/${name}`);
}
