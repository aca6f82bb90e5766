// SPDX-License-Identifier: AGPL-3.0-or-later
import { DeviceAccess, routes, type Camera } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import { Field } from '../../design/Field.tsx';
import styles from './EditPage.module.css';
import { errorsOf, errorsOfProblem, wrongFields } from './field-pointers.ts';
import { Outcome } from './Outcome.tsx';
import { STREAM_POINTERS, type StreamField, type StreamValues } from './stream-address.ts';
import { useUnsaved } from './unsaved.tsx';
import { useFocusWrong } from './use-focus-wrong.ts';
import { useRefresh } from './use-refresh.ts';
import { without } from './use-stated-words.ts';

interface DeviceFormProps {
  camera: Camera;
  onCancel: (() => void) | undefined;
  onSaved: () => void;
}

const EMPTY: StreamValues = { url: '', username: '', password: '' };

/** Address, user and password of a device: sealed as those of a stream. */
export function DeviceForm({ camera, onCancel, onSaved }: DeviceFormProps) {
  const { t } = useTranslation();
  const refresh = useRefresh(camera.id);
  const form = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(form);
  const [values, setValues] = useState(EMPTY);
  useUnsaved(Object.values(values).some((value) => value !== ''));
  const [wrong, setWrong] = useState<Partial<Record<StreamField, string>>>({});
  const mark = (errors: Parameters<typeof wrongFields>[0]): boolean => {
    const fields = Object.keys(wrongFields(errors, STREAM_POINTERS).fields) as StreamField[];
    setWrong(Object.fromEntries(fields.map((field) => [field, t(`cameras.edit.device.wrong.${field}`)])));
    if (fields.length > 0) focusWrong();
    return fields.length > 0;
  };
  const save = useMutation({
    mutationFn: async () =>
      call(routes.putDevice, { params: { cameraId: camera.id }, body: DeviceAccess.parse(accessOf(values)) }),
    onSuccess: async () => {
      setValues(EMPTY);
      await refresh();
      onSaved();
    },
    onError: (problem) => mark(errorsOfProblem(problem)),
  });
  const change = (next: Partial<StreamValues>) => {
    setValues((old) => ({ ...old, ...next }));
    setWrong((old) => without(old, next));
    if (!save.isPending) save.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!mark(errorsOf(DeviceAccess, accessOf(values)))) save.mutate();
  };
  const field = (name: StreamField) => ({
    name,
    label: t(`cameras.edit.device.${name}`),
    value: values[name],
    error: wrong[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => change({ [name]: value }),
  });
  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={submit}>
      <Field
        {...field('url')}
        hint={t('cameras.edit.device.urlHint')}
        autoComplete="off"
        inputMode="url"
        spellCheck={false}
        autoCapitalize="none"
      />
      <div className={styles['fields']}>
        <Field {...field('username')} autoComplete="off" spellCheck={false} autoCapitalize="none" />
        <Field
          {...field('password')}
          hint={t('cameras.edit.device.passwordHint')}
          type="password"
          autoComplete="new-password"
        />
      </div>
      <div className={styles['actions']}>
        <Button type="submit" look="primary" disabled={save.isPending}>
          {t(save.isPending ? 'cameras.edit.saving' : 'cameras.edit.device.save')}
        </Button>
        {onCancel !== undefined && (
          <Button look="quiet" onClick={onCancel}>
            {t('cameras.edit.device.cancel')}
          </Button>
        )}
        <Outcome error={save.error} marked={Object.keys(wrong).length > 0} done={undefined} />
      </div>
    </form>
  );
}

const accessOf = ({ url, username, password }: StreamValues) => ({
  url: url.trim(),
  username: username.trim(),
  password,
});
