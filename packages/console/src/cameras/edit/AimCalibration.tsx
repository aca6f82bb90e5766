// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimCalibration as Calibration } from '@louver/contract';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../design/Icon.tsx';
import { Slats } from '../../design/Slats.tsx';
import styles from './EditPage.module.css';

interface AimCalibrationProps {
  /** Undefined of a new aim. */
  was: Calibration | undefined;
  /** The angles in the form come from points on map and picture. */
  isMeasured: boolean;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}

/** How the numbers came about, and, where nobody knows, the one line by which somebody answers for them. */
export function AimCalibration({ was, isMeasured, confirmed, onConfirm }: AimCalibrationProps) {
  const { t } = useTranslation();
  const id = useId();
  const known = isMeasured ? 'measured' : was === 'assumed' ? undefined : was;
  if (known !== undefined)
    return (
      <p className={styles['calibrated']}>
        <Icon name="check" size={14} />
        {t(`cameras.edit.aim.calibration.${known}`)}
      </p>
    );
  return (
    <>
      {was === 'assumed' && (
        <div className={styles['cost']}>
          <Slats fine className={styles['slats']} />
          <p>
            <strong>{t('cameras.edit.aim.calibration.assumed')}</strong>
            {t('cameras.edit.aim.calibration.assumedWhy')}
          </p>
        </div>
      )}
      <div className={styles['choice']}>
        <input
          id={id}
          type="checkbox"
          checked={confirmed}
          aria-describedby={`${id}-why`}
          onChange={(event) => onConfirm(event.currentTarget.checked)}
        />
        <label htmlFor={id}>{t('cameras.edit.aim.calibration.confirm')}</label>
        <p id={`${id}-why`}>{t('cameras.edit.aim.calibration.confirmWhy')}</p>
      </div>
    </>
  );
}
