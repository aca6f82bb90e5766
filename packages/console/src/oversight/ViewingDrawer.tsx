// SPDX-License-Identifier: AGPL-3.0-or-later
import type { RecordEntry, Viewing } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { durationOf, numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Drawer } from '../design/Drawer.tsx';
import { Icon } from '../design/Icon.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { EndSign } from './EndSign.tsx';
import { Entry, Fact } from './Entry.tsx';
import { Moment } from './Moment.tsx';
import type { ViewingSearch } from './search.ts';
import { Trouble } from './Trouble.tsx';
import { evidenceQuery, isRunning, lengthOf } from './viewings-query.ts';
import styles from './ViewingDrawer.module.css';

interface DrawerProps {
  viewing: Viewing | undefined;
  now: number;
  onClose: () => void;
  onFilter: (change: Partial<ViewingSearch>) => void;
}

export function ViewingDrawer({ viewing, now, onClose, onFilter }: DrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer title={t('oversight.detail.title')} onClose={onClose}>
      {viewing === undefined ? (
        <p>{t('oversight.detail.lost')}</p>
      ) : (
        <>
          <Told viewing={viewing} now={now} />
          <div className={styles['actions']}>
            <Button icon="person" onClick={() => onFilter({ person: viewing.person })}>
              {t('oversight.detail.person')}
            </Button>
            <Button icon="camera" onClick={() => onFilter({ camera: viewing.camera.id })}>
              {t('oversight.detail.cameraOnly')}
            </Button>
          </div>
          <Evidence viewing={viewing} />
        </>
      )}
    </Drawer>
  );
}

/** What happened, in words. */
function Told({ viewing, now }: { viewing: Viewing; now: number }) {
  const { t } = useTranslation();
  const running = isRunning(viewing);
  const { account, camera, framesDelivered: frames, secondsDelivered: seconds } = viewing;
  return (
    <>
      <p className={styles['sentence']}>
        {t(running ? 'oversight.detail.sentenceRunning' : 'oversight.detail.sentence', {
          who: account.name ?? t('oversight.viewings.unnamed'),
          role: t(`app.role.${account.role}`).toLocaleLowerCase(),
          camera: `${camera.code} · ${camera.name}`,
        })}
      </p>
      <dl>
        <Fact name={t('oversight.detail.purpose')}>{viewing.purpose}</Fact>
        <Fact name={t('oversight.detail.caseReference')}>
          {viewing.caseReference ?? t('oversight.viewings.noCase')}
        </Fact>
        <Fact name={t('oversight.detail.opened')}>
          <Moment at={viewing.openedAt} as="exact" />
        </Fact>
        <Fact name={t('oversight.detail.started')}>
          {viewing.startedAt === null ? t('oversight.detail.notStarted') : <Moment at={viewing.startedAt} as="exact" />}
        </Fact>
        <Fact name={t('oversight.detail.closed')}>
          {viewing.closedAt === null ? t('oversight.detail.stillOpen') : <Moment at={viewing.closedAt} as="exact" />}
        </Fact>
        <Fact name={t('oversight.detail.lasted')}>{durationOf(lengthOf(viewing, now))}</Fact>
        <Fact name={t('oversight.detail.how')}>
          <EndSign end={running ? null : (viewing.end ?? 'closed')} />
        </Fact>
        <Fact name={t('oversight.detail.delivered')}>
          {frames === null || frames === 0
            ? t(running ? 'oversight.viewings.nothingYet' : 'oversight.viewings.nothingDelivered')
            : t('oversight.detail.deliveredWords', {
                duration: durationOf(seconds ?? 0),
                frames: t('oversight.viewings.frames', { count: frames, formatted: numberOf(frames) }),
              })}
        </Fact>
        <Fact name={t('oversight.detail.personWords')}>
          <code>{viewing.person}</code>
        </Fact>
      </dl>
    </>
  );
}

function Evidence({ viewing }: { viewing: Viewing }) {
  const { t } = useTranslation();
  const { data: entries, error, refetch } = useQuery(evidenceQuery(viewing));
  return (
    <section className={styles['evidence']}>
      <h2>{t('oversight.detail.evidence')}</h2>
      <p className={styles['lead']}>{t('oversight.detail.evidenceLead')}</p>
      {error !== null && <Trouble error={error} onRetry={() => void refetch()} />}
      {entries === undefined && error === null && <Skeleton rows={5} />}
      {entries?.length === 0 && (
        <p className={styles['danger']} role="alert">
          <Icon name="alert" />
          <span>
            <strong>{t('oversight.detail.noEvidence')}</strong> {t('oversight.detail.noEvidenceWhy')}
          </span>
        </p>
      )}
      {entries?.map((entry) => (
        <Entry key={entry.seq} entry={entry}>
          {entry.seq === viewing.receipt.seq && <Agreement entry={entry} viewing={viewing} />}
        </Entry>
      ))}
    </section>
  );
}

/** The receipt was given to the person who looked; a rewritten entry would no longer fit it. */
function Agreement({ entry, viewing }: { entry: RecordEntry; viewing: Viewing }) {
  const { t } = useTranslation();
  const same = entry.digest === viewing.receipt.digest;
  return (
    <p className={same ? styles['good'] : styles['danger']} role={same ? undefined : 'alert'}>
      <Icon name={same ? 'check' : 'alert'} />
      {t(same ? 'oversight.detail.matches' : 'oversight.detail.differs')}
    </p>
  );
}
