// SPDX-License-Identifier: AGPL-3.0-or-later
import { useId, useMemo, type Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { coverageChange } from './coverage.ts';
import { DifferenceLayer } from './DifferenceLayer.tsx';
import type { Drawing, DrawingAction } from './drawing.ts';
import { EditorCanvas } from './EditorCanvas.tsx';
import { EditorStatus } from './EditorStatus.tsx';
import { EditorSwitches, type Switches } from './EditorSwitches.tsx';
import { EditorToolbar } from './EditorToolbar.tsx';
import { HomesLayer } from './HomesLayer.tsx';
import type { EditorProps } from './MaskEditor.tsx';
import styles from './MaskEditor.module.css';
import type { RingProblem } from './ring-problems.ts';
import type { Ring } from './ring.ts';
import { shareOf } from './shares.ts';
import type { Still } from './still.ts';
import { useScene } from './use-scene.ts';
import type { SeenHome } from './use-seen-homes.ts';
import { useViewport } from './use-viewport.ts';
import { WireframeLayer } from './WireframeLayer.tsx';

interface FrameProps extends Pick<EditorProps, 'aim' | 'base' | 'proposal'> {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  /** As drawn a moment ago: what takes longer than a frame of the pointer goes by it. */
  rings: readonly Ring[];
  problems: readonly RingProblem[];
  still: Still | undefined;
  homes: readonly SeenHome[];
  marked: string | undefined;
  switches: Switches;
  onSwitch: (change: Partial<Switches>) => void;
}

const NO_GUIDES: readonly Ring[] = [];

/** The frame to draw on, with everything that lies below and over the masks. */
export function EditorFrame(props: FrameProps) {
  const { aim, base, proposal, drawing, dispatch, rings, problems, still, homes, switches, onSwitch } = props;
  const { t } = useTranslation();
  const helpId = useId();
  const viewport = useViewport(aim.image);
  const { scene, loading } = useScene(aim);
  const compared = { nothing: undefined, inForce: base?.polygons, proposal: proposal?.polygons }[switches.compared];
  const guides = useGuides(switches.snap, homes, drawing);
  const onStill = switches.ground === 'still' && still !== undefined;
  const order = (['nothing', 'inForce', 'proposal'] as const).filter(
    (one) => one === 'nothing' || { inForce: base, proposal }[one] !== undefined,
  );
  const keys = {
    h: () => onSwitch({ homes: !switches.homes }),
    c: () => onSwitch({ compared: order[(order.indexOf(switches.compared) + 1) % order.length]! }),
  };
  return (
    <div className={styles['work']}>
      <EditorToolbar drawing={drawing} dispatch={dispatch} frame={aim.image} viewport={viewport} />
      <EditorSwitches
        value={switches}
        onChange={onSwitch}
        dispatch={dispatch}
        hasStill={still !== undefined}
        inForce={base?.polygons}
        proposal={proposal?.polygons}
      />
      <EditorCanvas
        frame={aim.image}
        drawing={drawing}
        dispatch={dispatch}
        viewport={viewport}
        problems={problems}
        solid={switches.solid}
        guides={guides}
        switches={keys}
        label={t('masks.editor.canvas')}
        describedBy={helpId}
        over={
          <>
            {compared !== undefined && <DifferenceLayer frame={aim.image} before={compared} after={rings} />}
            {switches.homes && (
              <HomesLayer homes={homes} frame={aim.image} unit={viewport.unit} marked={props.marked} />
            )}
          </>
        }
      >
        {onStill && (
          <image href={still.url} width={aim.image.width} height={aim.image.height} preserveAspectRatio="none" />
        )}
        {!onStill && scene !== undefined && <WireframeLayer scene={scene} frame={aim.image} />}
      </EditorCanvas>
      {compared !== undefined && <Compared before={compared} after={rings} to={switches.compared} />}
      <EditorStatus drawing={drawing} frame={aim.image} problems={problems} dispatch={dispatch} />
      <p id={helpId} className={styles['help']}>
        {t('masks.editor.canvasHelp')} {t('masks.editor.switchHelp')}
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
  );
}

/** Corners snap to homes and to the other masks, not to the one that is being drawn. */
function useGuides(on: boolean, homes: readonly SeenHome[], { rings, selection }: Drawing): readonly Ring[] {
  const own = selection?.ring;
  return useMemo(
    () => (on ? [...homes.flatMap((home) => home.rings), ...rings.filter((_, index) => index !== own)] : NO_GUIDES),
    [on, homes, rings, own],
  );
}

function Compared({
  before,
  after,
  to,
}: {
  before: readonly Ring[];
  after: readonly Ring[];
  to: Switches['compared'];
}) {
  const { t } = useTranslation();
  const { added, uncovered } = useMemo(() => coverageChange(before, after), [before, after]);
  return (
    <p className={styles['compared']} role="status">
      {t('masks.editor.comparedTo', {
        what: t(`masks.editor.compareWith.${to}`).toLocaleLowerCase(),
        added: shareOf(added),
        uncovered: shareOf(uncovered),
      })}
    </p>
  );
}
