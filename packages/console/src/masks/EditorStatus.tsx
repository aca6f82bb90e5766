// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import type { Drawing, DrawingAction } from './drawing.ts';
import styles from './MaskEditor.module.css';
import type { RingProblem } from './ring-problems.ts';

interface StatusProps {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
  problems: readonly RingProblem[];
}

/** What is selected and what is wrong, in words that are read aloud as they change. */
export function EditorStatus({ drawing, dispatch, frame, problems }: StatusProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['status']}>
      <p role="status">{useWords(drawing, frame)}</p>
      <div role="alert">
        {problems.map(({ ring, fault, vertex }) => (
          <p key={ring} className={styles['problem']}>
            <Icon name="alert" size={14} />
            <span>{t(`masks.editor.problem.${fault}`, { ring: ring + 1, vertex: (vertex ?? 0) + 1 })}</span>
            <Button look="quiet" onClick={() => dispatch({ type: 'select', selection: { ring, vertex } })}>
              {t('masks.editor.fix')}
            </Button>
          </p>
        ))}
      </div>
    </div>
  );
}

function useWords({ tool, pending, selection, rings }: Drawing, frame: FrameSize): string {
  const { t } = useTranslation();
  if (tool === 'add') {
    return pending.length === 0 ? t('masks.editor.addingNone') : t('masks.editor.adding', { count: pending.length });
  }
  const ring = selection === null ? undefined : rings[selection.ring];
  if (selection === null || ring === undefined) return t('masks.editor.selectedNothing');
  const corner = selection.vertex === null ? undefined : ring[selection.vertex];
  if (corner === undefined) return t('masks.editor.selectedRing', { ring: selection.ring + 1, count: ring.length });
  return t('masks.editor.selectedVertex', {
    ring: selection.ring + 1,
    vertex: selection.vertex! + 1,
    x: Math.round(corner[0] * frame.width),
    y: Math.round(corner[1] * frame.height),
  });
}
