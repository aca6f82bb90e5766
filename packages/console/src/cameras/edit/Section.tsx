// SPDX-License-Identifier: AGPL-3.0-or-later
import { useId, type ReactNode } from 'react';
import styles from './EditPage.module.css';

/** One concern of the page: on the left what it is about, on the right its fields and its own way to save. */
export function Section({ title, why, children }: { title: string; why: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['about']}>
        <h2 id={id}>{title}</h2>
        <div>{why}</div>
      </div>
      <div className={styles['body']}>{children}</div>
    </section>
  );
}
