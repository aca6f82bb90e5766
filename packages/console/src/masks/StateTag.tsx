// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskSetState } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../design/Icon.tsx';
import styles from './StateTag.module.css';

const SIGNS: Record<MaskSetState, IconName> = {
  draft: 'edit',
  proposed: 'clock',
  approved: 'check',
  active: 'masks',
  retired: 'minus',
  rejected: 'close',
};

export function StateTag({ state }: { state: MaskSetState }) {
  const { t } = useTranslation();
  return (
    <span className={`${styles['tag']} ${state === 'active' ? styles['active'] : ''}`}>
      <Icon name={SIGNS[state]} size={14} />
      {t(`masks.state.${state}`)}
    </span>
  );
}
