// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper of an act, as a PDF made from its text. Its digest stands on the record, so a paper that is exchanged later shows.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
// oxlint-disable-next-line import/no-named-as-default -- the name is its own; its types know the default alone
import PDFDocument from 'pdfkit';

const font = (name: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${name}/BeVietnamPro_${name}.ttf`));

export interface PaperFacts {
  /** Vietnamese first: it is a paper of a Vietnamese office. */
  title: string;
  number: string;
  body: string;
  reference: string;
  /** Local date and time of the office. */
  at: string;
  text: string;
}

export interface Paper {
  pdf: Buffer;
  sha256: string;
}

const MARGIN = 64;

export function makePaper({ title, number, body, reference, at, text }: PaperFacts): Promise<Paper> {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'vi-VN',
    displayTitle: true,
    tagged: true,
    info: { Title: `${title} ${number}`, Author: body, Producer: 'Louver', Creator: 'Louver' },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Paper>((resolve, reject) => {
    document.on('error', reject);
    document.on('end', () => {
      const pdf = Buffer.concat(chunks);
      resolve({ pdf, sha256: createHash('sha256').update(pdf).digest('hex') });
    });
  });
  document.registerFont('text', font('400Regular')).registerFont('strong', font('600SemiBold'));
  document.font('strong').fontSize(11).text(body, { align: 'left' });
  document.font('text').fontSize(10).text(`Số: ${number}`).moveDown(2);
  document.font('strong').fontSize(16).text(title, { align: 'center' }).moveDown(0.3);
  document.font('text').fontSize(10).text(`Hồ sơ ${reference} · ${at}`, { align: 'center' }).moveDown(1.5);
  document.font('text').fontSize(11.5).text(text, { align: 'left', lineGap: 3 }).moveDown(2);
  const note = `Mã SHA-256 của văn bản này nằm trong sổ công khai của hệ thống, cùng với hồ sơ ${reference}.`;
  document.fontSize(8.5).fillColor('#444').text(note);
  document.end();
  return done;
}
