// The catalog for people, in English and Chinese: one Markdown page and one HTML page.
import type { Contract } from "../contract.js";
import { PERSONAL_DATA } from "../fields.js";
import { dataSchemaOf, dataShape, fieldsOf, versionsOf, type Schema } from "./json-schema.js";

/** What a page says of one type, before it is written down. */
interface Entry {
  readonly contract: Contract<unknown>;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly rows: readonly (readonly string[])[];
  readonly example: string;
}

const title = "Public events 公共事件";
const intro = [
  "Made from libs/contracts by npm run contracts; how to consume them is in docs/events.md.",
  "由 npm run contracts 根据 libs/contracts 生成；使用方法见 docs/events.md。",
];
const columns = ["field 字段", "type 类型", "required 必填", "personal data 个人信息"];

function entryOf(contract: Contract<unknown>): Entry {
  const { topic, about, newest } = contract;
  const ids = versionsOf(contract).map((version) => dataSchemaOf(contract.type, version));
  return {
    contract,
    facts: [
      ["owner 归属服务", about.owner],
      ["topic 主题", topic],
      ["key 键", about.key],
      ["versions 版本", ids.join(", ")],
      ...(about.ends ? [["ends 停用", `${about.ends.on} → ${about.ends.replacedBy}`] as const] : []),
    ],
    rows: fieldsOf(dataShape(contract, newest)).map(({ path, required, schema }) => {
      return [path, typeOf(schema), required ? "yes 是" : "no 否", String(schema[PERSONAL_DATA])];
    }),
    example: JSON.stringify(contract.exampleOf(newest), null, 2),
  };
}

function typeOf(schema: Schema): string {
  const [closed, open] = [schema.enum, schema["x-open-enum"]].map((values) => values as readonly string[] | undefined);
  if (closed) return closed.join(" | ");
  if (open) return `${open.join(" | ")} | …`;
  return String(schema.format ?? schema.type);
}

/** The catalog as Markdown. */
export function markdownCatalog(contracts: readonly Contract<unknown>[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const lines = [`# ${title}`, ...intro.flatMap((line) => ["", line])];
  lines.push("", row(["type 事件", "en", "zh"]), row(["---", "---", "---"]));
  for (const { type, about } of contracts) {
    lines.push(row([`[${type}](#${type.replaceAll(".", "")})`, about.en, about.zh]));
  }
  for (const { contract, facts, rows, example } of contracts.map(entryOf)) {
    const { type, about } = contract;
    lines.push("", `## ${type}`, "", about.en, "", about.zh, "");
    lines.push(...facts.map(([name, value]) => `- ${name}: \`${value}\``));
    lines.push("", row(columns), row(columns.map(() => "---")), ...rows.map(row));
    lines.push("", "```json", example, "```");
  }
  return `${lines.join("\n")}\n`;
}

/** The catalog as one HTML page that needs nothing else. */
export function htmlCatalog(contracts: readonly Contract<unknown>[]): string {
  const cells = (tag: "td" | "th", values: readonly string[]) =>
    `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join("")}</tr>`;
  const links = contracts.map(({ type, about }) => {
    return `<li><a href="#${type}">${type}</a> ${escaped(about.en)} <span lang="zh">${escaped(about.zh)}</span></li>`;
  });
  const sections = contracts
    .map(entryOf)
    .map(({ contract: { type, about }, facts, rows, example }) =>
      [
        `<section id="${type}">`,
        `<h2>${type}</h2>`,
        `<p>${escaped(about.en)}<br><span lang="zh">${escaped(about.zh)}</span></p>`,
        `<dl>${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`,
        `<table>${cells("th", columns)}${rows.map((each) => cells("td", each)).join("")}</table>`,
        `<pre>${escaped(example)}</pre>`,
        "</section>",
      ].join("\n"),
    );
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width"><style>',
    "body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:auto;padding:1rem}",
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .5rem;text-align:left}",
    "dt{float:left;clear:left;width:9rem}pre{background:#f2f2f2;color:#111;padding:.5rem;overflow:auto}",
    "</style></head><body>",
    `<h1>${title}</h1>`,
    ...intro.map((line) => `<p>${escaped(line)}</p>`),
    `<ul>${links.join("\n")}</ul>`,
    ...sections,
    "</body></html>",
    "",
  ].join("\n");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign]!);
