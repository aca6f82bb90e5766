// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { FixedMeasurement } from '@louver/contract';
import type { Language } from '../language.ts';
import { dateOf, numberOf } from '../times.ts';
import { caseWords } from './case-words.ts';

/** That it is fixed is no promise: here is what was measured, before and after, camera by camera. */
export function FixedBy({ language, measured }: { language: Language; measured: readonly FixedMeasurement[] }) {
  const words = caseWords[language].fixedBy;
  return (
    <dl className="facts">
      {measured.map((sight, place) => (
        <div key={`${sight.cameraCode} ${place}`}>
          <dt>{sight.cameraCode === null ? words.unnamed : words.camera(sight.cameraCode)}</dt>
          <dd>
            {sight.before && <p>{words.before(seenWords(sight.before, language))}</p>}
            <p>{nowWords(sight, language)}</p>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Seen = NonNullable<FixedMeasurement['before']>;

function seenWords({ at, dori, frameShare, distanceMetres }: Seen, language: Language): string {
  const words = caseWords[language].fixedBy;
  const day = dateOf(at, language);
  if (frameShare === 0) return words.unseen(day);
  const share = numberOf(Math.round(frameShare * 1000) / 10, language);
  return words.seen(day, words.dori[dori], share, numberOf(Math.round(distanceMetres), language));
}

function nowWords({ after, covered, takenDown }: FixedMeasurement, language: Language): string {
  const words = caseWords[language].fixedBy;
  if (takenDown) return words.takenDown;
  if (covered) return words.covered;
  return after === null ? words.noMore : words.after(seenWords(after, language));
}
