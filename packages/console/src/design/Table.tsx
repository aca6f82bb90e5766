// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactNode } from 'react';
import styles from './Table.module.css';

interface Column {
  key: string;
  label: string;
  /** For a column of buttons, whose heading only a screen reader needs. */
  unseen?: boolean;
}

interface TableProps {
  /** What a screen reader calls it. */
  caption: string;
  columns: readonly Column[];
  /** Width in px below which the head goes and each row stands by itself. */
  foldsAt: 860 | 1080;
  className: string | undefined;
  /** One tbody or several. */
  children: ReactNode;
}

export const Table = ({ caption, columns, foldsAt, className, children }: TableProps) => (
  <table className={`${styles['table']} ${styles[`folds${foldsAt}`]} ${className ?? ''}`}>
    <caption className="visually-hidden">{caption}</caption>
    <thead>
      <tr>
        {columns.map(({ key, label, unseen }) => (
          <th key={key} scope="col">
            <span className={unseen ? 'visually-hidden' : undefined}>{label}</span>
          </th>
        ))}
      </tr>
    </thead>
    {children}
  </table>
);
