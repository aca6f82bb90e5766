// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactNode } from 'react';
import styles from './Page.module.css';

interface PageHeadProps {
  title: string;
  lead: string;
  /** What is on the page, in a sentence; it is read aloud when it changes. */
  summary: ReactNode;
  children: ReactNode;
}

export const PageHead = ({ title, lead, summary, children }: PageHeadProps) => (
  <header className={styles['head']}>
    <div>
      <h1>{title}</h1>
      <p className={styles['lead']}>{lead}</p>
    </div>
    <div className={styles['side']}>
      <p role="status" className={styles['summary']}>
        {summary}
      </p>
      {children}
    </div>
  </header>
);
