// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimDraft, CameraDraft, routes, type AimId, type Camera, type CameraId } from '@louver/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { nameOfArea } from '../cameras/areas.ts';
import { errorsOf } from '../cameras/edit/field-pointers.ts';
import { Outcome } from '../cameras/edit/Outcome.tsx';
import { Select } from '../design/Select.tsx';
import { BLANK, draftOf, type StatedValues } from '../cameras/edit/stated.ts';
import { useFocusWrong } from '../cameras/edit/use-focus-wrong.ts';
import { useStatedWords, without, type StatedWrong } from '../cameras/edit/use-stated-words.ts';
import { jurisdictionsQuery } from '../cameras/queries.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { areaAt } from './area-at.ts';
import { handedOf } from './plan-values.ts';
import styles from './PlannerPage.module.css';

type Named = Pick<StatedValues, 'code' | 'name' | 'jurisdiction'>;

interface SavePlanProps {
  aim: AimDraft;
  /** The camera and its aim that the plan began from. */
  camera: Camera | undefined;
  aimId: AimId | undefined;
}

/** What becomes of a plan: a planned camera on the list, or another aim for a camera that stands already. */
export const SavePlan = memo(function SavePlan({ aim, camera, aimId }: SavePlanProps) {
  const { t } = useTranslation();
  return (
    <section className={styles['save']} aria-labelledby="plan-save">
      <h2 id="plan-save">{t('planning.save.title')}</h2>
      {camera !== undefined && (
        <div className={styles['hand']}>
          <p>{t('planning.save.handWhy', { code: camera.code })}</p>
          <Link
            to="/cameras/$cameraId/edit"
            params={{ cameraId: camera.id }}
            search={handedOf(aim, aimId)}
            className={buttonClass({ look: 'primary' })}
          >
            {t('planning.save.hand', { code: camera.code })}
          </Link>
        </div>
      )}
      <PlannedCameraForm aim={aim} />
    </section>
  );
});

function PlannedCameraForm({ aim }: { aim: AimDraft }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useStatedWords();
  const form = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(form);
  const { data: areas = [] } = useQuery(jurisdictionsQuery);
  const [typed, setTyped] = useState<Partial<Named>>({});
  const [wrong, setWrong] = useState<StatedWrong>({});
  // Registered although its aim was refused: the next attempt is about the aim alone.
  const [registered, setRegistered] = useState<CameraId>();
  const { lon, lat } = aim.position;
  const values: Named = { code: '', name: '', jurisdiction: areaAt(areas, aim.position) ?? '', ...typed };
  const draft = {
    ...draftOf({ ...BLANK, ...values, status: 'planned' }),
    location: { type: 'Point', coordinates: [lon, lat] },
  };
  const save = useMutation({
    mutationFn: async () => {
      const cameraId = registered ?? (await call(routes.createCamera, { body: CameraDraft.parse(draft) })).id;
      setRegistered(cameraId);
      await call(routes.createAim, { params: { cameraId }, body: { ...AimDraft.parse(aim), calibration: 'assumed' } });
      return { cameraId, code: values.code.trim() };
    },
    onSuccess: async () => {
      setTyped({});
      setRegistered(undefined);
      for (const queryKey of [['cameras'], ['camera-columns'], ['jurisdictions']])
        await client.invalidateQueries({ queryKey });
    },
    onError: (problem) => {
      setWrong(words.ofProblem(problem));
      focusWrong();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const errors = errorsOf(CameraDraft, draft);
    setWrong(words.ofErrors(errors));
    if (errors.length > 0) focusWrong();
    else save.mutate();
  };
  const text = (field: keyof Named) => ({
    label: t(`cameras.edit.stated.${field}`),
    name: field,
    autoComplete: 'off',
    required: true,
    value: values[field],
    error: wrong[field],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      setTyped((old) => ({ ...old, [field]: value }));
      setWrong((old) => without(old, { [field]: value }));
      save.reset();
    },
  });
  const options = areas.map((area) => ({ value: area.path as string, label: nameOfArea(area) }));
  if (!options.some(({ value }) => value === values.jurisdiction))
    options.unshift({ value: values.jurisdiction, label: t('cameras.edit.stated.jurisdictionNone') });
  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={submit}>
      <p className={styles['lead']}>{t('planning.save.why')}</p>
      <div className={styles['pair']}>
        <Field {...text('code')} maxLength={64} />
        <Select {...text('jurisdiction')} options={options} />
      </div>
      <Field {...text('name')} maxLength={200} />
      <div className={styles['actions']}>
        <Button type="submit" look={save.isPending ? 'plain' : 'primary'} disabled={save.isPending}>
          {t(save.isPending ? 'cameras.edit.saving' : 'planning.save.go')}
        </Button>
        <Outcome
          error={save.error}
          marked={Object.keys(wrong).length > 0}
          done={save.data && t('planning.save.done', { code: save.data.code })}
        />
        {save.data !== undefined && (
          <Link to="/cameras/$cameraId/edit" params={{ cameraId: save.data.cameraId }}>
            {t('planning.save.open', { code: save.data.code })}
          </Link>
        )}
      </div>
    </form>
  );
}
