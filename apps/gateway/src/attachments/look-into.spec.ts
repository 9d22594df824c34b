import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "@jest/globals";
import { isFileName } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { ZipFile } from "yazl";
import { agrees, hasEnding, keptName, kindOf } from "./look-into.js";

const directory = temporaryDirectory();
let files = 0;
function fileOf(bytes: Buffer): string {
  const file = join(directory, String(files++));
  writeFileSync(file, bytes);
  return file;
}
async function zipOf(...names: string[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of names) zip.addBuffer(Buffer.from("<x/>"), name);
  zip.end();
  return buffer(zip.outputStream);
}
const kind = (bytes: Buffer, name = "a.bin", isText = false) => kindOf(fileOf(bytes), { name, isText });
const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("a kind is found in the content", () => {
  test.each([
    ["application/pdf", Buffer.from("%PDF-1.7\n…")],
    ["image/png", hex("89504e470d0a1a0a 0000")],
    ["image/jpeg", hex("ffd8ffe0 0010")],
    ["image/gif", Buffer.from("GIF89a…")],
    ["image/webp", Buffer.concat([Buffer.from("RIFF"), hex("10000000"), Buffer.from("WEBPVP8 ")])],
    ["image/tiff", hex("49492a00 08")],
    ["image/tiff", hex("4d4d002a 08")],
  ])("%s", async (type, bytes) => expect(await kind(bytes)).toBe(type));

  test.each([
    ["spreadsheetml.sheet", "xl/workbook.xml"],
    ["wordprocessingml.document", "word/document.xml"],
    ["presentationml.presentation", "ppt/presentation.xml"],
  ])("Office: %s", async (type, part) => {
    expect(await kind(await zipOf("[Content_Types].xml", part))).toBe(
      `application/vnd.openxmlformats-officedocument.${type}`,
    );
  });

  test("texts by their names' endings", async () => {
    const text = Buffer.from("订单,数量\r\n");
    expect(await kind(text, "a.CSV", true)).toBe("text/csv");
    expect(await kind(text, "a.txt", true)).toBe("text/plain");
    expect(await kind(text, "mail.eml", true)).toBe("message/rfc822");
    expect(await kind(text, "a.html", true)).toBeUndefined();
    expect(await kind(text, "a.csv", false)).toBeUndefined();
  });

  test.each([
    ["a program", hex("4d5a9000 03")],
    ["an archive", undefined],
    ["what begins like a zip and is none", hex("504b0304 00112233445566")],
    ["what begins like WebP and is another RIFF", Buffer.from("RIFF\u0010\0\0\0WAVEfmt ")],
    ["a byte", hex("00")],
  ])("%s is none", async (_, bytes) => expect(await kind(bytes ?? (await zipOf("a.exe")), "a.pdf")).toBeUndefined());
});

test("what a client says has to agree", () => {
  expect(agrees("application/pdf", "application/pdf")).toBe(true);
  expect(agrees("application/octet-stream", "application/pdf")).toBe(true);
  expect(agrees("application/vnd.ms-excel", "text/csv")).toBe(true);
  expect(agrees("image/png", "application/pdf")).toBe(false);
  expect(agrees("text/html", "text/plain")).toBe(false);
  expect(hasEnding("a.JPEG", "image/jpeg")).toBe(true);
  expect(hasEnding("a.pdf.exe", "application/pdf")).toBe(false);
});

test.each([
  ["plan.pdf", "plan.pdf"],
  ["合同（正本）.pdf", "合同（正本）.pdf"],
  ["C:\\Users\\li\\plan.pdf", "plan.pdf"],
  ["../../etc/plan.pdf", "plan.pdf"],
  ["a\u0000b\u202ec?.pdf", "a_b_c_.pdf"],
  ["", "file.pdf"],
  ["..", "file.pdf"],
  [".pdf", "file.pdf"],
  [`${"长".repeat(300)}.pdf`, `${"长".repeat(180)}.pdf`],
])("%j is kept as %j", (given, kept) => {
  expect(keptName(given, "pdf")).toBe(kept);
  expect(isFileName(kept)).toBe(true);
});
