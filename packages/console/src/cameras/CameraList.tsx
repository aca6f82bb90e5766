// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { countFilters, type Filters } from '../map/console-search.ts';
import { CameraGrid } from './CameraGrid.tsx';
import styles from './CameraList.module.css';
import { cameraListQuery } from './queries.ts';

interface CameraListProps {
  filters: Filters;
  /** `w,s,e,n`; without it the whole area of the account. */
  bbox?: string | undefined;
  look: 'list' | 'table';
  selected: CameraId | undefined;
  onSelect: (id: CameraId) => void;
  onPoint?: (id: CameraId | undefined) => void;
}

export function CameraList({ filters, bbox, look, selected, onSelect, onPoint }: CameraListProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(cameraListQuery(filters, bbox));
  if (query.error !== null)
    return (
      <Notice urgent title={t('map.lost')}>
        <Button icon="reload" onClick={() => void query.refetch()}>
          {t('app.retry')}
        </Button>
      </Notice>
    );
  if (query.data === undefined) return <Skeleton rows={12} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    const what = countFilters(filters) > 0 ? 'empty' : bbox !== undefined ? 'emptyView' : 'none';
    return <Notice title={t(`cameras.list.${what}`)} why={t(`cameras.list.${what}Why`)} />;
  }
  return (
    <div className={`${styles['list']} ${query.isPlaceholderData ? styles['busy'] : ''}`}>
      <CameraGrid
        key={look}
        items={items}
        look={look}
        selected={selected}
        hasMore={query.hasNextPage}
        onMore={() => {
          if (!query.isFetchingNextPage) void query.fetchNextPage();
        }}
        onSelect={onSelect}
        {...(onPoint === undefined ? {} : { onPoint })}
      />
    </div>
  );
}
