// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactNode } from 'react';
import styles from './Notice.module.css';
import { Slats } from './Slats.tsx';

interface NoticeProps {
  title: string;
  why?: ReactNode;
  page?: boolean;
  /** `alert` speaks at once; the default waits until the reader pauses. */
  urgent?: boolean;
  children?: ReactNode;
}

/** Empty, refused, lost: the state of a place, told in a sentence and with what to do next. */
export const Notice = ({ title, why, page = false, urgent = false, children }: NoticeProps) => {
  const Title = page ? 'h1' : 'h2';
  return (
    <div className={`${styles['notice']} ${page ? styles['page'] : ''}`} role={urgent ? 'alert' : 'status'}>
      <Slats fine className={styles['sign']} />
      <Title className={styles['title']}>{title}</Title>
      {why !== undefined && <div className={styles['why']}>{why}</div>}
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </div>
  );
};
