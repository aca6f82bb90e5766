// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type ViewingId } from '@louver/contract';
import { useCallback, useEffect, useEffectEvent, useReducer, useRef } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { changeWall, openViewings, type Errand, type Tile } from './wall.ts';

/** Ends a viewing also when the page goes away in this moment. A viewing that ended by itself answers 404, which is fine. */
function endViewing(viewingId: ViewingId): void {
  void call(routes.closeViewing, { params: { viewingId } }, { keepalive: true }).catch(() => undefined);
}

const openViewing = async ({ camera, purpose, caseReference }: Errand) =>
  call(routes.openViewing, {
    body: { cameraId: camera.id, purpose, ...(caseReference === undefined ? {} : { caseReference }) },
  });

export interface Wall {
  tiles: readonly Tile[];
  look: (errand: Errand) => void;
  reopen: (tile: Tile, byItself: boolean) => void;
  steady: (key: string) => void;
  pin: (key: string) => void;
  close: (key: string) => void;
}

/** The pictures that are open. Each belongs to a viewing, and a viewing that is no longer shown is closed. */
export function useWall(): Wall {
  const [tiles, dispatch] = useReducer(changeWall, []);
  const counter = useRef(0);
  /** Viewings that this page has opened and not yet ended, by tile. */
  const held = useRef(new Map<string, ViewingId>());

  const open = useCallback(async (key: string, errand: Errand) => {
    try {
      const viewing = await openViewing(errand);
      held.current.set(key, viewing.id);
      dispatch({ type: 'opened', key, viewing });
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem('unexpected', undefined, undefined, error);
      dispatch({ type: 'refused', key, problem });
    }
  }, []);

  // A tile that has left the wall takes its viewing with it, whatever made it leave; also one that opened too late.
  useEffect(() => {
    const shown = new Set(openViewings(tiles));
    const keys = new Set(tiles.map((tile) => tile.key));
    for (const [key, viewingId] of held.current) {
      if (shown.has(viewingId) || keys.has(key)) continue;
      held.current.delete(key);
      endViewing(viewingId);
    }
  }, [tiles]);

  const endAll = useEffectEvent(() => {
    for (const viewingId of held.current.values()) endViewing(viewingId);
    held.current.clear();
    for (const { key } of tiles) dispatch({ type: 'close', key });
  });
  // Nobody looks at a page that is gone.
  useEffect(() => {
    const leave = () => endAll();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  return {
    tiles,
    look: (errand) => {
      const key = `look-${++counter.current}`;
      dispatch({ type: 'look', key, errand });
      void open(key, errand);
    },
    reopen: ({ key, errand }, byItself) => {
      const old = held.current.get(key);
      if (old !== undefined) endViewing(old);
      held.current.delete(key);
      dispatch({ type: 'reopen', key, byItself });
      void open(key, errand);
    },
    steady: (key) => dispatch({ type: 'steady', key }),
    pin: (key) => dispatch({ type: 'pin', key }),
    close: (key) => dispatch({ type: 'close', key }),
  };
}
