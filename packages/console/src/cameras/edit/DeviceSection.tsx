// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type Camera } from '@louver/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { Trouble } from '../../oversight/Trouble.tsx';
import { may, useSession } from '../../session/session.ts';
import { useOnDeviceWords } from '../OnDeviceMasksNote.tsx';
import { deviceQuery } from '../queries.ts';
import { DeviceForm } from './DeviceForm.tsx';
import styles from './EditPage.module.css';
import { Outcome } from './Outcome.tsx';
import { Section } from './Section.tsx';
import { useRefresh } from './use-refresh.ts';

/** Where the camera is asked as a device, and whether it is to cover homes itself. */
export function DeviceSection({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const why = (
    <>
      <p>{t('cameras.edit.device.why')}</p>
      <p>{t('cameras.edit.device.checkedWhy')}</p>
    </>
  );
  return (
    <Section title={t('cameras.edit.device.title')} why={why}>
      <Device camera={camera} />
    </Section>
  );
}

function Device({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const session = useSession();
  const words = useOnDeviceWords();
  const refresh = useRefresh(camera.id);
  const [replacing, setReplacing] = useState(false);
  const [done, setDone] = useState<'saved' | 'forgotten' | 'switched'>();
  const { data, error, refetch } = useQuery(deviceQuery(camera.id));
  const params = { cameraId: camera.id };
  const after = (what: typeof done) => async () => {
    await refresh();
    setDone(what);
  };
  const forget = useMutation({
    mutationFn: async () => call(routes.deleteDevice, { params }),
    onSuccess: after('forgotten'),
  });
  const choose = useMutation({
    mutationFn: async (wanted: boolean) => call(routes.chooseOnDeviceMasks, { params, body: { wanted } }),
    onSuccess: after('switched'),
  });
  if (data === undefined)
    return error === null ? <Skeleton rows={2} /> : <Trouble error={error} onRetry={() => void refetch()} />;
  const { hasDevice, onDeviceMasks } = data;
  return (
    <>
      <div className={styles['sealed']}>
        <strong>{t(hasDevice ? 'cameras.edit.device.set' : 'cameras.edit.device.none')}</strong>
        {hasDevice && !replacing && (
          <span className={styles['actions']}>
            {may(session, 'device.masks') && (
              <Button disabled={choose.isPending} onClick={() => choose.mutate(!onDeviceMasks.wanted)}>
                {t(onDeviceMasks.wanted ? 'cameras.edit.device.switchOff' : 'cameras.edit.device.switchOn')}
              </Button>
            )}
            <Button
              onClick={() => {
                setReplacing(true);
                setDone(undefined);
              }}
            >
              {t('cameras.edit.device.replace')}
            </Button>
            <Button look="quiet" disabled={forget.isPending} onClick={() => forget.mutate()}>
              {t('cameras.edit.device.forget')}
            </Button>
          </span>
        )}
      </div>
      {hasDevice && <p>{words(data)}</p>}
      {(!hasDevice || replacing) && (
        <DeviceForm
          camera={camera}
          onCancel={hasDevice ? () => setReplacing(false) : undefined}
          onSaved={() => {
            setReplacing(false);
            setDone('saved');
          }}
        />
      )}
      <Outcome
        error={forget.error ?? choose.error}
        marked={false}
        done={done === undefined ? undefined : t(`cameras.edit.device.${done}`)}
      />
    </>
  );
}
