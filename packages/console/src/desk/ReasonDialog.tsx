// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import styles from './ActForm.module.css';

interface ReasonDialogProps {
  title: string;
  /** What follows from it. */
  why: string;
  label: string;
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

const LEAST = 3;

/** Something that is opened only for a stated reason. */
export function ReasonDialog({ title, why, label, submit, pending, error, onSubmit, onClose }: ReasonDialogProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState(false);
  const told = wrong ? t('desk.act.tooShort', { least: LEAST }) : error === null ? undefined : words(error);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const short = reason.trim().length < LEAST;
          setWrong(short);
          if (!short) onSubmit(reason.trim());
        }}
      >
        <p>{why}</p>
        <TextArea
          label={label}
          error={told}
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? t('desk.act.doing') : submit}
        </Button>
      </form>
    </Dialog>
  );
}
