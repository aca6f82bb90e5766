// SPDX-License-Identifier: AGPL-3.0-or-later
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/Icon.tsx';
import { Key } from '../design/Keys.tsx';
import { Mark } from '../design/Mark.tsx';
import { landingOf, useSession } from '../session/session.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Clock } from './Clock.tsx';
import { doorsOf } from './navigation.ts';
import styles from './Shell.module.css';
import { useShortcuts } from './shortcuts.ts';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));
const KeyboardHelp = lazy(async () => ({ default: (await import('./KeyboardHelp.tsx')).KeyboardHelp }));

/** The bar above every room. Pages fill what is below it. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState<'palette' | 'help'>();
  const close = () => setOpen(undefined);
  useShortcuts({
    '/': () => setOpen('palette'),
    'mod+k': () => setOpen((now) => (now === 'palette' ? undefined : 'palette')),
    '?': () => setOpen('help'),
  });

  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#content">
        {t('app.skip')}
      </a>
      <header className={styles['bar']}>
        <Link to={landingOf(session)} className={styles['brand']}>
          <Mark />
          <span>Louver</span>
        </Link>
        <nav className={styles['doors']} aria-label={t('app.nav.label')}>
          {doorsOf(session).map(({ to, label, icon }) => (
            <Link
              key={to}
              to={to}
              className={styles['door']}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              aria-label={t(`app.nav.${label}`)}
            >
              <Icon name={icon} />
              <span>{t(`app.nav.${label}`)}</span>
            </Link>
          ))}
        </nav>
        <button type="button" className={styles['find']} onClick={() => setOpen('palette')}>
          <Icon name="search" />
          <span>{t('app.palette.open')}</span>
          <Key>/</Key>
        </button>
        <Clock className={styles['clock']} />
        <AccountMenu onHelp={() => setOpen('help')} />
      </header>
      <main id="content" className={styles['main']} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>
        {open === 'palette' && <Palette onClose={close} onHelp={() => setOpen('help')} />}
        {open === 'help' && <KeyboardHelp onClose={close} />}
      </Suspense>
    </div>
  );
}
