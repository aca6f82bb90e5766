// SPDX-License-Identifier: AGPL-3.0-or-later
// Figures as the worker counts them, and a place for them, which only the worker writes otherwise.
import type { Figures, Month } from '@louver/contract';
import { digestOf } from '@louver/ledger';
import type { Database } from '@louver/testkit';

export const CHECKPOINT_TEXT = `test.louver.example/log\n4321\n${'A'.repeat(43)}=\n\n— test.louver.example/log c2lnbmF0dXJl\n`;

/** Every number another one, so that none can stand for another. */
export const someFigures = (month: Month, given: Partial<Figures> = {}): Figures => ({
  version: 1,
  month,
  whole: true,
  from: `${month}-01T00:00:00.000Z`,
  until: `${month}-28T00:00:00.000Z`,
  at: `${month}-28T00:12:00.000Z`,
  checkpoint: { size: 4321, root: `${'A'.repeat(43)}=`, sealedAt: `${month}-28T00:11:00.000Z`, text: CHECKPOINT_TEXT },
  countedBefore: 4000,
  cameras: {
    ...{ shown: 440, counted: 14, planned: 9, biometric: 2, sound: 6 },
    byPurpose: [
      { kind: 'named', name: 'Điều tiết giao thông', cameras: 321 },
      { kind: 'named', name: '=HYPERLINK("http://x.example","Nhấp vào đây")', cameras: 76 },
      { kind: 'unstated', name: null, cameras: 57 },
    ],
    byOwner: [
      { kind: 'named', name: 'UBND Phường Hoa Sữa', cameras: 401 },
      { kind: 'named', name: '<script>alert(1)</script>', cameras: 31 },
      { kind: 'private-house', name: null, cameras: 12 },
      { kind: 'unshown', name: null, cameras: 10 },
    ],
  },
  homes: {
    byLevel: { detect: 111, observe: 222, recognise: 133, identify: 44 },
    ...{ tooClose: 177, covered: 150, dark: 25, bare: 2, policyVersion: 1, unmeasured: 3 },
  },
  record: {
    viewings: { opened: 1234, withCase: 567, stills: 89, hours: 78.5, refused: 21 },
    masks: { approved: 18, rejected: 3, enforced: 27, expired: 1 },
    findings: { opened: 29, closed: 28 },
    lifts: 0,
    exports: 0,
    complaints: { received: 13, joined: 4, accepted: 8, decided: 7, appealed: 5, withdrawn: 1 },
    missed: {
      total: 6,
      byClock: [
        { clock: 'VN-KN-1', name: { vi: 'Thụ lý khiếu nại', en: 'Acceptance' }, dates: 4 },
        { clock: 'VN-KN-2', name: { vi: 'Giải quyết lần đầu', en: 'First decision' }, dates: 2 },
      ],
    },
    late: 1,
  },
  cases: {
    ...{ open: 9, late: 6, ended: 30, oldestDays: 402, uncomputed: 0 },
    byStage: [
      { stage: 'awaiting-acceptance', byAge: [2, 0, 0, 0, 0] },
      { stage: 'not-accepted', byAge: [0, 3, 2, 1, 1] },
    ],
  },
  wards: [
    {
      ...{ path: 'vn.p66.hoa_sua', name: 'Phường Hoa Sữa', nameEn: 'Hoa Sua Ward', live: 454, planned: 9 },
      ...{ tooClose: 177, bare: 2, viewings: 1234, received: 13, missed: 6 },
    },
  ],
  ...given,
});

export const putCurrent = (db: Database, figures: Figures) =>
  db.query(
    `INSERT INTO current_figures (figures, counted_at, took_ms) VALUES ($1, $2, 5)
     ON CONFLICT (only_row) DO UPDATE SET figures = EXCLUDED.figures, counted_at = EXCLUDED.counted_at`,
    [JSON.stringify(figures), figures.at],
  );

/** @returns its digest */
export async function putReport(db: Database, figures: Figures): Promise<string> {
  const digest = digestOf(figures);
  await db.query('INSERT INTO monthly_reports (month, figures, digest) VALUES ($1, $2, $3)', [
    figures.month,
    JSON.stringify(figures),
    digest,
  ]);
  return digest;
}
