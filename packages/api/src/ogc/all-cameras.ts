// SPDX-License-Identifier: AGPL-3.0-or-later
import { NOBODY, inTx } from '@louver/db';
import type { Deps } from '../http/deps.ts';
import { SOURCES, type Feature } from './queries.ts';

const AT_ONCE = 1_000;

export type CameraFeature = Feature;

/** Every camera that is shown, by code, some at a time, each in a transaction of its own. */
export async function* allCameras({ pool }: Pick<Deps, 'pool'>): AsyncGenerator<CameraFeature[]> {
  let after: string | undefined;
  for (;;) {
    const from = after === undefined ? {} : { after };
    const page = await inTx(pool, NOBODY, (tx) => SOURCES.cameras.find(tx, { limit: AT_ONCE, ...from }));
    yield page;
    const last = page.at(-1);
    if (page.length < AT_ONCE || !last) return;
    after = last.id;
  }
}
