// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { useId, type Dispatch, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SlatPattern } from './SlatPattern.tsx';
import type { Drawing, DrawingAction } from './drawing.ts';
import styles from './EditorCanvas.module.css';
import { EditorHandles, PendingRing } from './EditorHandles.tsx';
import { pathOf, type Ring } from './ring.ts';
import type { RingProblem } from './ring-problems.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useEditorPointer } from './use-editor-pointer.ts';
import type { useViewport } from './use-viewport.ts';

interface CanvasProps {
  frame: FrameSize;
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  viewport: ReturnType<typeof useViewport>;
  problems: readonly RingProblem[];
  /** Solid slats, as they will be burned in; otherwise outlines to draw by. */
  solid: boolean;
  /** What is drawn on: a still or a wireframe. */
  children: ReactNode;
  /** Over the masks and below the handles. */
  over: ReactNode;
  guides: readonly Ring[];
  switches: Readonly<Record<string, () => void>>;
  label: string;
  describedBy: string;
}

export function EditorCanvas(props: CanvasProps) {
  const { frame, drawing, dispatch, viewport, problems, solid, guides, switches } = props;
  const { t } = useTranslation();
  const id = useId();
  const { ref, view, unit } = viewport;
  const pointer = useEditorPointer({ drawing, dispatch, frame, viewport, guides });
  const press = useEditorKeys({ drawing, dispatch, frame, viewport, guides, switches });
  const faulty = new Set(problems.map(({ ring }) => ring));
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application has keys of its own; the table beside it does the same with plain fields
    <div
      className={`${styles['canvas']} ${drawing.tool === 'add' ? styles['adding'] : ''}`}
      role="application"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-roledescription={t('masks.editor.canvas')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onKeyDown={press}
    >
      <svg
        ref={ref}
        className={styles['drawing']}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        {...pointer}
      >
        <defs>
          <SlatPattern id={id} pitch={frame.height / 26} />
        </defs>
        <rect width={frame.width} height={frame.height} className={styles['ground']} />
        {props.children}
        {drawing.rings.map((ring, index) => (
          <path
            // eslint-disable-next-line react/no-array-index-key -- a polygon has no name but its place
            key={index}
            data-ring={index}
            d={pathOf([ring], frame)}
            // A style and not an attribute, which the style sheet would win over.
            style={solid ? { fill: `url(#${id})` } : undefined}
            className={classOf(index === drawing.selection?.ring, faulty.has(index))}
          />
        ))}
        {props.over}
        <PendingRing drawing={drawing} frame={frame} unit={unit} />
        <EditorHandles drawing={drawing} frame={frame} unit={unit} />
      </svg>
    </div>
  );
}

const classOf = (selected: boolean, faulty: boolean) =>
  `${styles['ring']} ${selected ? styles['selected'] : ''} ${faulty ? styles['faulty'] : ''}`;
