// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim, AimId, Camera, MaskSet } from '@louver/contract';
import { useDeferredValue, useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeTold } from './ChangeTold.tsx';
import { coverageChange } from './coverage.ts';
import { draw, emptyDrawing } from './drawing.ts';
import { EditorFrame } from './EditorFrame.tsx';
import { EditorHead } from './EditorHead.tsx';
import { EditorHomes } from './EditorHomes.tsx';
import type { Switches } from './EditorSwitches.tsx';
import styles from './MaskEditor.module.css';
import panel from './Panel.module.css';
import { ProposalForm } from './ProposalForm.tsx';
import { ringProblems } from './ring-problems.ts';
import { sameRings } from './ring.ts';
import { useStill } from './still.ts';
import { StillRequest } from './StillRequest.tsx';
import { UnsavedDrawing } from './UnsavedDrawing.tsx';
import { useSeenHomes } from './use-seen-homes.ts';
import { VertexTable } from './VertexTable.tsx';

export interface EditorProps {
  camera: Camera;
  aim: Aim | Camera['aims'][number];
  base: MaskSet | undefined;
  /** What to begin with instead of what is in force. */
  start: MaskSet | undefined;
  /** What is proposed for this aim, to compare with. */
  proposal: MaskSet | undefined;
  pending: MaskSet | undefined;
  onAim: (aim: AimId) => void;
  onReload: () => void;
}

const NOTHING: MaskSet['polygons'] = [];

export function MaskEditor({ camera, aim, base, start, proposal, pending, onAim, onReload }: EditorProps) {
  const { t } = useTranslation();
  const before = base?.polygons ?? NOTHING;
  const begun = start?.polygons ?? before;
  const [drawing, dispatch] = useReducer(draw, { ...emptyDrawing, rings: begun });
  const [sent, setSent] = useState<MaskSet>();
  const [marked, setMarked] = useState<string>();
  const [switches, setSwitches] = useState<Switches>({
    ...{ solid: false, homes: true, snap: true, ground: 'still' },
    compared: start === undefined || base === undefined ? 'nothing' : 'inForce',
  });
  const { still, taking } = useStill(camera.id, aim.id);
  const { sight, homes } = useSeenHomes(aim);
  const rings = useDeferredValue(drawing.rings);
  const problems = useMemo(() => ringProblems(rings), [rings]);
  const change = useMemo(() => coverageChange(before, rings), [before, rings]);
  const changed = !sameRings(before, drawing.rings);
  const [kept, setKept] = useState<typeof drawing.rings>(begun);
  const unsaved = !sameRings(kept, drawing.rings) || drawing.pending.length > 0;

  return (
    <div className={styles['page']}>
      <UnsavedDrawing unsaved={unsaved} />
      <EditorHead camera={camera} aim={aim} base={base} start={start} pending={pending} onAim={onAim} />
      <EditorFrame
        {...{ aim, base, proposal, drawing, dispatch, rings, problems, still, homes, marked, switches }}
        onSwitch={(next) => setSwitches((old) => ({ ...old, ...next }))}
      />
      <aside className={styles['side']}>
        <section className={panel['panel']}>
          <h2>{t('masks.editor.outcome')}</h2>
          <ChangeTold change={change} first={base === undefined} />
        </section>
        <EditorHomes sight={sight} homes={homes} rings={rings} marked={marked} onMark={setMarked} />
        <ProposalForm
          aim={aim}
          base={base}
          rings={drawing.rings}
          faulty={problems.length > 0}
          changed={changed || base === undefined}
          sent={sent}
          onSent={(set) => {
            setSent(set);
            if (set !== undefined) setKept(drawing.rings);
          }}
          onReload={onReload}
        />
        <section className={panel['panel']}>
          <h2>{t('masks.editor.table')}</h2>
          <VertexTable drawing={drawing} dispatch={dispatch} frame={aim.image} />
        </section>
        {base !== undefined && camera.hasStream ? (
          <StillRequest still={still} taking={taking} purpose={t('masks.still.drawPurpose')} />
        ) : (
          <section className={panel['panel']}>
            <h2>{t('masks.still.none')}</h2>
            <p className={panel['why']}>{t('masks.still.noMasks')}</p>
          </section>
        )}
      </aside>
    </div>
  );
}
