// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, StreamSource, type Camera } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { Field } from '../../design/Field.tsx';
import { StateSign } from '../StateSign.tsx';
import styles from './EditPage.module.css';
import { errorsOf, errorsOfProblem, wrongFields } from './field-pointers.ts';
import { useFocusWrong } from './use-focus-wrong.ts';
import { Outcome } from './Outcome.tsx';
import { Section } from './Section.tsx';
import { sourceOf, splitAddress, STREAM_POINTERS, type StreamField, type StreamValues } from './stream-address.ts';
import { useUnsaved } from './unsaved.tsx';
import { useRefresh } from './use-refresh.ts';
import { without } from './use-stated-words.ts';

/** Where the pictures come from. Whether an address is set is all that anybody learns of it. */
export function StreamSection({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const [replacing, setReplacing] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const [done, setDone] = useState<'saved' | 'forgotten'>();
  const refresh = useRefresh(camera.id);
  const forget = useMutation({
    mutationFn: async () => call(routes.deleteStream, { params: { cameraId: camera.id } }),
    onSuccess: async () => {
      await refresh();
      setDone('forgotten');
    },
    onSettled: () => setForgetting(false),
  });
  const told = done === undefined ? undefined : t(`cameras.edit.stream.${done}`);
  const why = (
    <>
      <p>{t('cameras.edit.stream.why')}</p>
      <p>{t('cameras.edit.stream.sealedWhy')}</p>
    </>
  );
  return (
    <Section title={t('cameras.edit.stream.title')} why={why}>
      <div className={styles['sealed']}>
        <strong>{t(camera.hasStream ? 'cameras.edit.stream.set' : 'cameras.edit.stream.none')}</strong>
        {camera.hasStream && <StateSign status={camera.status} state={camera.health.state} />}
        {camera.hasStream && !replacing && (
          <span className={styles['actions']}>
            <Button
              onClick={() => {
                setReplacing(true);
                setDone(undefined);
              }}
            >
              {t('cameras.edit.stream.replace')}
            </Button>
            <Button look="quiet" onClick={() => setForgetting(true)}>
              {t('cameras.edit.stream.forget')}
            </Button>
          </span>
        )}
      </div>
      {(!camera.hasStream || replacing) && (
        <SourceForm
          camera={camera}
          onCancel={camera.hasStream ? () => setReplacing(false) : undefined}
          onSaved={() => {
            setReplacing(false);
            setDone('saved');
          }}
        />
      )}
      <Outcome error={forget.error} marked={false} done={told} />
      {forgetting && (
        <Dialog
          title={t('cameras.edit.stream.forgetTitle', { code: camera.code })}
          onClose={() => setForgetting(false)}
        >
          <p>{t('cameras.edit.stream.forgetWhy')}</p>
          <div className={styles['actions']}>
            <Button look="danger" disabled={forget.isPending} onClick={() => forget.mutate()}>
              {t('cameras.edit.stream.forget')}
            </Button>
            <Button onClick={() => setForgetting(false)}>{t('cameras.edit.stream.keep')}</Button>
          </div>
        </Dialog>
      )}
    </Section>
  );
}

interface SourceFormProps {
  camera: Camera;
  onCancel: (() => void) | undefined;
  onSaved: () => void;
}

const EMPTY: StreamValues = { url: '', username: '', password: '' };

function SourceForm({ camera, onCancel, onSaved }: SourceFormProps) {
  const { t } = useTranslation();
  const refresh = useRefresh(camera.id);
  const form = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(form);
  const [values, setValues] = useState(EMPTY);
  useUnsaved(Object.values(values).some((value) => value !== ''));
  const [wrong, setWrong] = useState<Partial<Record<StreamField, string>>>({});
  const mark = (errors: Parameters<typeof wrongFields>[0]): boolean => {
    const fields = Object.keys(wrongFields(errors, STREAM_POINTERS).fields) as StreamField[];
    setWrong(Object.fromEntries(fields.map((field) => [field, t(`cameras.edit.stream.wrong.${field}`)])));
    if (fields.length > 0) focusWrong();
    return fields.length > 0;
  };
  const save = useMutation({
    mutationFn: async () =>
      call(routes.putStream, { params: { cameraId: camera.id }, body: StreamSource.parse(sourceOf(values)) }),
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
    if (!mark(errorsOf(StreamSource, sourceOf(values)))) save.mutate();
  };
  const field = (name: StreamField) => ({
    name,
    label: t(`cameras.edit.stream.${name}`),
    value: values[name],
    error: wrong[name],
    spellCheck: false,
    autoCapitalize: 'none',
  });
  return (
    <form ref={form} className={styles['form']} onSubmit={submit} noValidate>
      <Field
        {...field('url')}
        hint={t('cameras.edit.stream.urlHint')}
        autoComplete="off"
        inputMode="url"
        onChange={({ currentTarget: { value } }) => change(splitAddress(value) ?? { url: value })}
      />
      <div className={styles['fields']}>
        <Field
          {...field('username')}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => change({ username: value })}
        />
        <Field
          {...field('password')}
          hint={t('cameras.edit.stream.passwordHint')}
          type="password"
          autoComplete="new-password"
          onChange={({ currentTarget: { value } }) => change({ password: value })}
        />
      </div>
      <div className={styles['actions']}>
        <Button type="submit" look="primary" disabled={save.isPending}>
          {t(save.isPending ? 'cameras.edit.saving' : 'cameras.edit.stream.save')}
        </Button>
        {onCancel !== undefined && (
          <Button look="quiet" onClick={onCancel}>
            {t('cameras.edit.stream.cancel')}
          </Button>
        )}
        <Outcome error={save.error} marked={Object.keys(wrong).length > 0} done={undefined} />
      </div>
    </form>
  );
}
