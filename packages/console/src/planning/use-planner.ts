// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft, ExposureRules } from '@louver/contract';
import type { AimSearch, Wanted } from '@louver/sightline';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Drawn, Looked } from './messages-between.ts';
import { PlannerClient } from './planner-client.ts';
import { askedFor, surroundingsQuery } from './surroundings.ts';

/** Used until the rule in force is known; its own margin then takes its place. */
const MARGIN_DEG = 1;

/** Measures the aim in hand whenever it changes, among buildings that are fetched once per place. */
export function usePlanner(aim: AimDraft | undefined) {
  const around = useQuery(surroundingsQuery(aim && askedFor(aim.position, aim.range)));
  const [looked, setLooked] = useState<Looked>();
  const [drawn, setDrawn] = useState<Drawn>();
  const client = useRef<PlannerClient>(undefined);
  const surroundings = around.data;
  const rules: ExposureRules | undefined = surroundings?.rules;
  const marginDeg = rules?.marginDeg ?? MARGIN_DEG;
  // Workers are outside of React. All three before the browser draws, so that the answer is on its way meanwhile.
  useLayoutEffect(() => {
    const made = new PlannerClient({ onLooked: (next) => flushSync(() => setLooked(next)), onDrawn: setDrawn });
    client.current = made;
    return () => {
      made.stop();
      client.current = undefined;
    };
  }, []);
  useLayoutEffect(() => {
    if (surroundings !== undefined) client.current?.surround(surroundings.buildings);
  }, [surroundings]);
  // What the picture hangs on; a name typed elsewhere is none of it.
  useLayoutEffect(() => {
    if (aim !== undefined && surroundings !== undefined) client.current?.look(aim, marginDeg);
  }, [aim, surroundings, marginDeg]);
  const find = useCallback(
    async (from: AimDraft, wanted: Wanted): Promise<AimSearch | undefined> => client.current?.find(from, wanted),
    [],
  );
  return {
    looked,
    drawn,
    surroundings,
    rules,
    marginDeg,
    busy: looked?.aim !== aim && aim !== undefined,
    error: around.error,
    retry: () => void around.refetch(),
    /** More buildings than a browser measures: further away than this nothing is known, in metres. */
    short:
      surroundings !== undefined && aim !== undefined && surroundings.coveredMetres < surroundings.asked.range
        ? surroundings.coveredMetres
        : undefined,
    find,
  };
}
