// The summary of an import as people read it.
import { fromMinor, type Money } from "@gendan/eventing";
import type { Texts } from "../../terminal/texts.js";
import type { ImportResult } from "../run-import.js";
import type { Counted } from "./tally.js";

/** Lines of text. */
export function summaryOf(result: ImportResult, dryRun: boolean, texts: Texts): string {
  const { summary: words, count } = texts;
  const { orders, lines, steps, refused, contradictions, amounts, seconds } = result;
  const sums = [
    [words.goods, amounts.goods],
    [words.freight, amounts.freight],
    [words.received, amounts.received],
  ] as const;
  const width = Math.max(...steps.map(({ step }) => step.length), 0);
  return [
    words.title(result.mapping, result.folder, dryRun),
    "",
    `${words.orders}: ${count(orders.rows)} ${words.rows}, ${count(orders.imported)} ${words.imported}, ${count(orders.refused)} ${words.refused}; ${count(lines)} ${words.lines}`,
    ...sums
      .filter(([, amount]) => amount.length > 0)
      .map(([name, amount]) => `${name}: ${amount.map(readable).join(", ")}`),
    "",
    `${words.steps}:`,
    ...steps.map(
      ({ step, taken, known }) =>
        `  ${step.padEnd(width)}  ${count(taken).padStart(9)} ${words.taken}${known === 0 ? "" : `, ${count(known)} ${words.known}`}`,
    ),
    "",
    ...(refused.length === 0
      ? [words.nothingRefused]
      : [`${words.refusedRows}:`, ...refused.flatMap((each) => counted(each, texts))]),
    ...(contradictions.length === 0
      ? []
      : [`${words.contradictions}:`, ...contradictions.flatMap((each) => counted(each, texts))]),
    "",
    ...(result.refusedFolder === undefined ? [] : [words.refusedFolder(result.refusedFolder)]),
    ...(result.contradictionsFile === undefined ? [] : [words.contradictionsFile(result.contradictionsFile)]),
    words.time(seconds, orders.rows / Math.max(seconds, 0.001)),
  ].join("\n");
}

const readable = ({ minor, currency }: Money): string => `${fromMinor(BigInt(minor), currency)} ${currency}`;

function counted({ code, step, count, examples }: Counted, { summary: words, count: number }: Texts): string[] {
  const more = count - examples.length;
  return [
    `  ${number(count).padStart(7)}  ${code}${step === "" ? "" : ` (${step})`}`,
    ...examples.map(({ file, line, reason }) => `           ${words.line(file, line)}: ${reason}`),
    ...(more > 0 ? [`           ${words.more(more)}`] : []),
  ];
}
