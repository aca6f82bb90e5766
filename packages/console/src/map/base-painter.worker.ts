// SPDX-License-Identifier: AGPL-3.0-or-later
// Streets and houses are fetched, laid out and painted here: on the page's own thread every piece would cost a drag its frames.
import { BasePainter } from './base-painter.ts';
import { loadLabelFonts } from './base-fonts.ts';
import type { FromPainter, ToPainter } from './base-messages.ts';

// eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has one page, and no origin to name
const send = (painted: FromPainter) => postMessage(painted, { transfer: [painted.picture] });

let painter: Promise<BasePainter> | undefined;

addEventListener('message', ({ data }: MessageEvent<ToPainter>) => {
  if (data.type === 'begin') painter = loadLabelFonts().then(() => new BasePainter(data, send));
  else void painter?.then((it) => it.want(data.pieces));
});
