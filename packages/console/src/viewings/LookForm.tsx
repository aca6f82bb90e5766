// SPDX-License-Identifier: AGPL-3.0-or-later
import { ViewingRequest, type Camera } from '@louver/contract';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Chip } from '../design/Chip.tsx';
import { Field } from '../design/Field.tsx';
import { may, useSession } from '../session/session.ts';
import styles from './LookForm.module.css';
import type { Errand } from './wall.ts';

const USUAL = ['report', 'traffic', 'order', 'disaster', 'missing', 'device'] as const;

interface LookFormProps {
  camera: Camera;
  /** False while as many pictures are open as fit. */
  room: boolean;
  onLook: (errand: Errand) => void;
}

/** The one door to a picture: a purpose, and Enter. */
export function LookForm({ camera, room, onLook }: LookFormProps) {
  const { t } = useTranslation();
  const session = useSession();
  const refusal = !may(session, 'viewing.open')
    ? 'notYours'
    : camera.status !== 'live'
      ? 'notLive'
      : !camera.hasStream
        ? 'noStream'
        : room
          ? undefined
          : 'full';
  if (refusal !== undefined) return <p className={styles['quiet']}>{t(`viewings.look.${refusal}`)}</p>;
  return <PurposeForm camera={camera} caseRequired={session.caseReferenceRequired} onLook={onLook} />;
}

interface PurposeFormProps extends Pick<LookFormProps, 'camera' | 'onLook'> {
  caseRequired: boolean;
}

function PurposeForm({ camera, caseRequired, onLook }: PurposeFormProps) {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState('');
  const [caseReference, setCaseReference] = useState('');
  const [wrong, setWrong] = useState<{ purpose?: string; caseReference?: string }>({});
  const form = useRef<HTMLFormElement>(null);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const stated = caseReference.trim();
    const found: typeof wrong = {};
    if (!ViewingRequest.shape.purpose.safeParse(purpose).success) found.purpose = t('viewings.look.tooShort');
    if (stated === '' && caseRequired) found.caseReference = t('viewings.look.caseRequired');
    if (stated !== '' && !ViewingRequest.shape.caseReference.safeParse(stated).success)
      found.caseReference = t('viewings.look.caseFormat');
    setWrong(found);
    const first = found.purpose !== undefined ? 'purpose' : found.caseReference !== undefined ? 'case' : undefined;
    if (first !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    const { id, code, name } = camera;
    onLook({
      camera: { id, code, name },
      purpose: purpose.trim(),
      caseReference: stated === '' ? undefined : stated,
    });
  };
  const take = (text: string) => {
    setPurpose(text);
    setWrong({});
    form.current?.querySelector<HTMLInputElement>('[name=purpose]')?.focus();
  };

  return (
    <form ref={form} className={styles['form']} onSubmit={submit} noValidate aria-label={t('viewings.look.title')}>
      <Field
        label={t('viewings.look.purpose')}
        name="purpose"
        placeholder={t('viewings.look.placeholder')}
        autoComplete="off"
        maxLength={300}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
        error={wrong.purpose}
      />
      <div className={styles['chips']} role="group" aria-label={t('viewings.look.usual')}>
        {USUAL.map((usual) => {
          const text = t(`viewings.usual.${usual}`);
          return (
            <Chip key={usual} pressed={purpose === text} onClick={() => take(text)}>
              {text}
            </Chip>
          );
        })}
      </div>
      <Field
        label={
          caseRequired
            ? t('viewings.look.caseReference')
            : `${t('viewings.look.caseReference')} (${t('viewings.look.caseOptional')})`
        }
        name="case"
        autoComplete="off"
        maxLength={64}
        value={caseReference}
        onChange={(event) => setCaseReference(event.currentTarget.value)}
        error={wrong.caseReference}
      />
      <Button type="submit" look="primary" icon="look" wide>
        {t('viewings.look.open')}
      </Button>
      <p className={styles['note']}>{t('viewings.look.onRecord')}</p>
    </form>
  );
}
