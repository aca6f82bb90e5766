// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../design/Button.tsx';
import { Segments } from '../design/Segments.tsx';
import type { Drawing, DrawingAction } from './drawing.ts';
import styles from './EditorToolbar.module.css';
import type { useViewport } from './use-viewport.ts';
import { fitted, zoomed, zoomOf } from './viewport.ts';

interface ToolbarProps {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
  viewport: ReturnType<typeof useViewport>;
}

export function EditorToolbar({ drawing, dispatch, frame, viewport }: ToolbarProps) {
  const { t } = useTranslation();
  const { selection, tool, pending, past, future } = drawing;
  const { view, setView } = viewport;
  const vertex = selection?.vertex ?? null;
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('masks.editor.tools')}>
      <Segments
        label={t('masks.editor.tools')}
        value={tool}
        onChange={(next) => dispatch({ type: 'tool', tool: next })}
        options={[
          { value: 'select', label: t('masks.editor.select') },
          { value: 'add', label: t('masks.editor.add') },
        ]}
      />
      {tool === 'add' ? (
        <Button icon="check" disabled={pending.length < 3} onClick={() => dispatch({ type: 'finish' })}>
          {t('masks.editor.finish')}
        </Button>
      ) : (
        <>
          <Button icon="plus" onClick={() => dispatch({ type: 'rectangle' })}>
            {t('masks.editor.rectangle')}
          </Button>
          <Button
            look="quiet"
            disabled={selection === null || vertex === null}
            onClick={() =>
              selection !== null && vertex !== null && dispatch({ type: 'insert', ring: selection.ring, edge: vertex })
            }
          >
            {t('masks.editor.insert')}
          </Button>
          <Button look="quiet" disabled={selection === null} onClick={() => dispatch({ type: 'delete' })}>
            {t('masks.editor.delete')}
          </Button>
        </>
      )}
      <span className={styles['group']}>
        <Button look="quiet" disabled={past.length === 0} onClick={() => dispatch({ type: 'undo' })}>
          {t('masks.editor.undo')}
        </Button>
        <Button look="quiet" disabled={future.length === 0} onClick={() => dispatch({ type: 'redo' })}>
          {t('masks.editor.redo')}
        </Button>
      </span>
      <span className={styles['group']}>
        <IconButton
          icon="minus"
          label={t('masks.editor.zoomOut')}
          shortcut="-"
          disabled={zoomOf(view, frame) <= 1}
          onClick={() => setView(zoomed(view, frame, 1 / 1.5))}
        />
        <Button look="quiet" aria-label={t('masks.editor.zoomAll')} onClick={() => setView(fitted(frame))}>
          {Math.round(zoomOf(view, frame) * 100)} %
        </Button>
        <IconButton
          icon="plus"
          label={t('masks.editor.zoomIn')}
          shortcut="+"
          onClick={() => setView(zoomed(view, frame, 1.5))}
        />
      </span>
    </div>
  );
}
