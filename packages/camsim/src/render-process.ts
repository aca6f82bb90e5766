// SPDX-License-Identifier: AGPL-3.0-or-later
// Child of camsim that renders loops, because painting a still takes a second in which no camera could send a frame.
import { demoCity } from './city/demo-city.ts';
import { renderToFile } from './loop-cache.ts';

export interface RenderJob {
  readonly code: string;
  readonly file: string;
}

export interface RenderResult {
  readonly code: string;
  readonly error?: string;
}

const city = demoCity();

async function run({ code, file }: RenderJob): Promise<RenderResult> {
  const camera = city.cameras.find((c) => c.code === code);
  if (!camera) return { code, error: 'no such camera' };
  try {
    await renderToFile(file, camera, city);
    return { code };
  } catch (error) {
    return { code, error: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (job: RenderJob) => {
  void run(job).then((result) => process.send?.(result));
});
// The parent is gone: nobody will take the picture.
process.on('disconnect', () => process.exit(0));
