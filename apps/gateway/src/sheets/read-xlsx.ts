// The first sheet of an XLSX file, whoever has written it. What it unfolds to is bounded before and while it is unfolded.
import { posix } from "node:path";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { fromBufferPromise, type Entry, type ZipFile } from "yauzl";
import { NoTable, type Field, type TableBounds } from "./table.js";

const WORKBOOK = "xl/workbook.xml";

/** The rows. Throws NoTable. */
export async function readXlsx(bytes: Buffer, bounds: TableBounds): Promise<Field[][]> {
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const file = new Unfolding(zip, entries, bounds.unfoldedBytes);
    const sheet = await sheetNameIn(file);
    const strings = await stringsIn(file);
    return await rowsIn(file, sheet, strings, bounds);
  } catch (error) {
    if (error instanceof NoTable) throw error;
    throw new NoTable("not-a-table"); // no zip, no XML: whatever it is, it is not ours to report
  }
}

/** Reads files within the file, counting what they unfold to. */
class Unfolding {
  constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private left: number,
  ) {}

  /** Tells of the tags and texts of one. False where there is none of the name. */
  async parse(name: string, on: Handler): Promise<boolean> {
    const entry = this.entries.get(name);
    if (!entry) return false;
    // The size is what the file says of itself; yauzl breaks off where it unfolds to more.
    if (entry.uncompressedSize > this.left) throw new NoTable("unfolds-too-far");
    this.left -= entry.uncompressedSize;
    const parser = new SaxesParser({ xmlns: false });
    parser.on("opentag", (tag) => on.open?.(localName(tag.name), tag.attributes as SaxesTagPlain["attributes"]));
    parser.on("closetag", (tag) => on.close?.(localName(tag.name)));
    parser.on("text", (text) => on.text?.(text));
    parser.on("error", (error) => {
      throw error;
    });
    const stream = await this.zip.openReadStreamPromise(entry);
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for await (const chunk of stream) parser.write(decoder.decode(chunk as Buffer, { stream: true }));
    parser.write(decoder.decode()).close();
    return true;
  }
}

interface Handler {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Some programs write every name with a prefix. */
const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

async function sheetNameIn(file: Unfolding): Promise<string> {
  let relation: string | undefined;
  const isWorkbook = await file.parse(WORKBOOK, {
    open: (name, attributes) => {
      if (name === "sheet") relation ??= attributes["r:id"];
    },
  });
  if (!isWorkbook) throw new NoTable("not-a-table");
  let target: string | undefined;
  await file.parse("xl/_rels/workbook.xml.rels", {
    open: (name, attributes) => {
      if (name === "Relationship" && attributes["Id"] === relation) target = attributes["Target"];
    },
  });
  if (target === undefined) return "xl/worksheets/sheet1.xml";
  return target.startsWith("/") ? target.slice(1) : posix.join("xl", target);
}

/** Texts that cells share, by their place. */
async function stringsIn(file: Unfolding): Promise<string[]> {
  const strings: string[] = [];
  const text = new TextOf("t");
  await file.parse("xl/sharedStrings.xml", {
    open: (name) => {
      if (name === "si") text.begin();
      text.open(name);
    },
    text: (part) => text.add(part),
    close: (name) => {
      text.close(name);
      if (name === "si") strings.push(text.all);
    },
  });
  return strings;
}

/** Gathers the text of one kind of tag, leaving out how it is pronounced. */
class TextOf {
  all = "";
  private within = 0;
  private spoken = 0;

  constructor(private readonly tag: string) {}

  begin(): void {
    this.all = "";
  }

  open(name: string): void {
    if (name === "rPh") this.spoken += 1;
    if (name === this.tag) this.within += 1;
  }

  close(name: string): void {
    if (name === "rPh") this.spoken -= 1;
    if (name === this.tag) this.within -= 1;
  }

  add(part: string): void {
    if (this.within > 0 && this.spoken === 0) this.all += part;
  }
}

async function rowsIn(
  file: Unfolding,
  sheet: string,
  strings: readonly string[],
  { rows: mostRows, columns: mostColumns }: TableBounds,
): Promise<Field[][]> {
  const rows: Field[][] = [];
  const value = new TextOf("v");
  const inline = new TextOf("t");
  let row: Field[] = [];
  let column = 0;
  let type = "";
  const found = await file.parse(sheet, {
    open: (name, attributes) => {
      if (name === "row") {
        row = [];
        column = 0;
      } else if (name === "c") {
        column = attributes["r"] === undefined ? column : columnOf(attributes["r"]);
        if (column >= mostColumns) throw new NoTable("too-many-columns");
        type = attributes["t"] ?? "n";
        value.begin();
        inline.begin();
      }
      value.open(name);
      inline.open(name);
    },
    text: (part) => {
      value.add(part);
      inline.add(part);
    },
    close: (name) => {
      value.close(name);
      inline.close(name);
      if (name === "c") {
        row[column] = fieldOf(type, value.all, inline.all, strings);
        column += 1;
      } else if (name === "row") {
        rows.push(Array.from(row, (field) => field ?? { text: "" }));
        if (rows.length > mostRows) throw new NoTable("too-many-rows");
      }
    },
  });
  if (!found) throw new NoTable("not-a-table");
  return rows;
}

function fieldOf(type: string, value: string, inline: string, strings: readonly string[]): Field {
  switch (type) {
    case "s":
      return { text: strings[Number(value)] ?? "" };
    case "inlineStr":
      return { text: inline };
    case "b":
      return { text: value === "1" ? "true" : "false" };
    case "n":
      return { text: plainNumber(value), isNumber: value !== "" };
    default:
      return { text: value }; // str, d; an error's own text, which is refused where it is read
  }
}

/** 1.0E-2 and 12.300000000000001, as spreadsheets keep what was typed as 0.01 and 12.3. */
function plainNumber(value: string): string {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) return value;
  if (/^-?\d+$/.test(value)) return value;
  const text = Number(number.toPrecision(15)).toString();
  return text.includes("e") ? number.toFixed(6).replace(/\.?0+$/, "") : text;
}

/** "C7" is the third column, 2. */
function columnOf(reference: string): number {
  const [letters = ""] = /^[A-Z]{1,3}/.exec(reference) ?? [];
  if (letters === "") throw new NoTable("not-a-table");
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
