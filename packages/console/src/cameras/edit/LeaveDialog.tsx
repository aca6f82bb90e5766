// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import styles from './EditPage.module.css';

/** Asks whether what was changed and not saved may be thrown away. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('cameras.edit.unsaved.title')} onClose={onStay}>
      <p>{t('cameras.edit.unsaved.why')}</p>
      <div className={styles['answers']}>
        <Button look="primary" onClick={onStay}>
          {t('cameras.edit.unsaved.stay')}
        </Button>
        <Button onClick={onLeave}>{t('cameras.edit.unsaved.leave')}</Button>
      </div>
    </Dialog>
  );
}
