// SPDX-License-Identifier: AGPL-3.0-or-later
// A month as a paper, A4, for those who file papers. The same sentences and tables as the page.
import { createRequire } from 'node:module';
import { figuresWords, monthOf, numberOf, sheetOf, whenOf, type Language, type SheetTable } from '@louver/civic';
import type { Figures } from '@louver/contract';
// oxlint-disable-next-line import/no-named-as-default -- the name is its own; its types know the default alone
import PDFDocument from 'pdfkit';
import { bytesOf } from '../http/pdf-bytes.ts';

const { resolve } = createRequire(import.meta.url);
const font = (name: string) => resolve(`@expo-google-fonts/be-vietnam-pro/${name}.ttf`);
const REGULAR = font('400Regular/BeVietnamPro_400Regular');
const BOLD = font('600SemiBold/BeVietnamPro_600SemiBold');

const INK = '#12211f';
const QUIET = '#536663';
const ACCENT = '#0e5c5a';
const LINE = '#b4c1bc';
/** In points: A4, its margin, and the foot that pages keep free. */
const [WIDTH, HEIGHT, EDGE, FOOT] = [595.28, 841.89, 56, 64];
const INNER = WIDTH - 2 * EDGE;
const BOTTOM = HEIGHT - FOOT;
/** Of a table with one number a line: room for the number, and for its bar. */
const [NUMBER, BAR] = [64, 120];
/** Of one with several. */
const COLUMN = 62;

type Doc = InstanceType<typeof PDFDocument>;

interface Paper {
  figures: Figures;
  language: Language;
  /** SHA-256 on the record; undefined while the month is under way. */
  digest: string | undefined;
  /** Where the page of the report is read. */
  url: string;
}

export async function drawReport(paper: Paper): Promise<Buffer> {
  const { figures, language } = paper;
  const words = figuresWords[language];
  const title = words.report.title(monthOf(figures.month, language));
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: EDGE, bottom: 0, left: EDGE, right: EDGE },
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Subject: paper.url, Producer: 'Louver', Creator: 'Louver' },
  });
  const done = bytesOf(doc);
  heading(doc, title, intro(paper));
  for (const { title: section, sentences, tables, notes } of sheetOf(figures, language)) {
    subheading(doc, section);
    for (const sentence of sentences) paragraph(doc, sentence);
    for (const table of tables) drawTable(doc, table, language);
    for (const note of notes) paragraph(doc, note, { size: 8.5, colour: QUIET });
  }
  checking(doc, paper);
  feet(doc, `${title} · ${paper.url}`);
  doc.end();
  return done;
}

function intro({ figures, language }: Paper): string[] {
  const words = figuresWords[language];
  const [month, at] = [monthOf(figures.month, language), whenOf(figures.at, language)];
  return figures.whole ? [words.report.lead(month, at), words.report.states(at)] : [words.underWay(month, at)];
}

function heading(doc: Doc, title: string, lines: readonly string[]): void {
  doc.rect(0, 0, WIDTH, 10).fill(ACCENT);
  doc.fillColor(INK).font(BOLD).fontSize(22).text(title, EDGE, EDGE, { width: INNER });
  doc.moveDown(0.4);
  for (const line of lines) paragraph(doc, line, { size: 10.5, colour: QUIET });
}

function subheading(doc: Doc, text: string): void {
  // With its first lines: a heading alone at the foot of a page belongs to nothing.
  room(doc, 110);
  doc.moveDown(1.1);
  doc.fillColor(ACCENT).font(BOLD).fontSize(14).text(text, EDGE, doc.y, { width: INNER });
  doc.moveDown(0.3);
}

function paragraph(doc: Doc, text: string, { size = 10, colour = INK } = {}): void {
  doc.font(REGULAR).fontSize(size);
  room(doc, doc.heightOfString(text, { width: INNER, lineGap: 2 }));
  doc.fillColor(colour).text(text, EDGE, doc.y, { width: INNER, lineGap: 2 });
  doc.moveDown(0.35);
}

