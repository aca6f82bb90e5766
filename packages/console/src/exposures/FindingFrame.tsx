// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimExposures, Finding } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segments } from '../design/Segments.tsx';
import { DifferenceFrame, type Shown } from '../masks/DifferenceFrame.tsx';
import { homeOutlines, seeAim } from '../masks/home-outlines.ts';
import { HomesLayer } from '../masks/HomesLayer.tsx';
import { buildingsQuery, cameraQuery } from '../masks/masks-query.ts';
import { useStill } from '../masks/still.ts';
import { StillRequest } from '../masks/StillRequest.tsx';
import { useScene } from '../masks/use-scene.ts';
import { may, useSession } from '../session/session.ts';
import styles from './FindingPage.module.css';
import type { CountedHome } from './homes.ts';
import type { FindingSets } from './use-mask-sets.ts';
import { useWidth } from './use-width.ts';

export interface EvidenceProps {
  finding: Finding;
  run: NonNullable<AimExposures['run']>;
  homes: readonly CountedHome[];
  marked: string | undefined;
  onMark: (id: string | undefined) => void;
}

const NONE: readonly never[] = [];
/** On a phone the numbers of all homes would hide the homes. */
const NARROW = 640;

/** What the camera sees, with the proposed masks and the outlines of homes; its own picture only for those who ask. */
export function FindingFrame(props: EvidenceProps & { sets: FindingSets }) {
  const { finding, run, sets, homes, marked, onMark } = props;
  const { t } = useTranslation();
  const session = useSession();
  const [shown, setShown] = useState<Shown>('difference');
  const { aim } = run.inputs;
  const { still, taking } = useStill(finding.camera.id, finding.aimId);
  const { data: near } = useQuery(buildingsQuery(aim));
  const { data: camera } = useQuery(cameraQuery(finding.camera.id));
  const { scene } = useScene(aim);
  const outlines = useMemo(
    () =>
      near === undefined
        ? NONE
        : homeOutlines(
            seeAim(aim, near),
            homes.map(({ sourceId }) => sourceId ?? ''),
          ),
    [aim, near, homes],
  );
  const { ref, width } = useWidth<HTMLElement>();
  const flagged = homes.filter((home) => home.flagged !== undefined).length;
  const { base, proposal } = sets;
  const before = base?.polygons ?? NONE;
  const mayLook = may(session, 'viewing.open') && base !== undefined && camera?.hasStream === true;
  return (
    <section ref={ref}>
      <div className={styles['over']}>
        <h2>{t('exposures.finding.frame')}</h2>
        {base !== undefined && proposal && (
          <Segments
            label={t('masks.review.show')}
            value={shown}
            onChange={setShown}
            options={(['difference', 'proposed', 'inForce'] as const).map((value) => ({
              value,
              label: t(`masks.review.${value}`),
            }))}
          />
        )}
      </div>
      <DifferenceFrame
        frame={aim.image}
        before={before}
        after={proposal?.polygons ?? before}
        // Against nothing everything would be new: the masks themselves say more then.
        shown={base === undefined ? 'proposed' : shown}
        picture={still?.url}
        scene={scene}
        label={t('exposures.finding.frameOf', { camera: finding.camera.code })}
      >
        <HomesLayer
          homes={outlines}
          frame={aim.image}
          unit={aim.image.width / width}
          named={width < NARROW ? flagged : homes.length}
          marked={marked}
          onMark={onMark}
        />
      </DifferenceFrame>
      <p className={styles['about']}>
        {t(still === undefined ? 'exposures.finding.frameAbout' : 'exposures.finding.frameStill')}
      </p>
      {mayLook && (
        <div className={styles['still']}>
          <StillRequest
            still={still}
            taking={taking}
            purpose={t('masks.still.findingPurpose', { camera: finding.camera.code })}
          />
        </div>
      )}
    </section>
  );
}
