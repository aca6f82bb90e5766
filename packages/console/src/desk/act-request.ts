// SPDX-License-Identifier: AGPL-3.0-or-later
// Which fields an act of the desk needs, and the call that it is.
import {
  type ComplaintId,
  type ComplaintOutcome,
  type DeskAct,
  type DeskCase,
  type JurisdictionPath,
  complaintRoutes,
} from '@louver/contract';
import { call } from '../api/call.ts';

/** Messages and names have places of their own on the page. */
export type Act = Exclude<DeskAct, 'write' | 'identify'>;

export interface ActValues {
  reason: string;
  days: string;
  to: JurisdictionPath | '';
  outcome: ComplaintOutcome;
  how: 'post' | 'in-person';
  number: string;
  text: string;
}

type Part = 'reason' | 'days' | 'to' | 'outcome' | 'how' | 'paper';

export const PARTS: Record<Act, readonly Part[]> = {
  acknowledge: [],
  accept: [],
  refuse: ['reason', 'paper'],
  extend: ['days', 'reason', 'paper'],
  suspend: ['reason', 'paper'],
  resume: [],
  forward: ['to', 'reason'],
  decide: ['outcome', 'paper'],
  deliver: ['how', 'reason'],
  close: ['paper'],
  'take-over': ['reason'],
};

const LEAST = { reason: 3, number: 1, text: 20 } as const;
type Wrong = { [K in 'reason' | 'number' | 'text']?: number } & { to?: true };

/** Signs that a field needs at least, of those that have fewer. */
export function wrongOf(act: Act, values: ActValues): Wrong {
  const parts = PARTS[act];
  const fields = [
    ...(parts.includes('reason') ? (['reason'] as const) : []),
    ...(parts.includes('paper') ? (['number', 'text'] as const) : []),
  ];
  const short = fields.filter((field) => values[field].trim().length < LEAST[field]);
  return {
    ...Object.fromEntries(short.map((field) => [field, LEAST[field]])),
    ...(parts.includes('to') && values.to === '' ? { to: true } : {}),
  };
}

export async function perform(act: Act, complaintId: ComplaintId, values: ActValues): Promise<DeskCase> {
  const params = { complaintId };
  const reason = values.reason.trim();
  const paper = { number: values.number.trim(), text: values.text.trim() };
  switch (act) {
    case 'acknowledge':
      return call(complaintRoutes.acknowledgeComplaint, { params, body: {} });
    case 'accept':
      return call(complaintRoutes.acceptComplaint, { params, body: {} });
    case 'resume':
      return call(complaintRoutes.resumeComplaint, { params, body: {} });
    case 'refuse':
      return call(complaintRoutes.refuseComplaint, { params, body: { reason, paper } });
    case 'suspend':
      return call(complaintRoutes.suspendComplaint, { params, body: { reason, paper } });
    case 'extend':
      return call(complaintRoutes.extendComplaint, {
        params,
        body: { reason, paper, ...(values.days === '' ? {} : { days: Number(values.days) }) },
      });
    case 'forward':
      return call(complaintRoutes.forwardComplaint, { params, body: { to: values.to, reason } });
    case 'decide':
      return call(complaintRoutes.decideComplaint, { params, body: { outcome: values.outcome, paper } });
    case 'deliver':
      return call(complaintRoutes.deliverComplaint, { params, body: { how: values.how, reason } });
    case 'close':
      return call(complaintRoutes.closeComplaint, { params, body: { paper } });
    case 'take-over':
      return call(complaintRoutes.takeOverComplaint, { params, body: { reason } });
    default:
      return act satisfies never;
  }
}
