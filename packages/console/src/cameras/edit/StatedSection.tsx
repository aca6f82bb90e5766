// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraPatch, routes, type Camera } from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import styles from './EditPage.module.css';
import { errorsOf } from './field-pointers.ts';
import { useFocusWrong } from './use-focus-wrong.ts';
import { Outcome } from './Outcome.tsx';
import { Section } from './Section.tsx';
import { changedFields, statedOf, type StatedValues } from './stated.ts';
import { StatedFields } from './StatedFields.tsx';
import { useUnsaved } from './unsaved.tsx';
import { useStatusHint } from './use-status-hint.ts';
import { useRefresh } from './use-refresh.ts';
import { useStatedWords, without, type StatedWrong } from './use-stated-words.ts';

/** What is stated of a camera that exists. Only what somebody touched is sent. */
export function StatedSection({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const words = useStatedWords();
  const statusHint = useStatusHint();
  const refresh = useRefresh(camera.id);
  const form = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(form);
  const [edits, setEdits] = useState<Partial<StatedValues>>({});
  const [wrong, setWrong] = useState<StatedWrong>({});
  const before = statedOf(camera);
  const values = { ...before, ...edits };
  const changes = changedFields(before, values);
  const changed = Object.keys(changes).length > 0;
  useUnsaved(changed);

  const save = useMutation({
    mutationFn: async () =>
      call(routes.updateCamera, { params: { cameraId: camera.id }, body: CameraPatch.parse(changes) }),
    onSuccess: async (saved) => {
      await refresh(saved);
      setEdits({});
    },
    onError: (problem) => {
      setWrong(words.ofProblem(problem));
      focusWrong();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const found = words.ofErrors(errorsOf(CameraPatch, changes));
    setWrong(found);
    if (Object.keys(found).length > 0) focusWrong();
    else save.mutate();
  };
  const change = (next: Partial<StatedValues>) => {
    setEdits((old) => ({ ...old, ...next }));
    setWrong((old) => without(old, next));
    if (!save.isPending) save.reset();
  };

  const marked = Object.keys(wrong).length > 0;
  return (
    <Section title={t('cameras.edit.stated.title')} why={t('cameras.edit.stated.why')}>
      <form ref={form} className={styles['form']} onSubmit={submit} noValidate>
        <StatedFields values={values} wrong={wrong} onChange={change} statusHint={statusHint(values, camera)} />
        <div className={styles['actions']}>
          <Button type="submit" look="primary" disabled={!changed || save.isPending}>
            {t(save.isPending ? 'cameras.edit.saving' : 'cameras.edit.save')}
          </Button>
          {changed && !save.isPending && (
            <Button
              look="quiet"
              onClick={() => {
                setEdits({});
                setWrong({});
                save.reset();
              }}
            >
              {t('cameras.edit.undo')}
            </Button>
          )}
          <Outcome error={save.error} marked={marked} done={save.isSuccess ? t('cameras.edit.saved') : undefined} />
        </div>
      </form>
    </Section>
  );
}
