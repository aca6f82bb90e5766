// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId, Camera } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '../../design/Button.tsx';
import { Field } from '../../design/Field.tsx';
import { Icon } from '../../design/Icon.tsx';
import { Segments } from '../../design/Segments.tsx';
import { Slats } from '../../design/Slats.tsx';
import { CalibrateAim } from '../calibrate/CalibrateAim.tsx';
import { setsOfCameraQuery } from '../../masks/masks-query.ts';
import { textOf, type AimEdits, type AimField, type AimNumber } from './aim-values.ts';
import { AimCalibration } from './AimCalibration.tsx';
import { AimMap } from './AimMap.tsx';
import styles from './EditPage.module.css';
import { LeaveDialog } from './LeaveDialog.tsx';
import { useFocusWrong } from './use-focus-wrong.ts';
import { Outcome } from './Outcome.tsx';
import { aimOfPreset, PresetField } from './PresetField.tsx';
import { RetireAim } from './RetireAim.tsx';
import { Section } from './Section.tsx';
import { useUnsaved } from './unsaved.tsx';
import { useAimForm, type CameraAim } from './use-aim-form.ts';

const NEW = 'new';

interface AimSectionProps {
  camera: Camera;
  /** What a plan has handed over, and for which aim. */
  planned: AimEdits;
  plannedAim: AimId | undefined;
}

/** Where the camera stands and where it looks, and what a change of that costs. */
export function AimSection({ camera, planned, plannedAim }: AimSectionProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<AimId | typeof NEW>();
  const [saved, setSaved] = useState<'saved' | 'savedName' | 'retired'>();
  const choice = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone with its aim: the keyboard goes on at the one that is in hand now.
  useEffect(() => {
    if (saved === 'retired') choice.current?.querySelector<HTMLElement>('[aria-checked=true]')?.focus();
  }, [saved]);
  const [edited, setEdited] = useState(false);
  const [asked, setAsked] = useState<{ next: AimId | typeof NEW | undefined }>();
  const handed = saved === undefined && chosen === undefined && Object.keys(planned).length > 0;
  const first = camera.aims.find(({ id }) => id === plannedAim) ?? camera.aims[0];
  const inHand = chosen ?? first?.id ?? NEW;
  const choices = [
    ...camera.aims.map(({ id, name }) => ({ value: id as string, label: name })),
    { value: NEW, label: t('cameras.edit.aim.another'), icon: 'plus' as const },
  ];
  const choose = (next: AimId | typeof NEW | undefined) => {
    setAsked(undefined);
    setChosen(next);
    setSaved(undefined);
  };
  return (
    <Section title={t('cameras.edit.aim.title')} why={t('cameras.edit.aim.why')}>
      {camera.aims.length > 0 && (
        <div ref={choice} className={styles['which']}>
          <Segments
            label={t('cameras.edit.aim.choose')}
            options={choices}
            value={inHand}
            onChange={(value) => {
              const next = value === NEW ? NEW : camera.aims.find(({ id }) => id === value)?.id;
              if (edited && value !== inHand) setAsked({ next });
              else choose(next);
            }}
          />
        </div>
      )}
      <AimForm
        key={inHand}
        camera={camera}
        planned={handed ? planned : {}}
        aim={camera.aims.find(({ id }) => id === inHand)}
        done={saved === undefined ? undefined : t(`cameras.edit.aim.${saved}`)}
        onEdit={() => setSaved(undefined)}
        onEdited={setEdited}
        onSaved={(id, view) => {
          setChosen(id);
          setSaved(view ? 'saved' : 'savedName');
        }}
        onRetired={() => {
          choose(undefined);
          setSaved('retired');
        }}
      />
      {asked !== undefined && <LeaveDialog onStay={() => setAsked(undefined)} onLeave={() => choose(asked.next)} />}
    </Section>
  );
}

interface AimFormProps {
  camera: Camera;
  planned: AimEdits;
  aim: CameraAim | undefined;
  done: string | undefined;
  onEdit: () => void;
  /** Whether there is something that another aim in hand would throw away. */
  onEdited: (edited: boolean) => void;
  onSaved: (id: AimId, view: boolean) => void;
  onRetired: () => void;
}

