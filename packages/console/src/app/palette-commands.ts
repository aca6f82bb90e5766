// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraSummary, type Place } from '@louver/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { glyphOf, type Glyph } from '../cameras/glyphs.ts';
import type { IconName } from '../design/Icon.tsx';
import { NO_FILTERS, textOfSpot } from '../map/console-search.ts';
import { may, useSession } from '../session/session.ts';
import { useSignOut } from './AccountMenu.tsx';
import { chooseLanguage, currentLanguage } from './i18n.ts';
import { doorsOf } from './navigation.ts';
import { chooseTheme, useShownTheme } from './theme.ts';

export interface Command {
  id: string;
  group: 'cameras' | 'places' | 'actions';
  sign: { icon: IconName } | { glyph: Glyph };
  strong?: string;
  text: string;
  note?: string;
  run: () => void;
}

/** Words as people type them in a hurry: without marks, and đ as d. */
const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();

export function useCommands(q: string, onHelp: () => void): { commands: Command[]; searching: boolean } {
  const cameras = useFoundCameras(q);
  const places = useFoundPlaces(q);
  const actions = useActions(onHelp);
  const words = plain(q.trim()).split(/\s+/);
  const fitting = actions.filter((action) => words.every((word) => plain(action.text).includes(word)));
  return {
    commands: [...cameras.commands, ...places.commands, ...fitting],
    searching: cameras.searching || places.searching,
  };
}

function useFoundCameras(q: string): { commands: Command[]; searching: boolean } {
  const session = useSession();
  const navigate = useNavigate();
  const { data, isFetching } = useQuery({
    queryKey: ['palette', 'cameras', q],
    queryFn: async ({ signal }) => call(routes.listCameras, { query: { q, limit: 8 } }, { signal }),
    enabled: q !== '' && may(session, 'camera.read'),
    placeholderData: keepPreviousData,
  });
  const onMap = may(session, 'viewing.open') || session.role === 'officer';
  const open = ({ id, location: { coordinates } }: CameraSummary) => {
    const at = textOfSpot({ lat: coordinates[1], lon: coordinates[0], zoom: 17 });
    if (onMap) void navigate({ to: '/', search: (old) => ({ ...old, camera: id, at }) });
    else void navigate({ to: '/cameras', search: { camera: id, q } });
  };
  const items = q === '' ? [] : (data?.items ?? []);
  const commands = items.map((camera): Command => ({
    id: camera.id,
    group: 'cameras',
    sign: { glyph: glyphOf(camera.status, camera.streamState) },
    strong: camera.code,
    text: camera.name,
    run: () => open(camera),
  }));
  return { commands, searching: isFetching };
}

function useFoundPlaces(q: string): { commands: Command[]; searching: boolean } {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const onMap = may(session, 'viewing.open') || session.role === 'officer';
  const { data, isFetching } = useQuery({
    queryKey: ['palette', 'places', q],
    queryFn: async ({ signal }) => call(routes.searchPlaces, { query: { q } }, { signal }),
    enabled: q !== '' && onMap,
    placeholderData: keepPreviousData,
  });
  const fly = ({ kind, location: [lon, lat] }: Place) =>
    void navigate({
      to: '/',
      search: (old) => ({ ...old, at: textOfSpot({ lat, lon, zoom: kind === 'street' ? 17 : 15 }) }),
    });
  const items = q === '' || !onMap ? [] : (data?.items ?? []).slice(0, 6);
  const commands = items.map((place, index): Command => ({
    id: `place-${index}`,
    group: 'places',
    sign: { icon: place.kind === 'street' ? 'place' : 'map' },
    text: place.name,
    note: t(`app.palette.${place.kind}`),
    run: () => fly(place),
  }));
  return { commands, searching: isFetching };
}

function useActions(onHelp: () => void): Command[] {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const theme = useShownTheme();
  const action = (id: string, icon: IconName, text: string, run: () => void): Command => ({
    id,
    group: 'actions',
    sign: { icon },
    text,
    run,
  });
  const doors = doorsOf(session);
  const other = currentLanguage() === 'vi' ? 'en' : 'vi';
  return [
    ...doors.map(({ to, icon, label }) =>
      action(to, icon, t('app.palette.goTo', { place: t(`app.nav.${label}`) }), () => void navigate({ to })),
    ),
    ...(doors.some(({ to }) => to === '/')
      ? [
          action(
            'table',
            'table',
            t('app.palette.table'),
            () => void navigate({ to: '/', search: (old) => ({ ...old, view: 'table' }) }),
          ),
          action(
            'map',
            'map',
            t('app.palette.map'),
            () => void navigate({ to: '/', search: (old) => ({ ...old, view: undefined }) }),
          ),
          action(
            'clear',
            'filter',
            t('app.palette.clear'),
            () => void navigate({ to: '/', search: (old) => ({ ...old, ...NO_FILTERS }) }),
          ),
        ]
      : []),
    action('theme', 'theme', t(theme === 'dark' ? 'app.palette.themeLight' : 'app.palette.themeDark'), () =>
      chooseTheme(theme === 'dark' ? 'light' : 'dark'),
    ),
    action('language', 'globe', t(`app.language.${other}`), () => void chooseLanguage(other)),
    action('keyboard', 'keyboard', t('app.account.keyboard'), onHelp),
    action('out', 'out', t('app.account.signOut'), () => signOut.mutate()),
  ];
}
