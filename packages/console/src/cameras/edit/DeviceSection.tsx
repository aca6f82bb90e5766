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
import { PtzNote } from '../PtzNote.tsx';
import { deviceQuery, ptzQuery } from '../queries.ts';
import { DeviceForm } from './DeviceForm.tsx';
import styles from './EditPage.module.css';
import { ForgetDevice } from './ForgetDevice.tsx';
import { Outcome } from './Outcome.tsx';
import { Section } from './Section.tsx';
import { useRefresh } from './use-refresh.ts';

/** Where the camera is asked as a device: where it looks when it turns, and otherwise whether it is to cover homes itself. */
export function DeviceSection({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  const turns = data?.turns === true || camera.mobility === 'ptz';
  const why = (
    <>
      <p>{t(turns ? 'cameras.edit.device.turnsWhy' : 'cameras.edit.device.why')}</p>
      <p>{t(turns ? 'cameras.edit.device.turnsChecked' : 'cameras.edit.device.checkedWhy')}</p>
    </>
  );
  return (
    <Section title={t('cameras.edit.device.title')} why={why}>
      <Device camera={camera} turns={turns} />
    </Section>
  );
}

function Device({ camera, turns }: { camera: Camera; turns: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const words = useOnDeviceWords();
  const refresh = useRefresh(camera.id);
  const [replacing, setReplacing] = useState(false);
  const [done, setDone] = useState<'saved' | 'forgotten' | 'switched'>();
  const { data, error, refetch } = useQuery(deviceQuery(camera.id));
  const choose = useMutation({
    mutationFn: async (wanted: boolean) =>
      call(routes.chooseOnDeviceMasks, { params: { cameraId: camera.id }, body: { wanted } }),
    onSuccess: async () => {
      await refresh();
      setDone('switched');
    },
  });
  if (data === undefined)
    return error === null ? <Skeleton rows={2} /> : <Trouble error={error} onRetry={() => void refetch()} />;
  const { hasDevice, onDeviceMasks } = data;
  // What was switched on before somebody said that the camera turns can still be switched off.
  const maySwitch = may(session, 'device.masks') && (!turns || onDeviceMasks.wanted);
  return (
    <>
      <div className={styles['sealed']}>
        <strong>{t(hasDevice ? 'cameras.edit.device.set' : 'cameras.edit.device.none')}</strong>
        {hasDevice && !replacing && (
          <span className={styles['actions']}>
            {maySwitch && (
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
            <ForgetDevice camera={camera} turns={turns} onForgotten={() => setDone('forgotten')} />
          </span>
        )}
      </div>
      {turns ? <Turning camera={camera} /> : hasDevice && <p>{words(data)}</p>}
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
        error={choose.error}
        marked={false}
        done={done === undefined ? undefined : t(`cameras.edit.device.${done}`)}
      />
    </>
  );
}

/** What the device tells of where it looks. */
function Turning({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { data } = useQuery(ptzQuery(camera.id));
  const presets = data?.presets ?? [];
  return (
    <div>
      <PtzNote camera={camera} />
      {presets.length > 0 && (
        <p>{t('cameras.ptz.told', { count: presets.length, names: presets.map(({ name }) => name).join(', ') })}</p>
      )}
    </div>
  );
}
