// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  cameraPage,
  camerasPage,
  homePage,
  myHomeInPage,
  myHomePage,
  noticesPage,
  tilesOver,
  type Frame,
} from '@louver/civic';
import { NOBODY, inTx, type Tx } from '@louver/db';
import { Router, type Request } from 'express';
import type { Deps } from '../http/deps.ts';
import type { Pages } from './pages.ts';
import {
  buildingsAround,
  countCameras,
  countListed,
  countNotices,
  findBounds,
  findCamera,
  findNotices,
  findViews,
  findWards,
  listCameras,
  viewingsByMonth,
} from './register-queries.ts';

const NEWEST = 3;
const PER_PAGE = 50;
/** A ward's list without a script is one page. */
const MOST_OF_A_WARD = 1_000;
const MONTHS = 12;
const MOST_SIGNS = 100;

/** The register: what anybody may read. */
export function registerPages(deps: Deps, pages: Pages): Router {
  const router = Router();
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTx(deps.pool, NOBODY, work);
  pages.get(router, 'home', ({ frame }) =>
    read(async (tx) => homePage(frame, { numbers: await countCameras(tx), notices: await findNotices(tx, NEWEST) })),
  );
  pages.get(router, 'cameras', ({ frame, request }) => read((tx) => listPage(tx, frame, request)));
  pages.get(router, 'camera', ({ frame, request }) =>
    read((tx) => oneCamera(tx, frame, storable(request.params['code']), deps.clock.now())),
  );
  pages.get(router, 'notices', ({ frame, request }) => read((tx) => noticeList(tx, frame, request)));
  pages.get(router, 'myHome', ({ frame }) => read(async (tx) => myHomePage(frame, { wards: await findWards(tx) })));
  pages.get(router, 'myHomeIn', ({ frame, request }) =>
    read(async (tx) => {
      const [ward] = await findWards(tx, storable(request.params['ward']));
      if (!ward) return undefined;
      const check = ward.bounds ? { tiles: tilesOver(ward.bounds), bounds: ward.bounds } : undefined;
      const cameras = await listCameras(tx, { ward: ward.path }, MOST_OF_A_WARD, 0);
      return myHomeInPage(frame, { ward, check, cameras });
    }),
  );
  return router;
}

/** What somebody typed into an address, without what the database can't hold. */
export const storable = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value.slice(0, MOST_SIGNS) : '')
    .toString()
    .replaceAll('\0', '');

const pageNumber = (request: Request): number => {
  const page = Number(request.query['page'] ?? 1);
  return Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1;
};

const pagesFor = (total: number): number => Math.max(1, Math.ceil(total / PER_PAGE));

async function listPage(tx: Tx, frame: Frame, request: Request): Promise<string> {
  const [q, ward] = [storable(request.query['q']), storable(request.query['ward'])];
  const total = await countListed(tx, { q, ward });
  const pages = pagesFor(total);
  const page = Math.min(pageNumber(request), pages);
  const cameras = await listCameras(tx, { q, ward }, PER_PAGE, (page - 1) * PER_PAGE);
  return camerasPage(frame, {
    ...{ q, ward, total, page, pages, cameras },
    wards: await findWards(tx),
    bounds: await findBounds(tx),
  });
}

async function oneCamera(tx: Tx, frame: Frame, code: string, now: Date): Promise<string | undefined> {
  const camera = await findCamera(tx, code);
  if (!camera) return undefined;
  const views = [];
  for (const view of await findViews(tx, camera.id))
    views.push({ ...view, buildings: await buildingsAround(tx, view.aim.position, view.aim.range) });
  return cameraPage(frame, {
    camera,
    views,
    reviewedAt: camera.reviewedAt,
    viewings: await viewingsByMonth(tx, camera.id, now, MONTHS),
    notices: await findNotices(tx, PER_PAGE, 0, { cameraCode: camera.code }),
  });
}

async function noticeList(tx: Tx, frame: Frame, request: Request): Promise<string> {
  const wards = await findWards(tx);
  const asked = storable(request.query['ward']);
  const ward = wards.find(({ path }) => path === asked);
  const filter = { ward: ward?.path };
  const pages = pagesFor(await countNotices(tx, filter));
  const page = Math.min(pageNumber(request), pages);
  const notices = await findNotices(tx, PER_PAGE, (page - 1) * PER_PAGE, filter);
  return noticesPage(frame, { notices, page, pages, ward, wards });
}
