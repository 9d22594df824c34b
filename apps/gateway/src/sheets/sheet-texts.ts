// What people are told of sheets that came back, in both languages.
import type { Text } from "@gendan/service-kit";

const text = (en: string, zh: string): Text => ({ en, zh });

export const sheetTexts = {
  noSuchSheet: (name: string, known: string) =>
    text(`There is no sheet ${name}. There are: ${known}.`, `没有表格 ${name}。可导入：${known}。`),
  notATable: (why: string) =>
    text(
      `The file is no table that is taken (${why}): send CSV or XLSX.`,
      `该文件不是可接受的表格（${why}）：请上传 CSV 或 XLSX。`,
    ),
  columnUnknown: (heading: string) => text(`There is no column ${heading}.`, `没有“${heading}”列。`),
  columnTwice: (heading: string) => text(`The column ${heading} is there twice.`, `“${heading}”列重复。`),
  columnMissing: (heading: string) => text(`The column ${heading} is missing.`, `缺少“${heading}”列。`),
  idMissing: () => text("The row names no order.", "该行没有订单标识。"),
  notFound: (id: string) => text(`There is no ${id} that you can see.`, `找不到 ${id}，或您无权查看。`),
  stale: (was: string, is: string) =>
    text(
      `The order has changed since the export: it was at ${was}, and is at ${is}.`,
      `导出后订单已变更：导出时版本 ${was}，现为 ${is}。`,
    ),
  notEditable: (column: string) => text(`The column ${column} is not edited here.`, `“${column}”列不能在此修改。`),
  emptied: (column: string) => text(`The column ${column} cannot be emptied.`, `“${column}”列不能清空。`),
  noAmount: (value: string, currency: string) =>
    text(
      `${value} is no amount of ${currency}: write it as 12.50.`,
      `“${value}”不是有效的 ${currency} 金额：请写成 12.50 这样的形式。`,
    ),
  contradicts: (row: number) =>
    text(`Row ${row} says otherwise, and both are of the same.`, `与第 ${row} 行不一致，而两行所指相同。`),
  otherRow: (row: number) =>
    text(
      `Row ${row} of the same order is refused: of an order all rows are taken, or none.`,
      `同一订单的第 ${row} 行被拒绝：同一订单的各行一并接受，或都不接受。`,
    ),
  rowTwice: (row: number) => text(`Row ${row} is of the same.`, `与第 ${row} 行重复。`),
} as const;
