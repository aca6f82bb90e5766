// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactNode } from 'react';
import styles from './Slats.module.css';

interface SlatsProps {
  title?: string;
  why?: string | undefined;
  children?: ReactNode;
  fine?: boolean;
  className?: string | undefined;
}

/** The one motif: something is covered here, and deliberately. The words say what and why. */
export const Slats = ({ title, why, children, fine = false, className = '' }: SlatsProps) => (
  <div className={`${styles['slats']} ${fine ? styles['fine'] : ''} ${className}`}>
    {title !== undefined && (
      <div className={styles['plate']}>
        <p className={styles['title']}>{title}</p>
        {why !== undefined && <p className={styles['why']}>{why}</p>}
        {children !== undefined && <div className={styles['actions']}>{children}</div>}
      </div>
    )}
  </div>
);
