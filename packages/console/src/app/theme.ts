// SPDX-License-Identifier: AGPL-3.0-or-later
import { useSyncExternalStore } from 'react';
import { remember, remembered } from './memory.ts';

/** `room`: the control room is dark and the oversight room light, whatever the machine says; `system`: the machine decides. */
export const THEMES = ['room', 'dark', 'light', 'system'] as const;
export type Theme = (typeof THEMES)[number];
export type Room = 'control' | 'oversight';

const systemLight = matchMedia('(prefers-color-scheme: light)');
const listeners = new Set<() => void>();
let wanted: Theme = THEMES.find((theme) => theme === remembered('theme')) ?? 'room';
let room: Room = 'control';

const resolveTheme = (theme: Theme, inRoom: Room, light: boolean): 'dark' | 'light' => {
  if (theme === 'dark' || theme === 'light') return theme;
  if (theme === 'system') return light ? 'light' : 'dark';
  return inRoom === 'oversight' ? 'light' : 'dark';
};

const shown = () => resolveTheme(wanted, room, systemLight.matches);

function apply(): void {
  document.documentElement.dataset['theme'] = shown();
  document.documentElement.dataset['room'] = room;
  for (const listener of listeners) listener();
}
systemLight.addEventListener('change', apply);

export function chooseTheme(theme: Theme): void {
  wanted = theme;
  remember('theme', theme);
  apply();
}

export function enterRoom(next: Room): void {
  room = next;
  apply();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => wanted);
/** What is on the screen now: canvases have to be drawn again when it changes. */
export const useShownTheme = (): 'dark' | 'light' => useSyncExternalStore(subscribe, shown);
