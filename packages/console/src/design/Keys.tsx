// SPDX-License-Identifier: AGPL-3.0-or-later
import styles from './Keys.module.css';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
/** The name of the key that goes with K: what stands on this machine's keyboard. */
export const COMMAND = mac ? '⌘' : 'Ctrl';

export const Key = ({ children }: { children: string }) => <kbd className={styles['key']}>{children}</kbd>;
