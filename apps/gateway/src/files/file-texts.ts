// What people are told where a file is refused, in both languages.
import type { Text } from "@gendan/service-kit";

const text = (en: string, zh: string): Text => ({ en, zh });

export const fileTexts = {
  noSuchExport: (name: string, known: string) =>
    text(
      `There is no export ${name}. There are: ${known}; each as .csv or .xlsx.`,
      `没有导出 ${name}。可导出：${known}，格式 .csv 或 .xlsx。`,
    ),
  noSuchArgument: (name: string, known: string) =>
    text(`The list has no argument ${name}. It has: ${known}.`, `该列表没有参数 ${name}。可用参数：${known}。`),
  argumentNotJson: (name: string) => text(`The argument ${name} is not JSON.`, `参数 ${name} 不是 JSON。`),
  listEmpty: () => text("The list cannot be read.", "无法读取该列表。"),
  noSuchPrint: (name: string, known: string) =>
    text(
      `There is no paper ${name}. There are: ${known}; each as <id>.pdf.`,
      `没有单据 ${name}。可打印：${known}，地址为 <标识>.pdf。`,
    ),
  nothingToPrint: (id: string) =>
    text(`There is nothing ${id} to print that you can see.`, `找不到可打印的 ${id}，或您无权查看。`),
  endOfExport: (rows: number) =>
    text(
      `The export ends here, after ${rows} rows: there are more. Narrow the filter.`,
      `导出在 ${rows} 行处截止：仍有更多数据，请缩小筛选范围。`,
    ),
} as const;
