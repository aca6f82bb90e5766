// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useEffectEvent } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys of the whole page: `mod+k` is Ctrl or ⌘. Plain keys rest while somebody types or a dialog is open. */
export function useShortcuts(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const mod = event.ctrlKey || event.metaKey;
    const name = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
    const act = keys[name];
    if (act === undefined || event.defaultPrevented || event.altKey) return;
    if (!mod && (typing(event.target) || document.querySelector('dialog[open]') !== null)) return;
    event.preventDefault();
    act(event);
  });
  // The keyboard belongs to the document.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
