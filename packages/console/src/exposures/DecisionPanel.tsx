// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Finding, FindingDecision, FindingId } from '@louver/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { may, useSession } from '../session/session.ts';
import { ApproveForm } from './ApproveForm.tsx';
import styles from './Decision.module.css';
import { NoBreachForm } from './NoBreachForm.tsx';
import { OrderForm } from './OrderForm.tsx';
import type { FindingSets } from './use-mask-sets.ts';

const WAYS = ['approve', 'edit', 'order', 'noBreach'] as const;
type Way = (typeof WAYS)[number];

interface PanelProps {
  finding: Finding;
  sets: FindingSets;
  next: FindingId | undefined;
}

/** The four things that a reviewer can do about a finding, each with what it brings about. */
export function DecisionPanel({ finding, sets, next }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [way, setWay] = useState<Way>('approve');
  const [done, setDone] = useState<FindingDecision>();
  if (done !== undefined) return <Done what={done} next={next} />;
  if (finding.state !== 'open') return null;
  if (!may(session, 'finding.decide')) return <NotYours finding={finding} />;
  if (sets.loading) return <Skeleton rows={5} />;
  const form = { finding, sets, onDone: setDone };
  return (
    <section className={styles['panel']}>
      <h2>{t('exposures.decide.title')}</h2>
      <fieldset className={styles['ways']}>
        <legend className="visually-hidden">{t('exposures.decide.choose')}</legend>
        {WAYS.map((one) => (
          <label key={one} className={styles['way']} data-chosen={one === way ? '' : undefined}>
            <input type="radio" name="way" value={one} checked={one === way} onChange={() => setWay(one)} />
            {t(`exposures.decide.${one}.name`)}
          </label>
        ))}
      </fieldset>
      {way === 'approve' && <ApproveForm {...form} />}
      {way === 'edit' && <Edit finding={finding} />}
      {way === 'order' && <OrderForm {...form} />}
      {way === 'noBreach' && <NoBreachForm {...form} />}
    </section>
  );
}

function Edit({ finding: { camera, aimId, maskSetId } }: { finding: Finding }) {
  const { t } = useTranslation();
  return (
    <div className={styles['form']}>
      <p className={styles['does']}>{t('exposures.decide.edit.does')}</p>
      <Link
        to="/cameras/$cameraId/masks"
        params={{ cameraId: camera.id }}
        search={{ aim: aimId, ...(maskSetId === null ? {} : { from: maskSetId }) }}
        className={buttonClass({ look: 'primary', large: true })}
      >
        <Icon name="edit" />
        {t('exposures.decide.edit.go')}
      </Link>
    </div>
  );
}

function NotYours({ finding: { camera, aimId, maskSetId } }: { finding: Finding }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <section className={styles['panel']}>
      <h2>{t('exposures.decide.noRole')}</h2>
      <p className={styles['does']}>{t('exposures.decide.noRoleWhy')}</p>
      <div className={styles['links']}>
        {may(session, 'aim.change') && (
          <Link to="/cameras/$cameraId/edit" params={{ cameraId: camera.id }} className={buttonClass()}>
            {t('exposures.decide.turn')}
          </Link>
        )}
        {may(session, 'mask.propose') && (
          <Link
            to="/cameras/$cameraId/masks"
            params={{ cameraId: camera.id }}
            search={{ aim: aimId, ...(maskSetId === null ? {} : { from: maskSetId }) }}
            className={buttonClass()}
          >
            {t('exposures.decide.draw')}
          </Link>
        )}
      </div>
    </section>
  );
}

function Done({ what, next }: { what: FindingDecision; next: FindingId | undefined }) {
  const { t } = useTranslation();
  return (
    <section className={styles['panel']}>
      <p className={styles['done']} role="status">
        <Icon name="check" />
        {t('exposures.decide.done', { what: t(`exposures.decide.verdict.${what}`) })}
      </p>
      <div className={styles['links']}>
        {next !== undefined && (
          <Link
            to="/exposures/$findingId"
            params={{ findingId: next }}
            search={(before) => before}
            className={buttonClass({ look: 'primary' })}
          >
            {t('exposures.decide.nextOpen')}
          </Link>
        )}
        <Link to="/exposures" search={(before) => before} className={buttonClass()}>
          {t('exposures.decide.toQueue')}
        </Link>
      </div>
    </section>
  );
}
