// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactNode } from 'react';
import styles from './Chip.module.css';

interface ChipProps {
  children: ReactNode;
  pressed?: boolean;
  count?: string | undefined;
  onClick: () => void;
}

export const Chip = ({ children, pressed, count, onClick }: ChipProps) => (
  <button type="button" className={styles['chip']} aria-pressed={pressed} onClick={onClick}>
    {children}
    {count !== undefined && <span className={styles['count']}>{count}</span>}
  </button>
);
