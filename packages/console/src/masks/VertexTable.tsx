// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../design/Button.tsx';
import { inputClass } from '../design/Field.tsx';
import type { Drawing, DrawingAction } from './drawing.ts';
import type { Ring } from './ring.ts';
import styles from './VertexTable.module.css';

interface TableProps {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
}

/** The drawing as numbers: whatever the picture can do, plain fields can do too. */
export function VertexTable({ drawing, dispatch, frame }: TableProps) {
  const { t } = useTranslation();
  if (drawing.rings.length === 0) return <p className={styles['none']}>{t('masks.editor.none')}</p>;
  return (
    <ul className={styles['rings']}>
      {drawing.rings.map((ring, index) => (
        // eslint-disable-next-line react/no-array-index-key -- a polygon has no name but its place
        <li key={index} className={index === drawing.selection?.ring ? styles['selected'] : undefined}>
          <div className={styles['head']}>
            <Button
              look="quiet"
              aria-expanded={index === drawing.selection?.ring}
              aria-label={t('masks.editor.selectRing', { ring: index + 1 })}
              onClick={() =>
                dispatch({
                  type: 'select',
                  selection: index === drawing.selection?.ring ? null : { ring: index, vertex: null },
                })
              }
            >
              {t('masks.editor.ring', { ring: index + 1 })}
            </Button>
            <span>{t('masks.editor.corners', { count: ring.length })}</span>
            <IconButton
              icon="close"
              label={t('masks.editor.deleteRing', { ring: index + 1 })}
              onClick={() => {
                dispatch({ type: 'select', selection: { ring: index, vertex: null } });
                dispatch({ type: 'delete' });
              }}
            />
          </div>
          {index === drawing.selection?.ring && (
            <Corners ring={ring} index={index} chosen={drawing.selection.vertex} dispatch={dispatch} frame={frame} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface CornersProps {
  ring: Ring;
  index: number;
  chosen: number | null;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
}

function Corners({ ring, index, chosen, dispatch, frame }: CornersProps) {
  const { t } = useTranslation();
  const select = (vertex: number) => dispatch({ type: 'select', selection: { ring: index, vertex } });
  return (
    <table className={styles['corners']}>
      <caption className="visually-hidden">{t('masks.editor.tableOf', { ring: index + 1 })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('masks.editor.corner')}</th>
          <th scope="col">{t('masks.editor.x')}</th>
          <th scope="col">{t('masks.editor.y')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('masks.editor.tools')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {ring.map(([x, y], vertex) => (
          // eslint-disable-next-line react/no-array-index-key -- a corner has no name but its place
          <tr key={vertex} className={vertex === chosen ? styles['chosen'] : undefined}>
            <th scope="row">{vertex + 1}</th>
            <td>
              <Coordinate
                label={t('masks.editor.xOf', { ring: index + 1, vertex: vertex + 1 })}
                value={x * frame.width}
                onFocus={() => select(vertex)}
                onChange={(value) => dispatch({ type: 'put', ring: index, vertex, at: [value / frame.width, y] })}
              />
            </td>
            <td>
              <Coordinate
                label={t('masks.editor.yOf', { ring: index + 1, vertex: vertex + 1 })}
                value={y * frame.height}
                onFocus={() => select(vertex)}
                onChange={(value) => dispatch({ type: 'put', ring: index, vertex, at: [x, value / frame.height] })}
              />
            </td>
            <td className={styles['tools']}>
              <IconButton
                icon="plus"
                label={t('masks.editor.insertAfter', { vertex: vertex + 1 })}
                onClick={() => dispatch({ type: 'insert', ring: index, edge: vertex })}
              />
              <IconButton
                icon="minus"
                label={t('masks.editor.deleteCorner', { vertex: vertex + 1 })}
                disabled={ring.length <= 3}
                onClick={() => {
                  select(vertex);
                  dispatch({ type: 'delete' });
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Coordinate(props: { label: string; value: number; onFocus: () => void; onChange: (value: number) => void }) {
  return (
    <input
      type="number"
      className={inputClass}
      aria-label={props.label}
      value={Math.round(props.value * 10) / 10}
      step={1}
      onFocus={props.onFocus}
      onChange={(event) => {
        const { valueAsNumber: value } = event.currentTarget;
        if (Number.isFinite(value)) props.onChange(value);
      }}
    />
  );
}
