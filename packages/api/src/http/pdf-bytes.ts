// SPDX-License-Identifier: AGPL-3.0-or-later
import type PDFDocument from 'pdfkit';

/** All of a document that is being drawn; to be asked before its end. */
export const bytesOf = (doc: InstanceType<typeof PDFDocument>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
