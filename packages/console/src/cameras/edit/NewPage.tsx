// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraDraft, routes } from '@louver/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../design/Button.tsx';
import { Field } from '../../design/Field.tsx';
import { jurisdictionsQuery } from '../queries.ts';
import { textOf } from './aim-values.ts';
import { AimMap } from './AimMap.tsx';
import { boxOfArea } from './area-box.ts';
import styles from './EditPage.module.css';
import { errorsOf, errorsOfProblem, wrongFields } from './field-pointers.ts';
import { useFocusWrong } from './use-focus-wrong.ts';
import { Outcome } from './Outcome.tsx';
import { Section } from './Section.tsx';
import { BLANK, draftOf, type StatedValues } from './stated.ts';
import { StatedFields } from './StatedFields.tsx';
import { useStatusHint } from './use-status-hint.ts';
import { useStatedWords, without, type StatedWrong } from './use-stated-words.ts';

const PLACE_POINTERS = { lat: '/location/coordinates/1', lon: '/location/coordinates/0' } as const;
type PlaceField = keyof typeof PLACE_POINTERS;
type PlaceText = Record<PlaceField, string>;

const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')));

/** What a camera is and where it stands; its aim and its stream follow on its own page. */
export function NewPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const words = useStatedWords();
  const statusHint = useStatusHint();
  const form = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(form);
  const [values, setValues] = useState(BLANK);
  const [place, setPlace] = useState<PlaceText>({ lat: '', lon: '' });
  const [wrong, setWrong] = useState<StatedWrong>({});
  const [misplaced, setMisplaced] = useState<Partial<PlaceText>>({});
  const coordinates = [numberIn(place.lon), numberIn(place.lat)];
  const draft = { ...draftOf(values), location: { type: 'Point', coordinates } };

  const create = useMutation({
    mutationFn: async () => call(routes.createCamera, { body: CameraDraft.parse(draft) }),
    onSuccess: ({ id }) => navigate({ to: '/cameras/$cameraId/edit', params: { cameraId: id }, replace: true }),
    onError: (problem) => {
      setWrong(words.ofProblem(problem));
      setMisplaced(placeWords(wrongFields(errorsOfProblem(problem), PLACE_POINTERS).fields));
      focusWrong();
    },
  });
  const placeWords = (fields: Partial<PlaceText>): Partial<PlaceText> =>
    Object.fromEntries(
      (Object.keys(fields) as PlaceField[]).map((field) => [
        field,
        place[field].trim() === '' ? t('cameras.edit.aim.placeMissing') : t(`cameras.edit.aim.wrong.${field}`),
      ]),
    );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const errors = errorsOf(CameraDraft, draft);
    setWrong(words.ofErrors(errors));
    setMisplaced(placeWords(wrongFields(errors, PLACE_POINTERS).fields));
    if (errors.length > 0) focusWrong();
    else create.mutate();
  };
  const state = (next: Partial<StatedValues>) => {
    setValues((old) => ({ ...old, ...next }));
    setWrong((old) => without(old, next));
    create.reset();
  };
  const put = (next: Partial<PlaceText>) => {
    setPlace((old) => ({ ...old, ...next }));
    setMisplaced((old) => without(old, next));
    create.reset();
  };

  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>{t('cameras.edit.newTitle')}</h1>
        <p>{t('cameras.edit.newLead')}</p>
      </header>
      <form ref={form} onSubmit={submit} noValidate>
        <Section title={t('cameras.edit.stated.title')} why={t('cameras.edit.stated.why')}>
          <StatedFields statusHint={statusHint(values)} values={values} wrong={wrong} onChange={state} />
        </Section>
        <Section title={t('cameras.edit.aim.placeTitle')} why={t('cameras.edit.aim.placeWhy')}>
          <PlaceFields place={place} wrong={misplaced} area={values.jurisdiction} onChange={put} />
          <div className={styles['actions']}>
            <Button type="submit" look="primary" disabled={create.isPending}>
              {t(create.isPending ? 'cameras.edit.creating' : 'cameras.edit.create')}
            </Button>
            <Outcome
              error={create.error}
              marked={Object.keys(wrong).length + Object.keys(misplaced).length > 0}
              done={undefined}
            />
          </div>
        </Section>
      </form>
    </div>
  );
}

interface PlaceFieldsProps {
  place: PlaceText;
  wrong: Partial<PlaceText>;
  area: string;
  onChange: (change: Partial<PlaceText>) => void;
}

function PlaceFields({ place, wrong, area, onChange }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const { data: areas, isError } = useQuery(jurisdictionsQuery);
  const [lon, lat] = [numberIn(place.lon), numberIn(place.lat)];
  const standing = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { lon, lat } : undefined;
  const around = boxOfArea(areas ?? [], area);
  return (
    <>
      {/* The areas first: a map that is there before them begins somewhere else. */}
      {areas === undefined && !isError ? (
        <div className={styles['mapHeld']} aria-hidden="true" />
      ) : (
        <AimMap
          place={standing}
          around={around}
          clicks
          onPlace={(next) => onChange({ lat: textOf('lat', next.lat), lon: textOf('lon', next.lon) })}
        />
      )}
      <p className={styles['help']}>{t('cameras.edit.aim.moveHelp')}</p>
      <div className={styles['fields']}>
        {(['lat', 'lon'] as const).map((field) => (
          <Field
            key={field}
            label={t(`cameras.edit.aim.${field}`)}
            name={field}
            inputMode="decimal"
            autoComplete="off"
            required
            value={place[field]}
            error={wrong[field]}
            onChange={(event) => onChange({ [field]: event.currentTarget.value })}
          />
        ))}
      </div>
    </>
  );
}
