// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim, AimId, Camera, MaskSet } from '@louver/contract';
import { useBlocker } from '@tanstack/react-router';
import { useDeferredValue, useId, useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Segments } from '../design/Segments.tsx';
import { ChangeTold } from './ChangeTold.tsx';
import { coverageChange } from './coverage.ts';
import { draw, emptyDrawing } from './drawing.ts';
import { EditorCanvas } from './EditorCanvas.tsx';
import { EditorHead } from './EditorHead.tsx';
import { EditorStatus } from './EditorStatus.tsx';
import { EditorToolbar } from './EditorToolbar.tsx';
import styles from './MaskEditor.module.css';
import panel from './Panel.module.css';
import { ProposalForm } from './ProposalForm.tsx';
import { ringProblems } from './ring-problems.ts';
import { sameRings } from './ring.ts';
import { useStill } from './still.ts';
import { StillRequest } from './StillRequest.tsx';
import { useScene } from './use-scene.ts';
import { useViewport } from './use-viewport.ts';
import { VertexTable } from './VertexTable.tsx';
import { WireframeLayer } from './WireframeLayer.tsx';

interface EditorProps {
  camera: Camera;
  aim: Aim | Camera['aims'][number];
  base: MaskSet | undefined;
  pending: MaskSet | undefined;
  onAim: (aim: AimId) => void;
  onReload: () => void;
}

const NOTHING: MaskSet['polygons'] = [];

export function MaskEditor({ camera, aim, base, pending, onAim, onReload }: EditorProps) {
  const { t } = useTranslation();
  const helpId = useId();
  const before = base?.polygons ?? NOTHING;
  const [drawing, dispatch] = useReducer(draw, { ...emptyDrawing, rings: before });
  const [sent, setSent] = useState<MaskSet>();
  const [solid, setSolid] = useState(false);
  const [ground, setGround] = useState<'still' | 'wireframe'>('still');
  const { still, taking } = useStill(camera.id);
  const { scene, loading } = useScene(aim);
  const viewport = useViewport(aim.image);
  const rings = useDeferredValue(drawing.rings);
  const problems = useMemo(() => ringProblems(rings), [rings]);
  const change = useMemo(() => coverageChange(before, rings), [before, rings]);
  const changed = !sameRings(before, drawing.rings);
  const onStill = ground === 'still' && still !== undefined;
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: changed && sent === undefined });

  return (
    <div className={styles['page']}>
      <EditorHead camera={camera} aim={aim} base={base} pending={pending} onAim={onAim} />
      <div className={styles['work']}>
        <EditorToolbar drawing={drawing} dispatch={dispatch} frame={aim.image} viewport={viewport}>
          <Button look="quiet" aria-pressed={solid} onClick={() => setSolid(!solid)}>
            {t('masks.editor.fill')}
          </Button>
          {still !== undefined && (
            <Segments
              label={t('masks.editor.background')}
              value={ground}
              onChange={setGround}
              options={(['still', 'wireframe'] as const).map((value) => ({ value, label: t(`masks.editor.${value}`) }))}
            />
          )}
        </EditorToolbar>
        <EditorCanvas
          frame={aim.image}
          drawing={drawing}
          dispatch={dispatch}
          viewport={viewport}
          problems={problems}
          solid={solid}
          label={t('masks.editor.canvas')}
          describedBy={helpId}
        >
          {onStill && (
            <image href={still.url} width={aim.image.width} height={aim.image.height} preserveAspectRatio="none" />
          )}
          {!onStill && scene !== undefined && <WireframeLayer scene={scene} frame={aim.image} />}
        </EditorCanvas>
        <EditorStatus drawing={drawing} frame={aim.image} problems={problems} dispatch={dispatch} />
        <p id={helpId} className={styles['help']}>
          {t('masks.editor.canvasHelp')}
        </p>
        {!onStill && (
          <p className={styles['help']}>
            {loading
              ? t('masks.wireframe.loading')
              : scene?.sides.length === 0
                ? t('masks.wireframe.empty')
                : `${t('masks.wireframe.about')} ${t('masks.wireframe.homes', { count: scene?.homes ?? 0 })}.`}
          </p>
        )}
      </div>
      <aside className={styles['side']}>
        <section className={panel['panel']}>
          <h2>{t('masks.editor.outcome')}</h2>
          <ChangeTold change={change} first={base === undefined} />
        </section>
        <ProposalForm
          aim={aim}
          base={base}
          rings={drawing.rings}
          faulty={problems.length > 0}
          changed={changed || base === undefined}
          sent={sent}
          onSent={setSent}
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
