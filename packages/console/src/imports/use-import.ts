// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportKind, ImportReport, JurisdictionPath } from '@louver/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { runImport, type ImportProgress } from './run-import.ts';

/** Everything that decides what a file becomes. A commit runs with exactly what was checked. */
export interface ImportPlan {
  kind: ImportKind;
  file: File | undefined;
  type: string;
  jurisdiction: JurisdictionPath | undefined;
  partial: boolean;
  duplicateMetres: number;
}

export type ImportState =
  | { at: 'idle' }
  | { at: 'running'; mode: 'dry-run' | 'commit'; plan: ImportPlan; progress: ImportProgress; checked?: ImportReport }
  | { at: 'checked'; plan: ImportPlan; report: ImportReport }
  | { at: 'imported'; plan: ImportPlan; report: ImportReport }
  | { at: 'stopped' }
  | { at: 'failed'; mode: 'dry-run' | 'commit'; error: unknown };

export function useImport() {
  const client = useQueryClient();
  const [state, setState] = useState<ImportState>({ at: 'idle' });
  const stopper = useRef<AbortController>(undefined);

  const run = async (plan: ImportPlan, mode: 'dry-run' | 'commit') => {
    const { file, type, kind, jurisdiction, partial, duplicateMetres } = plan;
    if (file === undefined) return;
    const stop = new AbortController();
    stopper.current = stop;
    const onProgress = (progress: ImportProgress) => setState({ at: 'running', mode, plan, progress });
    try {
      const query = {
        ...{ kind, mode, partial, duplicateMetres: kind === 'cameras' ? duplicateMetres : 0 },
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
      };
      const report = await runImport({ file, type, query, signal: stop.signal, onProgress });
      setState({ at: mode === 'commit' ? 'imported' : 'checked', plan, report });
      if (report.committed) await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    } catch (error) {
      setState(stop.signal.aborted && mode === 'dry-run' ? { at: 'stopped' } : { at: 'failed', mode, error });
    }
  };
  return { state, run, stop: () => stopper.current?.abort(), forget: () => setState({ at: 'idle' }) };
}

export const samePlan = (a: ImportPlan, b: ImportPlan): boolean =>
  a.kind === b.kind &&
  a.file === b.file &&
  a.jurisdiction === b.jurisdiction &&
  a.partial === b.partial &&
  a.duplicateMetres === b.duplicateMetres;
