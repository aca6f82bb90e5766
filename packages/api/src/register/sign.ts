// SPDX-License-Identifier: AGPL-3.0-or-later
// The sign that hangs by a camera, A4, in both languages: who, why, what, where it is kept, how long (after the chain of
// questions of DTPR, the standard of digital transparency in the public realm).
import { createRequire } from 'node:module';
import { cameraWords, countryOf, isBiometric, type Language, type RegisteredCamera } from '@louver/civic';
// oxlint-disable-next-line import/no-named-as-default -- the name is its own; its types know the default alone
import PDFDocument from 'pdfkit';
import { bytesOf } from '../http/pdf-bytes.ts';
import { create } from 'qrcode';

const { resolve } = createRequire(import.meta.url);
const font = (name: string) => resolve(`@expo-google-fonts/be-vietnam-pro/${name}.ttf`);
const REGULAR = font('400Regular/BeVietnamPro_400Regular');
const BOLD = font('600SemiBold/BeVietnamPro_600SemiBold');

const INK = '#12211f';
const QUIET = '#536663';
const ACCENT = '#0e5c5a';
/** In points: A4 and its margin. */
const [WIDTH, HEIGHT, EDGE] = [595.28, 841.89, 48];
const INNER = WIDTH - 2 * EDGE;
const LABEL = 168;
const CODE_SIZE = 128;
const ROWS_TOP = 236;
const ROWS_BOTTOM = HEIGHT - EDGE - CODE_SIZE - 24;

interface Line {
  vi: string;
  en: string;
  value: string;
  /** The same in English, where it is not the operator's own text. */
  valueEn?: string;
}

type Doc = InstanceType<typeof PDFDocument>;

/** @param url of the camera's public page, which the code leads to */
export async function drawSign(camera: RegisteredCamera, url: string): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: 'vi',
    info: { Title: `${camera.code} · ${camera.name}`, Subject: url },
  });
  const done = bytesOf(doc);
  heading(doc, camera);
  const lines = linesOf(camera);
  const heights = shared(
    lines.map((line) => wanted(doc, line)),
    ROWS_BOTTOM - ROWS_TOP,
  );
  let y = ROWS_TOP;
  for (const [i, line] of lines.entries()) {
    row(doc, line, y, heights[i]!);
    y += heights[i]!;
  }
  foot(doc, url);
  doc.end();
  return done;
}

function heading(doc: Doc, camera: RegisteredCamera): void {
  doc.rect(0, 0, WIDTH, 150).fill(ACCENT);
  // The slats: half of the band is closed.
  for (let at = 12; at < 150; at += 18) doc.rect(WIDTH - 120, at, 120, 9).fill('#2c7a75');
  const planned = camera.status === 'planned';
  doc.fillColor('#fff').font(BOLD).fontSize(34);
  doc.text(planned ? 'DỰ KIẾN LẮP CAMERA' : 'KHU VỰC CÓ CAMERA', EDGE, 42, { width: INNER - 90 });
  doc.font(REGULAR).fontSize(18);
  doc.text(planned ? 'A camera is planned here' : 'A camera is watching this place', EDGE, 96, { width: INNER - 90 });
  doc.fillColor(INK).font(BOLD).fontSize(20);
  doc.text(camera.name, EDGE, 168, { width: INNER, height: 28, ellipsis: true });
  doc.fillColor(QUIET).font(REGULAR).fontSize(12);
  doc.text(`${camera.code} · ${camera.ward}`, EDGE, 202, { width: INNER, lineBreak: false });
}

function linesOf(camera: RegisteredCamera): Line[] {
  const [vi, en] = [cameraWords.vi, cameraWords.en];
  const none = { value: vi.unstated, valueEn: en.unstated };
  const stated = (text: string | null) => (text === null ? none : { value: text });
  const { retentionDays: days, storageCountry: country } = camera;
  const who = [camera.operator, camera.contact].filter((text) => text !== null).join('\n');
  const can = (language: Language) => {
    const words = cameraWords[language];
    const sound = camera.hasAudio || camera.capabilities.includes('microphone');
    const known = camera.capabilities.filter((each) => each !== 'microphone').map((each) => words.capability[each]);
    return [
      language === 'vi' ? 'Ghi hình' : 'Pictures',
      ...(sound ? [words.capability.microphone] : []),
      ...known,
    ].join('; ');
  };
  const kept = days === null ? none : { value: vi.days(days, String(days)), valueEn: en.days(days, String(days)) };
  return [
    { vi: 'Ai chịu trách nhiệm', en: 'Who', ...(who === '' ? none : { value: who }) },
    { vi: 'Để làm gì', en: 'Why', ...stated(camera.purpose) },
    { vi: 'Căn cứ pháp lý', en: 'Legal basis', ...stated(camera.legalBasis) },
    { vi: 'Thu thập gì', en: 'What', value: can('vi'), valueEn: can('en') },
    ...(isBiometric(camera)
      ? [{ vi: 'Sinh trắc học', en: 'Biometrics', value: vi.biometric.short, valueEn: en.biometric.short }]
      : []),
    {
      vi: 'Lưu ở đâu',
      en: 'Where it is kept',
      ...(country === null ? none : { value: countryOf(country, 'vi'), valueEn: countryOf(country, 'en') }),
    },
    { vi: 'Lưu bao lâu', en: 'How long', ...kept },
  ];
}

