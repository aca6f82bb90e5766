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
import { useRefresh } from './use-refresh.ts';

interface ForgetDeviceProps {
  camera: Camera;
  turns: boolean;
  onForgotten: () => void;
}

/** Forgets where the device is asked, after a question: what was sealed cannot be read again. */
export function ForgetDevice({ camera, turns, onForgotten }: ForgetDeviceProps) {
  const { t } = useTranslation();
  const refresh = useRefresh(camera.id);
  const [asking, setAsking] = useState(false);
  const forget = useMutation({
    mutationFn: async () => call(routes.deleteDevice, { params: { cameraId: camera.id } }),
    onSuccess: async () => {
      setAsking(false);
      await refresh();
      onForgotten();
    },
  });
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('cameras.edit.device.forget')}
      </Button>
      {asking && (
        <Dialog title={t('cameras.edit.device.forgetTitle', { code: camera.code })} onClose={() => setAsking(false)}>
          <p>{t(turns ? 'cameras.edit.device.forgetTurns' : 'cameras.edit.device.forgetWhy')}</p>
          {/* As the platform's own form of a dialog: closed by it, it gives the focus back. */}
          <form method="dialog" className={styles['answers']}>
            <Button look="danger" disabled={forget.isPending} onClick={() => forget.mutate()}>
              {t('cameras.edit.device.forget')}
            </Button>
            <Button type="submit">{t('cameras.edit.device.keep')}</Button>
          </form>
          <Outcome error={forget.error} marked={false} done={undefined} />
        </Dialog>
      )}
    </>
  );
}
