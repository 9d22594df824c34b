// What docs/operations.md and its Chinese twin tell of metrics and alerts, and the rules for Prometheus, against the code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { metrics, type MetricSpec } from "@gendan/service-kit";
import { parse } from "yaml";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const documents = ["operations.md", "operations.zh-CN.md"];
const ours = Object.entries(metrics) as readonly (readonly [string, MetricSpec])[];

/** Of Node's own, those that rules and pages rely on; metrics.spec.ts of all-in-one sees them told. */
const nodes = ["nodejs_eventloop_lag_p99_seconds", "process_resident_memory_bytes"];

const text = z.string().min(1);
const rules = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        name: text,
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^Gendan[A-Z]\w+$/),
            expr: text,
            for: z.string().regex(/^\d+m$/),
            labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
            annotations: z.strictObject({ summary: text, summary_zh: z.string().regex(/\p{Script=Han}/u) }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(readFileSync(join(root, "docker/prometheus-alerts.yml"), "utf8")))
  .groups.flatMap((group) => group.rules);

const rowsOf = (document: string, name: RegExp): readonly (readonly string[])[] =>
  readFileSync(join(root, "docs", document), "utf8")
    .split("\n")
    .filter((line) => name.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map(([, ...cells]) => cells);

describe.each(documents)("%s", (document) => {
  test("has a row for every metric with its labels, and for no other", () => {
    const rows = rowsOf(document, /^\| `gendan_\w+` \|/);
    const expected = ours.map(([name, { labels }]) => [`\`${name}\``, labels.map((label) => `\`${label}\``).join(" ")]);
    expect(rows.map(([name, labels]) => [name, labels])).toEqual(expected);
    if (document === "operations.md") expect(rows.map(([, , help]) => help)).toEqual(ours.map(([, { help }]) => help));
  });

  test("has a row for every alert with its metric, threshold and patience, and for no other", () => {
    const rows = rowsOf(document, /^\| `Gendan\w+` \|/);
    expect(rows.map(([name]) => name)).toEqual(rules.map(({ alert }) => `\`${alert}\``));
    for (const [index, { alert, expr, for: patience }] of rules.entries()) {
      const when = rows[index]![1]!.replaceAll(",", "");
      const [, threshold] = /([>=]+ [\d.]+)$/.exec(expr) ?? [];
      const [, span] = /increase\([^[]+\[(\d+m)\]/.exec(expr) ?? [];
      for (const part of [metricsIn(expr)[0]!, threshold!, patience === "0m" ? span! : patience])
        expect([alert, when]).toEqual([alert, expect.stringContaining(part)]);
    }
  });
});

/** Without the parts of a histogram. */
const metricsIn = (expr: string): string[] =>
  [...expr.matchAll(/\b((?:gendan|nodejs|process)_\w+)/g)].map(([, name]) => name!.replace(/_bucket$/, ""));

test.each(rules)("$alert asks for what there is", ({ expr }) => {
  const found = metricsIn(expr);
  expect(found).toHaveLength(1);
  const spec = ours.find(([name]) => name === found[0])?.[1];
  if (!spec) expect(nodes).toContain(found[0]);
  const asked = [...expr.matchAll(/(\w+)=~?"/g), ...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names]) =>
    names!.split(", "),
  );
  for (const label of asked)
    expect([...(spec?.labels ?? []), ...(spec?.type === "histogram" ? ["le"] : [])]).toContain(label);
  expect(/_bucket\b/.test(expr)).toBe(spec?.type === "histogram");
  // What only rises is looked at by its rate, what stands as it stands.
  expect(/\b(rate|increase)\(/.test(expr)).toBe(spec?.type === "counter" || spec?.type === "histogram");
  expect(expr.split("(").length).toBe(expr.split(")").length);
});
