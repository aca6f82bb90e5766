// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonLook } from '../design/Button.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import styles from './Decision.module.css';

interface NoteFormProps {
  /** What the decision brings about, told before it is taken. */
  does: ReactNode;
  label: string;
  hint: string;
  go: string;
  look?: ButtonLook;
  busy: boolean;
  error: unknown;
  blocked?: boolean;
  onSubmit: (note: string) => void;
  children?: ReactNode;
}

/** A decision with the words that go on the record with it. */
export function NoteForm(props: NoteFormProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tooShort = note.trim().length < 3;
    setMissing(tooShort);
    if (!tooShort) props.onSubmit(note.trim());
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <p className={styles['does']}>{props.does}</p>
      {props.children}
      <TextArea
        label={props.label}
        hint={props.hint}
        error={missing ? t('exposures.decide.noteMissing') : undefined}
        value={note}
        maxLength={500}
        rows={3}
        onChange={(event) => {
          setNote(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <Button type="submit" large look={props.look ?? 'primary'} disabled={props.busy || props.blocked === true}>
        {props.busy ? t('exposures.decide.deciding') : props.go}
      </Button>
      {props.error !== null && (
        <p role="alert" className={styles['error']}>
          {words(props.error)}
        </p>
      )}
    </form>
  );
}
