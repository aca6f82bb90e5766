// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { memo } from 'react';
import type { Side, Wireframe } from './wireframe.ts';
import styles from './WireframeLayer.module.css';

/** Ground, horizon and buildings under the masks; homes are tinted. */
export const WireframeLayer = memo(function WireframeLayer({ scene, frame }: { scene: Wireframe; frame: FrameSize }) {
  const { horizon } = scene;
  return (
    <g className={styles['scene']}>
      <rect width={frame.width} height={frame.height} className={styles['ground']} />
      {horizon !== null && (
        <path d={`M0 0V${horizon[0][1]}L${frame.width} ${horizon[1][1]}V0Z`} className={styles['sky']} />
      )}
      <path d={scene.ground} className={styles['lines']} />
      {scene.sides.map((side, index) => (
        // eslint-disable-next-line react/no-array-index-key -- sides are drawn far to near and have no other name
        <path key={index} d={side.path} className={classOf(side)} />
      ))}
    </g>
  );
});

/** Three shades: opaque, so that nothing shows through, and lighter the more squarely a wall faces the camera. */
const classOf = ({ home, kind, facing }: Side) => {
  const shade = kind !== 'wall' ? 'dim' : facing > 0.6 ? 'bright' : facing > 0.25 ? 'middle' : 'dim';
  return `${styles['side']} ${styles[`${home ? 'home' : 'other'}-${shade}`]}`;
};
