// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Language } from '../language.ts';
import { monthOf, numberOf } from '../times.ts';
import { cameraWords } from './camera-words.ts';

export interface MonthOfViewings {
  /** `2026-02` */
  month: string;
  viewings: number;
}

/** Numbers as they are, also small ones; the bar only repeats them. */
export function ViewingTable({ language, viewings }: { language: Language; viewings: readonly MonthOfViewings[] }) {
  const words = cameraWords[language];
  const most = Math.max(1, ...viewings.map((each) => each.viewings));
  return (
    <table className="bars">
      <thead>
        <tr>
          <th scope="col">{words.month}</th>
          <th scope="col" className="number">
            {words.times}
          </th>
          <th aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {viewings.map((each) => (
          <tr key={each.month}>
            <th scope="row">{monthOf(each.month, language)}</th>
            <td className="number">{numberOf(each.viewings, language)}</td>
            <td aria-hidden="true">
              <svg width="100%" height="12" viewBox="0 0 100 12" preserveAspectRatio="none">
                <rect width={(100 * each.viewings) / most} height="12" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