const VALUE_WIDTH = INNER - LABEL;
const [VALUE_SIZE, ENGLISH_SIZE] = [13, 10];
const GAP = 18;
const LEAST = 42;
/** The last line is left out when it would only just fit. */
const SLACK = 6;

const englishHeight = (doc: Doc, { valueEn }: Line): number =>
  valueEn === undefined ? 0 : doc.font(REGULAR).fontSize(ENGLISH_SIZE).heightOfString(valueEn, { width: VALUE_WIDTH });

/** How high a row would like to be. */
const wanted = (doc: Doc, line: Line): number =>
  Math.max(
    LEAST,
    GAP +
      englishHeight(doc, line) +
      doc.font(REGULAR).fontSize(VALUE_SIZE).heightOfString(line.value, { width: VALUE_WIDTH }),
  );

/** As high as they like, unless that is more than there is: then the highest give way. */
export function shared(heights: readonly number[], space: number): number[] {
  let most = Math.max(...heights);
  const capped = () => heights.map((height) => Math.min(height, most));
  while (most > LEAST && capped().reduce((sum, height) => sum + height, 0) > space) most -= 1;
  return capped();
}

/** @param height of the row; what is longer is cut with dots: the page behind the code has all of it */
function row(doc: Doc, line: Line, y: number, height: number): void {
  const top = y + 8;
  doc.moveTo(EDGE, y).lineTo(WIDTH - EDGE, y);
  doc.lineWidth(0.75).stroke('#b4c1bc');
  doc.fillColor(ACCENT).font(BOLD).fontSize(13);
  doc.text(line.vi, EDGE, top, { width: LABEL - 12 });
  doc.fillColor(QUIET).font(REGULAR).fontSize(11);
  doc.text(line.en, EDGE, doc.y, { width: LABEL - 12 });
  const room = height - GAP + 2;
  const english = Math.min(room / 2, englishHeight(doc, line));
  doc.fillColor(INK).fontSize(VALUE_SIZE);
  doc.text(line.value, EDGE + LABEL, top - 2, { width: VALUE_WIDTH, height: room - english + SLACK, ellipsis: true });
  if (line.valueEn === undefined) return;
  doc.fillColor(QUIET).fontSize(ENGLISH_SIZE);
  doc.text(line.valueEn, EDGE + LABEL, doc.y, { width: VALUE_WIDTH, height: english + 1, ellipsis: true });
}

function foot(doc: Doc, url: string): void {
  const top = HEIGHT - EDGE - CODE_SIZE;
  doc.rect(EDGE, top - 16, INNER, 2).fill(ACCENT);
  drawCode(doc, url, EDGE, top);
  const left = EDGE + CODE_SIZE + 24;
  const width = INNER - CODE_SIZE - 24;
  doc.fillColor(INK).font(BOLD).fontSize(15);
  doc.text('Quét để xem camera này, khiếu nại, hoặc hỏi camera nào thấy nhà bạn', left, top, { width });
  doc.fillColor(QUIET).font(REGULAR).fontSize(11);
  doc.text('Scan to read about this camera, to complain, or to see which cameras can see your home', left, doc.y + 4, {
    width,
  });
  doc
    .fillColor(INK)
    .fontSize(10)
    .text(url, left, doc.y + 8, { width });
}

/** Drawn as squares, so that it is sharp at any size. */
function drawCode(doc: Doc, url: string, left: number, top: number): void {
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  // Four modules of quiet around it, without which some readers don't find it: here the white of the paper does.
  const side = CODE_SIZE / modules.size;
  for (let y = 0; y < modules.size; y += 1)
    for (let x = 0; x < modules.size; x += 1)
      if (modules.get(y, x)) doc.rect(left + x * side, top + y * side, side + 0.05, side + 0.05);
  doc.fill('#000');
}
