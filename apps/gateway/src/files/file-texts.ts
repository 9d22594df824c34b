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
  whichOrder: () =>
    text("Name the order: POST /attachments?order=<id>.", "请指明订单：POST /attachments?order=<标识>。"),
  mayNotAttach: () => text("Your roles do not attach files.", "您的角色无权上传附件。"),
  noOrder: (id: string) => text(`There is no order ${id} that you can see.`, `找不到订单 ${id}，或您无权查看。`),
  notAForm: () => text("Send the file as multipart/form-data.", "请以 multipart/form-data 上传文件。"),
  noFile: () => text("The form has no file.", "表单中没有文件。"),
  fileEmpty: () => text("The file is empty.", "文件为空。"),
  fileTooLarge: (bytes: number) =>
    text(`The file is larger than the ${bytes} bytes taken.`, `文件超过允许的 ${bytes} 字节。`),
  fileType: (known: string) =>
    text(`The file is of no kind that is taken: ${known}.`, `不支持该文件类型。可上传：${known}。`),
  typeDiffers: (said: string, found: string) =>
    text(`The file is called ${said}, and is ${found} by its content.`, `文件标称为 ${said}，但内容为 ${found}。`),
  noAttachment: (id: string) =>
    text(
      `There is no attachment ${id}, or no such version of it, that you can see.`,
      `找不到附件 ${id} 或其版本，或您无权查看。`,
    ),
  fileGone: (id: string) => text(`The bytes of the attachment ${id} are gone.`, `附件 ${id} 的文件内容已清除。`),
  tooLong: () => text("There is more of it than a paper holds.", "内容过多，无法打印。"),
  endOfExport: (rows: number) =>
    text(
      `The export ends here, after ${rows} rows: there are more. Narrow the filter.`,
      `导出在 ${rows} 行处截止：仍有更多数据，请缩小筛选范围。`,
    ),
} as const;
