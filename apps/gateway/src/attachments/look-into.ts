// What kind of file some bytes are, by their content; names and what clients declare only have to agree with it.
import { open } from "node:fs/promises";
import { fileTypes, isFileName, type FileType } from "@gendan/service-kit";
import { openPromise } from "yauzl";

const BEGINNING = 512;
/** Office files have some dozens of parts; whoever has more is looked at no further. */
const MOST_PARTS = 2_000;

const ascii = (text: string): readonly number[] => [...text].map((each) => each.charCodeAt(0));

/** Bytes that stand at the beginning, or further in. */
const beginnings: readonly (readonly [FileType, ...(readonly [at: number, bytes: readonly number[]])[]])[] = [
  ["application/pdf", [0, ascii("%PDF-")]],
  ["image/png", [0, [0x89, ...ascii("PNG\r\n"), 0x1a, 0x0a]]],
  ["image/jpeg", [0, [0xff, 0xd8, 0xff]]],
  ["image/gif", [0, ascii("GIF87a")]],
  ["image/gif", [0, ascii("GIF89a")]],
  ["image/webp", [0, ascii("RIFF")], [8, ascii("WEBP")]],
  ["image/tiff", [0, [...ascii("II*"), 0]]],
  ["image/tiff", [0, [...ascii("MM"), 0, 0x2a]]],
];
const ZIP = [...ascii("PK"), 3, 4];

/** The main part of each kind of Office file. */
const parts: readonly (readonly [FileType, string])[] = [
  ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/workbook.xml"],
  ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/document.xml"],
  ["application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/presentation.xml"],
];

/** Told apart by their names alone, because any text is a text. */
const texts: readonly FileType[] = ["text/csv", "text/plain", "message/rfc822"];

/** What else clients say of files of a kind. */
const alsoCalled: Readonly<Partial<Record<FileType, readonly string[]>>> = {
  "image/jpeg": ["image/jpg", "image/pjpeg"],
  "text/csv": ["application/vnd.ms-excel", "application/csv", "text/plain"],
  "text/plain": ["text/markdown", "text/x-log"],
};

export interface Looked {
  /** The name's ending says which text it is. */
  readonly name: string;
  /** No byte of it is one that texts do not have. */
  readonly isText: boolean;
}

/** The kind of a file on the disk; undefined for one that is none of those taken. */
export async function kindOf(file: string, { name, isText }: Looked): Promise<FileType | undefined> {
  const start = await beginningOf(file);
  const stands = (at: number, bytes: readonly number[]): boolean =>
    bytes.every((byte, index) => start[at + index] === byte);
  const found = beginnings.find(([, ...marks]) => marks.every(([at, bytes]) => stands(at, bytes)));
  if (found) return found[0];
  if (stands(0, ZIP)) return officeKindOf(file);
  return isText ? texts.find((type) => hasEnding(name, type)) : undefined;
}

/** Whether a client may call a file of this kind so. */
export const agrees = (declared: string, type: FileType): boolean =>
  ["", "application/octet-stream", type, ...(alsoCalled[type] ?? [])].includes(declared.toLowerCase());

export const hasEnding = (name: string, type: FileType): boolean =>
  fileTypes[type].some((ending) => name.toLowerCase().endsWith(`.${ending}`));

/** The name as it is kept: without folders, and without what is not for names; its ending stays. */
export function keptName(given: string, ending: string): string {
  const bare = given.normalize("NFC").split(/[/\\]/).at(-1)!;
  const clean = bare.replace(/[\p{Cc}\p{Cf}\p{Cs}:*?"<>|]/gu, "_").trim();
  const [, stem = "", end = ""] = /^(.*?)(\.[^.]{1,10})?$/s.exec(clean) ?? [];
  const cut = [...stem].slice(0, 180).join("").slice(0, 185) + end;
  return isFileName(cut) && stem.trim() !== "" ? cut : `file.${ending}`;
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function officeKindOf(file: string): Promise<FileType | undefined> {
  try {
    const zip = await openPromise(file, { lazyEntries: true });
    try {
      let seen = 0;
      for await (const { fileName } of zip.eachEntry()) {
        const found = parts.find(([, part]) => part === fileName);
        if (found) return found[0];
        if (++seen > MOST_PARTS) return undefined;
      }
      return undefined;
    } finally {
      zip.close();
    }
  } catch {
    return undefined; // it begins like a zip and is none
  }
}