function room(doc: Doc, height: number): void {
  if (doc.y + height <= BOTTOM) return;
  doc.addPage();
  doc.y = EDGE;
}

function drawTable(doc: Doc, table: SheetTable, language: Language): void {
  const single = table.columns.length === 1;
  const label = single ? INNER - NUMBER - BAR : INNER - COLUMN * table.columns.length;
  room(doc, 64);
  doc.moveDown(0.5);
  doc.fillColor(INK).font(BOLD).fontSize(10).text(table.caption, EDGE, doc.y, { width: INNER });
  doc.moveDown(0.2);
  if (!single) row(doc, label, { label: table.head, cells: table.columns.map((column) => column.label), quiet: true });
  const most = Math.max(1, ...table.rows.filter(({ sum }) => !sum).map(({ values }) => values[0] ?? 0));
  for (const { label: text, values, sum } of table.rows) {
    const share = single && !sum ? (values[0] ?? 0) / most : undefined;
    row(doc, label, { label: text, cells: values.map((value) => numberOf(value, language)), share, strong: sum });
  }
  doc.moveDown(0.6);
}

interface Row {
  label: string;
  cells: readonly string[];
  share?: number | undefined;
  strong?: boolean | undefined;
  quiet?: boolean;
}

function row(doc: Doc, labelWidth: number, { label, cells, share, strong, quiet }: Row): void {
  doc.font(strong ? BOLD : REGULAR).fontSize(quiet ? 8 : 9.5);
  const width = cells.length === 1 ? NUMBER : COLUMN;
  const tall = Math.max(
    doc.heightOfString(label, { width: labelWidth - 8 }),
    ...cells.map((cell) => doc.heightOfString(cell, { width: width - 6 })),
  );
  room(doc, tall + 8);
  const top = doc.y + 3;
  doc.fillColor(quiet ? QUIET : INK).text(label, EDGE, top, { width: labelWidth - 8 });
  for (const [i, cell] of cells.entries())
    doc.text(cell, EDGE + labelWidth + i * width, top, { width: width - 6, align: 'right' });
  if (share !== undefined && share > 0) doc.rect(WIDTH - EDGE - BAR + 8, top + 3, (BAR - 8) * share, 6).fill(ACCENT);
  const y = top + tall + 3;
  doc
    .moveTo(EDGE, y)
    .lineTo(WIDTH - EDGE, y)
    .lineWidth(0.5)
    .stroke(LINE);
  doc.x = EDGE;
  doc.y = y;
}

function checking(doc: Doc, { figures, language, digest }: Paper): void {
  const { check: words, small } = figuresWords[language];
  const { checkpoint, record } = figures;
  const signed = whenOf(checkpoint.sealedAt, language);
  subheading(doc, words.title);
  paragraph(doc, words.counted(numberOf(checkpoint.size, language), signed));
  if (record.late > 0) paragraph(doc, words.late(numberOf(record.late, language)));
  paragraph(doc, words.anybody);
  paragraph(doc, words.auditor);
  paragraph(doc, `${words.root}: ${checkpoint.root}`, { size: 9, colour: QUIET });
  if (digest !== undefined) paragraph(doc, `${words.digest}: ${digest}`, { size: 9, colour: QUIET });
  paragraph(doc, checkpoint.text.trim(), { size: 8, colour: QUIET });
  subheading(doc, small.title);
  paragraph(doc, small.why);
}

/** When all pages are there, so that each says of how many it is one. */
function feet(doc: Doc, text: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    doc.fillColor(QUIET).font(REGULAR).fontSize(8);
    doc.text(text, EDGE, HEIGHT - 40, { width: INNER - 50, height: 11, ellipsis: true, lineBreak: false });
    doc.text(`${page + 1} / ${count}`, WIDTH - EDGE - 50, HEIGHT - 40, { width: 50, align: 'right', lineBreak: false });
  }
}
