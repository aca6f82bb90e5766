// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Segments } from '../design/Segments.tsx';
import type { DrawingAction } from './drawing.ts';
import styles from './EditorToolbar.module.css';
import type { Ring } from './ring.ts';

type Compared = 'nothing' | 'inForce' | 'proposal';

/** What the page shows of a drawing besides the drawing. */
export interface Switches {
  solid: boolean;
  homes: boolean;
  snap: boolean;
  compared: Compared;
  ground: 'still' | 'wireframe';
}

interface SwitchesProps {
  value: Switches;
  onChange: (change: Partial<Switches>) => void;
  dispatch: Dispatch<DrawingAction>;
  hasStill: boolean;
  inForce: readonly Ring[] | undefined;
  proposal: readonly Ring[] | undefined;
}

export function EditorSwitches({ value, onChange, dispatch, hasStill, inForce, proposal }: SwitchesProps) {
  const { t } = useTranslation();
  const choices = (['nothing', 'inForce', 'proposal'] as const).filter(
    (one) => one === 'nothing' || { inForce, proposal }[one] !== undefined,
  );
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('masks.editor.shown')}>
      <Button look="quiet" aria-pressed={value.solid} onClick={() => onChange({ solid: !value.solid })}>
        {t('masks.editor.fill')}
      </Button>
      <Button look="quiet" aria-pressed={value.homes} onClick={() => onChange({ homes: !value.homes })}>
        {t('masks.editor.showHomes')}
      </Button>
      <Button look="quiet" aria-pressed={value.snap} onClick={() => onChange({ snap: !value.snap })}>
        {t('masks.editor.snap')}
      </Button>
      {hasStill && (
        <Segments
          label={t('masks.editor.background')}
          value={value.ground}
          onChange={(ground) => onChange({ ground })}
          options={(['still', 'wireframe'] as const).map((one) => ({ value: one, label: t(`masks.editor.${one}`) }))}
        />
      )}
      {choices.length > 1 && (
        <span className={styles['group']}>
          <span className={styles['name']} aria-hidden="true">
            {t('masks.editor.compare')}
          </span>
          <Segments
            label={t('masks.editor.compare')}
            value={value.compared}
            onChange={(compared) => onChange({ compared })}
            options={choices.map((one) => ({ value: one, label: t(`masks.editor.compareWith.${one}`) }))}
          />
        </span>
      )}
      {proposal !== undefined && (
        <Button look="quiet" onClick={() => dispatch({ type: 'replace', rings: proposal })}>
          {t('masks.editor.takeProposal')}
        </Button>
      )}
      {inForce !== undefined && (
        <Button look="quiet" onClick={() => dispatch({ type: 'replace', rings: inForce })}>
          {t('masks.editor.takeInForce')}
        </Button>
      )}
    </div>
  );
}
