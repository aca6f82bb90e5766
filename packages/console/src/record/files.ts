// SPDX-License-Identifier: AGPL-3.0-or-later
import { saveAs } from '../app/save-as.ts';
import type { Alarm } from './memory.ts';

export const saveCheckpoint = (signed: string, size: number | null, note = ''): void =>
  saveAs(`louver-checkpoint${note}-${size ?? 'unknown'}.txt`, signed);

export const saveKeys = (keys: readonly string[], note = ''): void =>
  saveAs(`louver${note}.vkey`, keys.map((key) => `${key}\n`).join(''));

/** The whole alarm in one file, for whoever gets the evidence by post. */
export const saveReport = (alarm: Alarm): void =>
  saveAs(
    `louver-alarm-${alarm.kind}-${new Date(alarm.at).toISOString().slice(0, 10)}.json`,
    `${JSON.stringify({ ...alarm, at: new Date(alarm.at).toISOString(), log: `${location.origin}/log` }, undefined, 2)}\n`,
    'application/json',
  );

/** The third line of a checkpoint. */
export const rootLineOf = (signed: string): string => signed.split('\n')[2] ?? '';
