// Sets a paper as PDF: A4, a table that goes on over pages under its heading, an open font with Chinese, embedded as far as used.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import type { Labelled, Paper, PaperColumn } from "./paper.js";

const MARGIN = 40;
const GAP = 6;
const SMALL = 8;
const TEXT = 9;
/** Of the footer, within the bottom margin. */
const FOOTER_UP = 26;
/** The longest text of a cell: one that is higher than a page could not be set. */
const MOST_OF_CELL = 600;
const GREY = "#888888";

type Fonts = Readonly<Record<"regular" | "bold", Buffer>>;
let fonts: Fonts | undefined;

function fontsOfPackage(): Fonts {
  const folder = join(dirname(fileURLToPath(import.meta.resolve("@embedpdf/fonts-sc"))), "../fonts");
  const read = (weight: string): Buffer => readFileSync(join(folder, `NotoSansHans-${weight}.otf`));
  return { regular: read("Regular"), bold: read("Bold") };
}

/** The PDF. It takes a tenth of a second and more, in one go: ask a `Printer`. */
export function renderPaper(paper: Paper): Promise<Buffer> {
  return new Setting(paper).done();
}

class Setting {
  private readonly doc: PDFKit.PDFDocument;

  constructor(private readonly paper: Paper) {
    fonts ??= fontsOfPackage();
    const { title, number, language, letterhead } = paper;
    this.doc = new PDFDocument({
      size: "A4",
      margin: MARGIN,
      bufferPages: true,
      lang: language,
      info: { Title: `${title} ${number}`, Author: letterhead[0] ?? "" },
    });
    this.doc.registerFont("regular", fonts.regular).registerFont("bold", fonts.bold);
  }

  done(): Promise<Buffer> {
    const bytes = buffer(this.doc);
    this.head();
    this.table();
    this.foot();
    this.numberPages();
    this.doc.end();
    return bytes;
  }

  private get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  private get bottom(): number {
    return this.doc.page.height - MARGIN - GAP;
  }

  private head(): void {
    const { doc, paper } = this;
    paper.letterhead.forEach((line, index) =>
      doc
        .font(index === 0 ? "bold" : "regular")
        .fontSize(index === 0 ? TEXT + 2 : SMALL)
        .text(line),
    );
    doc.moveDown(0.8).font("bold").fontSize(16).text(paper.title, { align: "center" });
    doc.moveDown(0.6);
    this.facts(paper.facts);
    this.parties();
  }

  private facts(facts: readonly Labelled[]): void {
    const half = this.width / 2;
    for (let index = 0; index < facts.length; index += 2) {
      const y = this.doc.y;
      const heights = facts.slice(index, index + 2).map(([label, value], column) => {
        const x = MARGIN + column * half;
        this.doc.font("regular").fontSize(TEXT).fillColor(GREY).text(label, x, y, { width: 90 });
        this.doc.fillColor("black").text(value, x + 92, y, { width: half - 92 - GAP });
        return Math.max(this.doc.y - y, 12);
      });
      this.doc.y = y + Math.max(...heights);
    }
  }

  private parties(): void {
    const { doc, paper } = this;
    doc.moveDown(0.6);
    const y = doc.y;
    const share = this.width / Math.max(1, paper.parties.length);
    const ends = paper.parties.map(({ label, lines }, index) => {
      const x = MARGIN + index * share;
      const width = share - GAP;
      doc.font("regular").fontSize(SMALL).fillColor(GREY).text(label, x, y, { width });
      doc.fontSize(TEXT).fillColor("black");
      for (const line of lines) doc.text(line, x, doc.y, { width });
      return doc.y;
    });
    doc.x = MARGIN;
    doc.y = Math.max(y, ...ends) + 2 * GAP;
  }

  private table(): void {
    const { columns, rows } = this.paper.table;
    this.row(
      columns.map(({ label }) => label),
      "bold",
    );
    for (const row of rows) {
      const cells = row.map((cell) => (cell.length > MOST_OF_CELL ? `${cell.slice(0, MOST_OF_CELL)} …` : cell));
      if (this.doc.y + this.heightOf(cells) > this.bottom) {
        this.doc.addPage();
        this.row(
          columns.map(({ label }) => label),
          "bold",
        );
      }
      this.row(cells, "regular");
    }
  }

  /** One row with a line below it. */
  private row(cells: readonly string[], font: "regular" | "bold"): void {
    const { doc } = this;
    const height = this.heightOf(cells, font);
    const y = doc.y;
    this.eachCell(cells, (cell, { align }, x, width) => doc.text(cell, x, y + 3, { width, align }));
    doc
      .moveTo(MARGIN, y + height)
      .lineTo(MARGIN + this.width, y + height)
      .lineWidth(font === "bold" ? 0.8 : 0.3)
      .strokeColor(font === "bold" ? "black" : GREY)
      .stroke();
    doc.x = MARGIN;
    doc.y = y + height;
  }

  private heightOf(cells: readonly string[], font: "regular" | "bold" = "regular"): number {
    this.doc.font(font).fontSize(SMALL);
    let height = 0;
    this.eachCell(cells, (cell, _, __, width) => {
      height = Math.max(height, this.doc.heightOfString(cell, { width }));
    });
    return height + 6;
  }

  private eachCell(
    cells: readonly string[],
    each: (cell: string, column: PaperColumn, x: number, width: number) => void,
  ): void {
    const { columns } = this.paper.table;
    const all = columns.reduce((sum, { width }) => sum + width, 0);
    let x = MARGIN;
    columns.forEach((column, index) => {
      const width = (this.width * column.width) / all;
      each(cells[index] ?? "", column, x, width - GAP);
      x += width;
    });
  }

  private foot(): void {
    const { doc } = this;
    const { totals, notes, signatures } = this.paper;
    this.keepTogether(totals.length * 14);
    doc.y += GAP;
    totals.forEach(([label, value], index) => {
      const y = doc.y;
      const half = MARGIN + this.width / 2;
      doc.font(index === totals.length - 1 ? "bold" : "regular").fontSize(TEXT);
      doc.text(label, half, y, { width: this.width / 4, align: "right" });
      const end = doc.y;
      doc.text(value, half + this.width / 4, y, { width: this.width / 4 - GAP, align: "right" });
      doc.y = Math.max(end, doc.y);
    });
    doc.x = MARGIN;
    doc.font("regular").fontSize(TEXT).moveDown(1);
    for (const note of notes) doc.text(note, MARGIN, doc.y, { width: this.width });
    if (signatures.length === 0) return;
    this.keepTogether(70);
    const y = doc.y + 50;
    const share = this.width / signatures.length;
    signatures.forEach((who, index) => {
      const x = MARGIN + index * share;
      doc
        .moveTo(x, y)
        .lineTo(x + share - 30, y)
        .lineWidth(0.5)
        .strokeColor("black")
        .stroke();
      doc.fontSize(SMALL).text(who, x, y + 3, { width: share - 30 });
    });
  }

  private keepTogether(height: number): void {
    if (this.doc.y + height > this.bottom) this.doc.addPage();
  }

  private numberPages(): void {
    const { doc, paper } = this;
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      doc.switchToPage(page);
      doc.page.margins.bottom = 0; // else the footer would begin a page of its own
      const text = paper.pageOf.replace("{page}", String(page + 1)).replace("{pages}", String(count));
      doc.font("regular").fontSize(SMALL).fillColor(GREY);
      doc.text(`${paper.number}  ·  ${text}`, MARGIN, doc.page.height - FOOTER_UP, {
        width: this.width,
        align: "right",
        lineBreak: false,
      });
      doc.fillColor("black");
    }
  }
}
