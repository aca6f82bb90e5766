// SPDX-License-Identifier: AGPL-3.0-or-later
import type { DeskCase } from '@louver/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { type Act } from './act-request.ts';
import { ActForm } from './ActForm.tsx';
import styles from './Acts.module.css';

/** The first is what the law waits for. */
const ORDER: readonly Act[] = [
  ...(['accept', 'decide', 'close', 'resume', 'take-over', 'acknowledge'] as const),
  ...(['deliver', 'extend', 'suspend', 'forward', 'refuse'] as const),
];

export function Acts({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act>();
  const possible = ORDER.filter((each) => found.may.includes(each));
  return (
    <section className={styles['acts']}>
      <h2>{t('desk.act.title')}</h2>
      {possible.length === 0 && <p>{t('desk.act.none')}</p>}
      {possible.map((each, place) => (
        <Button key={each} wide look={place === 0 ? 'primary' : 'plain'} onClick={() => setAct(each)}>
          {t(`desk.act.${each}.do`)}
        </Button>
      ))}
      {act !== undefined && (
        <Dialog title={t(`desk.act.${act}.do`)} onClose={() => setAct(undefined)}>
          <ActForm found={found} act={act} onDone={() => setAct(undefined)} />
        </Dialog>
      )}
    </section>
  );
}
