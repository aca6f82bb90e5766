// SPDX-License-Identifier: AGPL-3.0-or-later
import { exactly, momentOf, timeOf, timeWithSecondsOf } from '../app/times.ts';

const WORDS = { time: timeOf, seconds: timeWithSecondsOf, moment: momentOf, exact: exactly } as const;

/** A local time; the whole instant and its zone show on hover. */
export const Moment = ({ at, as = 'moment' }: { at: string; as?: keyof typeof WORDS }) => (
  <time dateTime={at} title={exactly(at)}>
    {WORDS[as](at)}
  </time>
);