function AimForm({ camera, planned, aim, done, onEdit, onEdited, onSaved, onRetired }: AimFormProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLFormElement>(null);
  const focusWrong = useFocusWrong(ref);
  const form = useAimForm(camera, aim, ({ id }, view) => onSaved(id, view), planned);
  useUnsaved(form.edited);
  // The choice of aims stands above the form and is not its child.
  useEffect(() => onEdited(form.edited), [onEdited, form.edited]);
  const { data: sets } = useQuery(setsOfCameraQuery(camera.id));
  const living = (sets ?? []).filter(({ state }) => state !== 'retired' && state !== 'rejected');
  const losing = form.change.view && living.some((set) => form.change.place || set.aimId === aim?.id);
  const edit: typeof form.edit = (next) => {
    form.edit(next);
    onEdit();
  };
  const submit = () => {
    if (aimOfPreset(camera, aim, form.preset) !== undefined || !form.submit()) focusWrong();
  };
  return (
    <div className={styles['form']}>
      <form
        ref={ref}
        className={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <AimMap
          place={form.drawn.position}
          aim={form.drawn}
          onPlace={({ lat, lon }) => edit({ lat: textOf('lat', lat), lon: textOf('lon', lon) })}
          onTurn={(heading) => edit({ heading: textOf('heading', heading) })}
        />
        {Object.keys(planned).length > 0 && form.edited && <p role="status">{t('cameras.edit.aim.planned')}</p>}
        <p className={styles['help']}>{t('cameras.edit.aim.mapHelp')}</p>
        <AimFields shown={form.shown} wrong={form.wrong} onChange={edit} />
        <PresetField
          camera={camera}
          aim={aim}
          chosen={form.preset}
          onChoose={(preset) => {
            form.choosePreset(preset);
            onEdit();
          }}
        />
        <AimCalibration
          was={aim?.calibration}
          isMeasured={form.isMeasured}
          confirmed={form.confirmed}
          onConfirm={(confirmed) => {
            form.confirm(confirmed);
            onEdit();
          }}
        />
        <div role="status">
          {form.change.view && (aim !== undefined || losing) && (
            <Cost losing={losing} all={form.change.place && living.length > 0} />
          )}
        </div>
        <div className={styles['actions']}>
          <Button type="submit" look="primary" disabled={!form.change.any || form.save.isPending}>
            {t(
              form.save.isPending
                ? 'cameras.edit.saving'
                : losing
                  ? 'cameras.edit.aim.saveLosing'
                  : 'cameras.edit.aim.save',
            )}
          </Button>
          {form.change.any && aim !== undefined && !form.save.isPending && (
            <Button look="quiet" onClick={form.undo}>
              {t('cameras.edit.undo')}
            </Button>
          )}
          <Link to="/planning" search={{ camera: camera.id, aim: aim?.id }} className={buttonClass({ look: 'quiet' })}>
            <Icon name="place" />
            {t('cameras.edit.aim.plan')}
          </Link>
          <Outcome error={form.save.error} marked={Object.keys(form.wrong).length > 0} done={done} />
        </div>
      </form>
      {/* Beside the form and not in it: what it asks for a still is a form of its own. */}
      <CalibrateAim
        camera={camera}
        aim={form.drawn}
        aimId={aim?.id}
        isUncalibrated={aim?.calibration === 'assumed'}
        onTurned={(turned) => {
          form.measure(turned);
          onEdit();
        }}
      />
      {aim !== undefined && aim.id !== camera.aims[0]?.id && (
        <RetireAim camera={camera} aim={aim} onRetired={onRetired} />
      )}
    </div>
  );
}

/** Told before it happens and not after. */
function Cost({ losing, all }: { losing: boolean; all: boolean }) {
  const { t } = useTranslation();
  const title = losing ? (all ? 'losesAllTitle' : 'losesTitle') : 'noneTitle';
  return (
    <div className={styles['cost']}>
      <Slats fine className={styles['slats']} />
      <p>
        <strong>{t(`cameras.edit.aim.${title}`)}</strong>
        {t(losing ? 'cameras.edit.aim.losesWhy' : 'cameras.edit.aim.noneWhy')}
      </p>
    </div>
  );
}

interface AimFieldsProps {
  shown: Record<AimField, string>;
  wrong: Partial<Record<AimField, string>>;
  onChange: (change: Partial<Record<AimField, string>>) => void;
}

const HINTS: Partial<Record<AimField, 'headingHint' | 'tiltHint' | 'rollHint' | 'frameHint'>> = {
  heading: 'headingHint',
  tilt: 'tiltHint',
  roll: 'rollHint',
  frameWidth: 'frameHint',
};
const NUMBERS: readonly AimNumber[] = [
  'lat',
  'lon',
  'height',
  'heading',
  'tilt',
  'roll',
  'hfov',
  'range',
  'frameWidth',
  'frameHeight',
];

const LENS = ['k1', 'k2'] as const;

function AimFields({ shown, wrong, onChange }: AimFieldsProps) {
  const { t } = useTranslation();
  const field = (name: AimField) => {
    const hint = HINTS[name];
    return {
      name,
      label: t(`cameras.edit.aim.${name}`),
      hint: hint === undefined ? undefined : t(`cameras.edit.aim.${hint}`),
      error: wrong[name],
      value: shown[name],
      autoComplete: 'off',
      onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
    };
  };
  return (
    <>
      <Field {...field('name')} maxLength={80} />
      <div className={styles['numbers']}>
        {NUMBERS.map((name) => (
          <Field key={name} {...field(name)} inputMode="text" />
        ))}
      </div>
      <details open={LENS.some((name) => wrong[name] !== undefined) || undefined}>
        <summary>{t('cameras.edit.aim.lens')}</summary>
        <p className={styles['help']}>{t('cameras.edit.aim.lensWhy')}</p>
        <div className={styles['numbers']}>
          {LENS.map((name) => (
            <Field key={name} {...field(name)} inputMode="text" />
          ))}
        </div>
      </details>
    </>
  );
}
