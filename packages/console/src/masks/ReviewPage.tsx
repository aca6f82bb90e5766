// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId, MaskSet, MaskSetId } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { Notice } from '../design/Notice.tsx';
import { Segments } from '../design/Segments.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { Fact } from '../oversight/Entry.tsx';
import { Moment } from '../oversight/Moment.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { may, useSession } from '../session/session.ts';
import { ChangeTold } from './ChangeTold.tsx';
import { coverageChange } from './coverage.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { DifferenceFrame, type Shown } from './DifferenceFrame.tsx';
import { cameraQuery, comparedWith, maskSetQuery, setsOfCameraQuery } from './masks-query.ts';
import panel from './Panel.module.css';
import { useLiveMasks } from './QueuePage.tsx';
import { Verdict } from './Verdict.tsx';
import { RenewForm } from './RenewForm.tsx';
import styles from './ReviewPage.module.css';
import { StateTag } from './StateTag.tsx';
import { useStill } from './still.ts';
import { StillRequest } from './StillRequest.tsx';
import { useScene } from './use-scene.ts';

const pageApi = getRouteApi('/room/masks-room/masks/$maskSetId');

export function ReviewPage() {
  const { t } = useTranslation();
  const { maskSetId } = pageApi.useParams();
  const found = useQuery(maskSetQuery(maskSetId as MaskSetId));
  const versions = useQuery({ ...setsOfCameraQuery(found.data?.cameraId as CameraId), enabled: Boolean(found.data) });
  useLiveMasks();
  const error = found.error ?? versions.error;
  if (error !== null) {
    const again = () => void Promise.all([found.refetch(), versions.refetch()]);
    return <Trouble error={error} onRetry={again} />;
  }
  if (found.data === undefined || (found.data !== null && versions.data === undefined)) return <Skeleton rows={10} />;
  if (found.data === null) {
    return (
      <Notice page title={t('masks.review.missing')} why={t('masks.review.missingWhy')}>
        <Link to="/masks" className={buttonClass({ look: 'primary' })}>
          {t('masks.review.back')}
        </Link>
      </Notice>
    );
  }
  const all = versions.data ?? [];
  return <Review key={maskSetId} set={found.data} base={comparedWith(found.data, all)} versions={all} />;
}

interface ReviewProps {
  set: MaskSet;
  base: MaskSet | undefined;
  /** All of its camera. */
  versions: readonly MaskSet[];
}

function Review({ set, base, versions }: ReviewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [shown, setShown] = useState<Shown>('difference');
  const { still, taking } = useStill(set.cameraId, set.aimId);
  const camera = useQuery(cameraQuery(set.cameraId));
  const aim = camera.data?.aims.find(({ id }) => id === set.aimId);
  const { scene } = useScene(aim);
  const before = base?.polygons ?? NOTHING;
  const change = useMemo(() => coverageChange(before, set.polygons), [before, set.polygons]);
  const open = set.state === 'proposed';
  const mayLook = may(session, 'viewing.open') && base !== undefined && camera.data?.hasStream === true;
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Link to="/masks" className={styles['back']}>
          <Icon name="left" size={14} />
          {t('masks.review.back')}
        </Link>
        <h1>
          {t('masks.review.title', { camera: set.cameraCode })}
          <small>
            {camera.data?.name} ·{' '}
            {aim !== undefined && (camera.data?.aims.length ?? 0) > 1 && `${t('masks.review.aim', aim)} · `}
            {t('masks.version', { version: set.version })}
          </small>
        </h1>
        <StateTag state={set.state} />
      </header>
      <div className={styles['picture']}>
        <DifferenceFrame
          frame={set.frame}
          before={before}
          after={set.polygons}
          shown={shown}
          picture={still?.url}
          scene={scene}
          label={t('masks.preview', {
            polygons: t('masks.polygons', { count: set.polygons.length }),
            camera: set.cameraCode,
          })}
        />
        <div className={styles['below']}>
          {base !== undefined && (
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
          {shown === 'difference' && <Legend compared={base !== undefined} />}
        </div>
        {still === undefined && scene !== undefined && <p className={styles['about']}>{t('masks.wireframe.about')}</p>}
      </div>
      <aside className={styles['side']}>
        <section className={panel['panel']}>
          <h2>
            {base === undefined
              ? t(open ? 'masks.editor.outcome' : 'masks.review.firstTitle')
              : t(open ? 'masks.review.against' : 'masks.review.decidedAgainst', { version: base.version })}
          </h2>
          <ChangeTold change={change} first={base === undefined} decided={!open} />
        </section>
        <section className={panel['panel']}>
          <h2>{t('masks.review.reason')}</h2>
          <p className={styles['reason']}>{set.reason}</p>
          <dl>
            <Fact name={t('masks.review.author')}>
              {set.origin === 'geometry' ? t('masks.geometry') : (set.author?.name ?? t('masks.someone'))}
            </Fact>
            <Fact name={t('masks.review.drawnAt')}>
              <Moment at={set.createdAt} />
            </Fact>
            <Fact name={t('masks.review.frame')}>{t('masks.review.pixels', set.frame)}</Fact>
          </dl>
        </section>
        {mayLook && open && (
          <StillRequest
            still={still}
            taking={taking}
            purpose={t('masks.still.reviewPurpose', { version: set.version })}
          />
        )}
        {open && set.origin === 'geometry' && <Elsewhere camera={set.cameraId} />}
        {open && set.origin === 'person' && <DecisionForm set={set} />}
        <RenewForm set={set} versions={versions} />
        {!open && <Verdict set={set} />}
      </aside>
    </div>
  );
}

/** What geometry proposes answers a finding, and is decided with it. */
function Elsewhere({ camera }: { camera: CameraId }) {
  const { t } = useTranslation();
  return (
    <section className={panel['panel']}>
      <div className={panel['notice']}>
        <strong>{t('masks.review.ofFinding')}</strong>
        {t('masks.review.ofFindingWhy')}
      </div>
      <div className={panel['actions']}>
        <Link to="/exposures" search={{ camera }} className={buttonClass({ look: 'primary' })}>
          {t('masks.review.toFinding')}
        </Link>
      </div>
    </section>
  );
}

const NOTHING: MaskSet['polygons'] = [];

function Legend({ compared }: { compared: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={styles['legend']}>
      <li>
        <i className={styles['kept']} /> {t('masks.review.legendKept')}
      </li>
      <li>
        <i className={styles['added']} /> {t('masks.review.legendAdded')}
      </li>
      {compared && (
        <li>
          <i className={styles['gone']} /> {t('masks.review.legendUncovered')}
        </li>
      )}
    </ul>
  );
}
