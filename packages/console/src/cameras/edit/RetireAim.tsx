// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type Camera } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import styles from './EditPage.module.css';
import { Outcome } from './Outcome.tsx';
import type { CameraAim } from './use-aim-form.ts';
import { useRefresh } from './use-refresh.ts';

/** Takes an aim out of use, after a question. */
export function RetireAim({ camera, aim, onRetired }: { camera: Camera; aim: CameraAim; onRetired: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefresh(camera.id);
  const [asking, setAsking] = useState(false);
  const retire = useMutation({
    mutationFn: async () => call(routes.retireAim, { params: { aimId: aim.id } }),
    onSuccess: async () => {
      setAsking(false);
      await refresh();
      onRetired();
    },
  });
  const close = () => setAsking(false);
  return (
    <>
      <Button className={styles['retire']} onClick={() => setAsking(true)}>
        {t('cameras.ptz.retire')}
      </Button>
      {asking && (
        <Dialog title={t('cameras.ptz.retireTitle', { aim: aim.name })} onClose={close}>
          <p>{t('cameras.ptz.retireWhy')}</p>
          {/* As the platform's own form of a dialog: closed by it, it gives the focus back. */}
          <form method="dialog" className={styles['answers']}>
            <Button look="danger" disabled={retire.isPending} onClick={() => retire.mutate()}>
              {t('cameras.ptz.retire')}
            </Button>
            <Button type="submit">{t('cameras.ptz.keep')}</Button>
          </form>
          <Outcome error={retire.error} marked={false} done={undefined} />
        </Dialog>
      )}
    </>
  );
}
