// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { isProblem, type ApiProblem } from '../../api/api-problem.ts';
import { dayOf } from '../../app/times.ts';
import { errorsOfProblem, wrongFields } from './field-pointers.ts';
import { STATED_POINTERS, type StatedField } from './stated.ts';

export type StatedWrong = Partial<Record<StatedField, string>>;

/** What each field says when it is wrong: by the contract's rules, and by the refusals that are about one field. */
export function useStatedWords(): {
  ofErrors: (errors: readonly FieldError[]) => StatedWrong;
  ofProblem: (problem: unknown) => StatedWrong;
} {
  const { t } = useTranslation();
  const ofErrors = (errors: readonly FieldError[]): StatedWrong => {
    const fields = Object.keys(wrongFields(errors, STATED_POINTERS).fields) as StatedField[];
    return Object.fromEntries(fields.map((field) => [field, t(`cameras.edit.wrong.${field}`)]));
  };
  const tooEarly = ({ document }: ApiProblem): string => {
    const day = /\d{4}-\d{2}-\d{2}/.exec(document?.detail ?? '')?.[0];
    return day === undefined
      ? t('problems.camera-window-open')
      : t('cameras.edit.wrong.statusTooEarly', { day: dayOf(day) });
  };
  const ofProblem = (problem: unknown): StatedWrong => ({
    ...ofErrors(errorsOfProblem(problem)),
    ...(isProblem(problem, 'camera-code-taken') ? { code: t('problems.camera-code-taken') } : {}),
    ...(isProblem(problem, 'camera-window-open') ? { status: tooEarly(problem) } : {}),
    ...(isProblem(problem, 'jurisdiction-not-found') ? { jurisdiction: t('cameras.edit.wrong.jurisdiction') } : {}),
  });
  return { ofErrors, ofProblem };
}

export const without = <F extends string>(
  wrong: Partial<Record<F, string>>,
  changed: object,
): Partial<Record<F, string>> =>
  Object.fromEntries(Object.entries(wrong).filter(([field]) => !(field in changed))) as Partial<Record<F, string>>;
