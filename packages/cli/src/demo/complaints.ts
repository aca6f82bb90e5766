// SPDX-License-Identifier: AGPL-3.0-or-later
// Cases in all stages, as if people had complained in the weeks before. What passed by itself since then is not planted: the
// worker finds it, as it would anywhere.
import { appendRecord, type Tx } from '@louver/db';
import {
  countComplaints,
  findOfficer,
  findSpots,
  insertDemoComplaint,
  insertDemoEvent,
  insertDemoPaper,
} from './complaint-queries.ts';
import { OFFICER_OF_WARDS } from './people.ts';

const DAY_MS = 86_400_000;

interface Act {
  daysAgo: number;
  kind: 'accepted' | 'extended' | 'suspended' | 'decided';
  reason?: string;
  outcome?: string;
}

interface Story {
  kind: string;
  named: boolean;
  daysAgo: number;
  text: string;
  acts: readonly Act[];
}

const STORIES: readonly Story[] = [
  {
    kind: 'faces-home',
    named: true,
    daysAgo: 2,
    text: 'Camera trên cột điện chĩa thẳng vào cửa sổ phòng ngủ nhà tôi.',
    acts: [],
  },
  {
    kind: 'faces-home',
    named: true,
    daysAgo: 14,
    text: 'Camera quay cả sân và ban công nhà tôi suốt ngày đêm.',
    acts: [],
  },
  {
    kind: 'no-sign',
    named: true,
    daysAgo: 25,
    text: 'Chỗ này có camera mà không có biển báo nào.',
    acts: [{ daysAgo: 20, kind: 'accepted' }],
  },
  {
    kind: 'faces-home',
    named: true,
    daysAgo: 34,
    text: 'Gia đình tôi đã nhiều lần đề nghị xoay camera đi chỗ khác.',
    acts: [
      { daysAgo: 29, kind: 'accepted' },
      { daysAgo: 8, kind: 'extended', reason: 'Cần phối hợp với đơn vị lắp đặt' },
    ],
  },
  {
    kind: 'footage-misuse',
    named: true,
    daysAgo: 75,
    text: 'Hình ảnh của tôi từ camera này bị đưa lên mạng.',
    acts: [],
  },
  {
    kind: 'faces-home',
    named: true,
    daysAgo: 40,
    text: 'Camera nhìn thẳng vào nhà, cán bộ hứa xử lý.',
    acts: [
      { daysAgo: 36, kind: 'accepted' },
      { daysAgo: 20, kind: 'decided', outcome: 'founded' },
    ],
  },
  {
    kind: 'camera-fault',
    named: false,
    daysAgo: 9,
    text: 'Camera bị lệch xuống đất sau trận mưa.',
    acts: [{ daysAgo: 5, kind: 'decided', outcome: 'answered' }],
  },
];

/** @returns how many were planted; none when anybody has complained already */
export async function plantComplaints(tx: Tx, now: Date): Promise<number> {
  if ((await countComplaints(tx)) > 0) return 0;
  const spots = await findSpots(tx, STORIES.length);
  const { id: accountId } = await findOfficer(tx, OFFICER_OF_WARDS);
  for (const [i, story] of STORIES.slice(0, spots.length).entries()) await plant(tx, story, spots[i]!, accountId, now);
  return Math.min(STORIES.length, spots.length);
}

const before = (now: Date, daysAgo: number): Date => new Date(now.getTime() - daysAgo * DAY_MS);

async function plant(
  tx: Tx,
  story: Story,
  spot: Awaited<ReturnType<typeof findSpots>>[number],
  accountId: string,
  now: Date,
) {
  const { kind, named, text, daysAgo } = story;
  const at = before(now, daysAgo);
  const procedure = named && kind !== 'camera-fault' ? 'complaint' : 'report';
  const { id, partyId } = await insertDemoComplaint(tx, {
    spot,
    kind,
    named,
    procedure,
    rules: rulesOf(procedure, at),
    text,
    at,
  });
  await insertDemoEvent(tx, id, { kind: 'filed', at, partyId });
  const { jurisdiction, cameraId } = spot;
  const detail = { kind, form: named ? 'named' : 'anonymous', source: 'demo', photos: [] };
  await appendRecord(tx, { action: 'complaint.receive', actor: null, subject: id, cameraId, jurisdiction, detail });
  for (const [n, act] of story.acts.entries()) {
    const when = before(now, act.daysAgo);
    const number = `${n + 1}/DEMO`;
    const paperId =
      act.kind === 'accepted' ? undefined : await insertDemoPaper(tx, id, number, 'VĂN BẢN MẪU', demoPaper(), when);
    const { reason, outcome } = act;
    await insertDemoEvent(tx, id, {
      kind: act.kind,
      at: when,
      accountId,
      reason,
      outcome,
      ...(paperId ? { paperId } : {}),
    });
  }
}

/** As `rules/vn` has them. */
const rulesOf = (procedure: 'complaint' | 'report', at: Date): string =>
  procedure === 'report'
    ? 'vn/report'
    : at < new Date('2026-07-01T00:00:00+07:00')
      ? 'vn/complaint-2012'
      : 'vn/complaint-2026';

/** One page that says that it says nothing. */
const demoPaper = (): Buffer => {
  const text = 'BT /F1 14 Tf 72 760 Td (A paper of the demo city. It decides nothing.) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}${end}`, 'latin1');
};
