// SPDX-License-Identifier: AGPL-3.0-or-later
import { type DeskCase, complaintRoutes } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { saveAs } from '../app/save-as.ts';
import { dayOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { may, useSession } from '../session/session.ts';
import { Part } from './Part.tsx';
import styles from './Photos.module.css';
import { ReasonDialog } from './ReasonDialog.tsx';

type Photo = DeskCase['photos'][number];

/** The stripped pictures. The original of one opens for a reason, which is on the record. */
export function Photos({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const session = useSession();
  const [asked, setAsked] = useState<Photo>();
  if (found.photos.length === 0) return null;
  return (
    <Part title={t('desk.photos.title')}>
      <ul className={styles['list']}>
        {found.photos.map((photo) => (
          <li key={photo.id}>
            <a href={photo.href} target="_blank" rel="noreferrer">
              <img
                src={photo.href}
                width={photo.width}
                height={photo.height}
                loading="lazy"
                alt={t('desk.photos.one', { at: dayOf(photo.at), label: photo.party })}
              />
            </a>
            {may(session, 'evidence.open') && (
              <Button look="quiet" onClick={() => setAsked(photo)}>
                {t('desk.photos.original')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className={styles['note']}>{t('desk.photos.stripped')}</p>
      {asked !== undefined && <Original found={found} photo={asked} onClose={() => setAsked(undefined)} />}
    </Part>
  );
}

function Original({ found, photo, onClose }: { found: DeskCase; photo: Photo; onClose: () => void }) {
  const { t } = useTranslation();
  const opening = useMutation({
    mutationFn: async (reason: string) =>
      call(complaintRoutes.openEvidence, { params: { complaintId: found.id, fileId: photo.id }, body: { reason } }),
    onSuccess: (bytes) => {
      saveAs(`${found.reference}-${photo.id.slice(0, 8)}`, bytes, 'application/octet-stream');
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('desk.photos.originalTitle')}
      why={t('desk.photos.originalWhy')}
      label={t('desk.act.reason')}
      submit={t('desk.photos.originalDo')}
      pending={opening.isPending}
      error={opening.error}
      onSubmit={(reason) => opening.mutate(reason)}
      onClose={onClose}
    />
  );
}
