// SPDX-License-Identifier: AGPL-3.0-or-later
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../design/Dialog.tsx';
import { COMMAND, Key } from '../design/Keys.tsx';
import styles from './KeyboardHelp.module.css';

const SHORTCUTS = [
  ['find', ['/', `${COMMAND} K`]],
  ['table', ['T']],
  ['rows', ['↑', '↓']],
  ['openRow', ['Enter']],
  ['look', ['Enter']],
  ['fullscreen', ['F']],
  ['wall', ['W']],
  ['close', ['Esc']],
  ['pan', ['↑ ↓ ← →', '+', '-']],
  ['help', ['?']],
] as const;

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('app.help.title')} onClose={onClose}>
      <dl className={styles['keys']}>
        {SHORTCUTS.map(([what, keys]) => (
          <Fragment key={what}>
            <dt>
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dt>
            <dd>{t(`app.help.${what}`)}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
