// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Sight } from '@louver/sightline';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { metresOf, useHomeName } from '../exposures/words.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './EditorHomes.module.css';
import { bareHomes } from './home-outlines.ts';
import panel from './Panel.module.css';
import type { Ring } from './ring.ts';
import { shareOf } from './shares.ts';
import type { SeenHome } from './use-seen-homes.ts';

interface HomesProps {
  sight: Sight | undefined;
  homes: readonly SeenHome[];
  rings: readonly Ring[];
  marked: string | undefined;
  onMark: (id: string | undefined) => void;
}

/** Which homes geometry finds in the frame, and what the drawing leaves bare of each. */
export function EditorHomes({ sight, homes, rings, marked, onMark }: HomesProps) {
  const { t } = useTranslation();
  const homeName = useHomeName();
  const bare = useMemo(
    () => new Map(sight === undefined ? [] : bareHomes(sight, homes, rings).map((home) => [home.id, home.bare])),
    [sight, homes, rings],
  );
  if (sight === undefined) return null;
  const flagged = homes.filter(({ id, exposure }) => bare.has(id) && exposure.breaches.length > 0);
  return (
    <section className={panel['panel']}>
      <h2>{t('masks.editor.homes')}</h2>
      <p className={panel['why']} role="status">
        {homes.length === 0
          ? t('masks.editor.homesNone')
          : bare.size === 0
            ? t('masks.editor.homesCovered')
            : t('masks.editor.homesBare', { count: bare.size })}
      </p>
      {flagged.length > 0 && (
        <p className={panel['danger']}>
          <Icon name="alert" />
          {t('masks.editor.homesFlagged', { count: flagged.length })}
        </p>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls is to be scrolled by keys as well */}
      <ol className={styles['homes']} tabIndex={0} aria-label={t('masks.editor.homes')}>
        {homes.map(({ id, number, exposure }) => (
          <li
            key={id}
            data-marked={id === marked ? '' : undefined}
            onPointerEnter={() => onMark(id)}
            onPointerLeave={() => onMark(undefined)}
          >
            <b>{number}</b>
            <span>
              {homeName(exposure)} · {t('exposures.distance', { metres: metresOf(exposure.distanceMetres) })}
            </span>
            <em data-bare={bare.has(id) ? '' : undefined}>
              {bare.has(id)
                ? t('masks.editor.homeBare', { share: shareOf(bare.get(id)!) })
                : t('masks.editor.homeCovered')}
            </em>
          </li>
        ))}
      </ol>
    </section>
  );
}
